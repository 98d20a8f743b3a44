//! Names in many scripts. A table; the names are common ones, put together by chance.

/// Where a family's names come from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Culture {
    /// How many of a hundred households.
    pub(crate) weight: usize,
    /// Whether the family name comes first.
    pub(crate) family_first: bool,
    /// What stands between the parts of a name.
    pub(crate) between: &'static str,
    /// Given names, split by spaces.
    pub(crate) given: &'static str,
    /// Family names, split by spaces; `_` stands for a space within one.
    pub(crate) family: &'static str,
    /// Places where they live; `_` stands for a space within one.
    pub(crate) places: &'static str,
    /// A line or two as they would write it.
    pub(crate) lines: &'static [&'static str],
}

const fn western(
    weight: usize,
    given: &'static str,
    family: &'static str,
    places: &'static str,
    lines: &'static [&'static str],
) -> Culture {
    Culture { weight, family_first: false, between: " ", given, family, places, lines }
}

const fn eastern(
    weight: usize,
    between: &'static str,
    given: &'static str,
    family: &'static str,
    places: &'static str,
    lines: &'static [&'static str],
) -> Culture {
    Culture { weight, family_first: true, between, given, family, places, lines }
}

/// All of them; the weights add up to 100.
pub(crate) const CULTURES: &[Culture] = &[
    western(
        14,
        "Ana João Maria José Rita Miguel Inês Tiago Beatriz Duarte Luísa António Teresa Rui Leonor Gonçalo Sofia Nuno Marta Vasco",
        "Lima Faria Carvalho Nunes Matos Ferreira Almeida Conceição Guimarães Magalhães Araújo Gonçalves Simões Patrício Leitão Brandão Vaz Pacheco Sá Moutinho",
        "Porto Sintra Setúbal Almeirim Évora Coimbra Faro Braga",
        &["A casa está cheia de laranjas.", "Ficámos à conversa até à noite, junto ao rio."],
    ),
    western(
        12,
        "Emma Oliver Grace Henry Charlotte Samuel Alice Thomas Ruth Edward Hannah George Ellen Walter Nora Hugh Iris Arthur Mabel Frank",
        "Baker Turner Hughes O'Neill Whitfield Marsh Clarke Dunn Pritchard Lowe MacLeod Ashworth Byrne Sharp Kettle Thorne Weaver Fields Stone Hale",
        "Leeds Bristol Galway Halifax Dunedin Boston Cardiff Perth",
        &["The kettle went on twice.", "He still writes everything on the backs of envelopes."],
    ),
    western(
        8,
        "Lucía Mateo Carmen Ángel Núria Íñigo Valentina Joaquín Pilar Andrés Ximena Rocío Tomás Belén Iván Sílvia Agustín Macarena Raúl Inmaculada",
        "Quispe García Muñoz Ibáñez Peña Fernández Vélez Castaño Núñez Aguirre Sepúlveda Zúñiga Échave Córdova Yáñez Mejía Ordóñez Ureña Bermúdez Ávila",
        "Cusco Bilbao Valparaíso Medellín Oaxaca Girona Rosario León",
        &["Nos reímos mucho de la vieja bicicleta.", "Dice que el pan de allí no es pan."],
    ),
    western(
        7,
        "Élodie Jean-Baptiste Hélène François Zoé Rémi Aurélie Cédric Noémie Benoît Chloé Gaël Maëlle Thibault Océane Loïc Inès Étienne Solène Anaïs",
        "Kouassi Lefèvre Bérard Diop Châtelain Moreau Guérin Traoré Ladurée Besançon Côté Pelletier N'Diaye Rousseau Hébert Boisclair Sénéchal Grébert Aubé Vigneault",
        "Lyon Dakar Québec Abidjan Nantes Genève Liège Bamako",
        &["On a parlé du verger, puis du silence.", "Elle garde le piano malgré le plancher."],
    ),
    western(
        7,
        "Jürgen Käthe Sören Ulrike Björn Änne Matthias Grit Jörg Annegret Lüder Silke Günther Wiebke Henning Dörte Rainer Mechthild Götz Frauke",
        "Müller Weiß Grünwald Schäfer Köhler Jäger Böhm Süßmann Großkopf Krüger Höffner Vogelsang Brückner Rößler Eichhörn Steinmüller Hübner Kühn Löwe Überall",
        "Köln Zürich Graz Görlitz Lübeck Münster Basel Jena",
        &[
            "Der Garten ist fertig, der Zaun noch nicht.",
            "Sie übt Cello, die Nachbarn üben Geduld.",
        ],
    ),
    western(
        5,
        "Anna Elsa Þórdís Lars Ingrid Åsa Bjørn Sigríður Håkon Liv Søren Maj Øyvind Guðrún Tuula Päivi Eero Aino Kjell Ragnhild",
        "Lindqvist Jónsdóttir Sørensen Ångström Bjørnstad Häkkinen Mäkelä Østergaard Þorsteinsdóttir Bergström Nyström Kivimäki Haugen Strøm Rønning Sjöberg Lähde Grønlund Ekström Æbelø",
        "Umeå Reykjavík Tromsø Ålesund Turku Aarhus Åbo Malmö",
        &["Snön kom tidigt i år.", "Vi satt i köket tills ljusen var slut."],
    ),
    western(
        5,
        "Tomasz Agnieszka Łukasz Małgorzata Wojciech Zdzisława Jiří Božena Ľubica Štěpán Kateřina Miłosz Grażyna Ondřej Žofia Çağla Gülşen Özgür İpek Ömer",
        "Zieliński Wójcik Łuczak Dvořák Růžička Šťastný Kučera Żak Górecki Błaszczyk Čermák Hájek Yıldız Çelik Şahin Öztürk Gökçe Kılıç Ağaoğlu Üstün",
        "Gdynia Łódź Brno Žilina İzmir Kraków Olomouc Muğla",
        &["Mówi, że książka jest przy literze R.", "Čaj byl silný a řeči dlouhé."],
    ),
    western(
        4,
        "Fatou Ngozi Chinedu Amara Kwame Yetunde Ọlá Adébáyọ̀ Thandiwe Sipho Wanjikũ Otieno Zainab Ifeoma Tũmaini Naledi Kofi Abẹ́ní Lerato Ekow",
        "Okafor Adeyemi Ọláìyá Mensah Nkosi Achebe Mwangi Dlamini Okonkwo Boateng Njoroge Sarpong Ẹgbẹ́dá Mokoena Kamau Banda Asante Ogunlẹ́yẹ Tshabalala Eze",
        "Lagos Accra Nairobi Ìbàdàn Durban Enugu Kumasi Lusaka",
        &[
            "Ẹ kú ilé, she says, before the door is open.",
            "Habari za nyumbani, and then the news of everyone.",
        ],
    ),
    eastern(
        3,
        " ",
        "An Linh Thị_Mai Đức Hương Quỳnh Tuấn Ngọc Phương Hải Thảo Dũng Vân Bảo Hạnh Khánh Lộc Mỹ Sơn Trâm",
        "Trần Lê Phạm Hoàng Huỳnh Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mai Lương Phan Vũ Tạ",
        "Huế Hà_Nội Đà_Nẵng Cần_Thơ Hải_Phòng Đà_Lạt Vinh Nha_Trang",
        &["Chị ấy gửi ảnh vườn rau.", "Mưa cả tuần, vui cả nhà."],
    ),
    western(
        5,
        "Ελένη Σταύρος Μαρία Γιώργος Κατερίνα Νίκος Δήμητρα Παναγιώτης Σοφία Θανάσης Άννα Ηλίας Ιωάννα Χρήστος Βασιλική Λεωνίδας Φωτεινή Στέλιος Ρένα Ορέστης",
        "Παπαδάκης Ιωάννου Νικολαΐδης Γεωργίου Οικονόμου Καραγιάννης Δημητρίου Σταθόπουλος Αντωνίου Βλάχος Μακρής Ζαφείρης Λάμπρου Ξενάκης Θεοδώρου Κωνσταντίνου Ρήγας Τσιμάς Ψαράς Ωραιόπουλος",
        "Θεσσαλονίκη Χανιά Βόλος Πάτρα Σύρος Ιωάννινα Κέρκυρα Νάξος",
        &["Η θάλασσα ήταν λάδι.", "Μιλήσαμε για το σπίτι και τους κήπους."],
    ),
    western(
        7,
        "Олена Цветана Иван Наталія Дмитрий Ганна Сергей Катерина Пётр Марія Алексей Юлія Борис Зоряна Николай Ірина Фёдор Людмила Васил Ярослава",
        "Коваленко Илиева Шевченко Соколов Бондаренко Петрова Ткачук Кузнецов Мельник Йовчева Щербак Орлова Гринько Лебедев Їжакевич Жуков Савченко Рябов Цонева Юрченко",
        "Львів София Одеса Пловдив Тверь Полтава Ужгород Варна",
        &["Говорили о книгах и о дожде.", "Вона переїхала ближче до моря."],
    ),
    western(
        4,
        "عمر ليلى فاطمة يوسف نور خالد مريم سامي هدى طارق زينب ياسر سلمى كريم رانيا حسن آمنة بلال دينا ماجد",
        "حداد منصور خوري الأحمد درويش سليمان نجار عباس الخطيب فرح صباغ الشامي مراد زيدان قاسم حمدان عثمان بركات الحسن ناصر",
        "بيروت عمّان تونس حلب فاس القاهرة صيدا نابلس",
        &["شربنا القهوة وتحدثنا عن البيت القديم.", "أرسلت له صورة الحديقة."],
    ),
    western(
        2,
        "لیلا آرش پریسا کاوه شیرین بهرام نسرین داریوش مهتاب سیاوش گلناز فرهاد یاسمن کیان ژاله پیمان سارا آرمان نیلوفر رستم",
        "مرادی رضایی کریمی شیرازی فرهادی جعفری پارسا گلستانی نوری بهرامی تهرانی صادقی کیانی یزدی موسوی اصفهانی رستمی چگینی زند پژمان",
        "شیراز تبریز یزد رشت اصفهان کرمان همدان اهواز",
        &["از باغ انار گفتیم.", "سازش را کوک می‌کرد."],
    ),
    western(
        3,
        "נועה יונתן תמר איתן מיכל עומר שירה דניאל רות אורי יעל גלעד הדס נדב מאיה אסף ליאת צבי אביגיל ברק",
        "בן_עמי לוי כהן פרידמן מזרחי שפירא ברקוביץ אלון חדד גולן רוזן שלו צור הראל נחמני אדלר ביטון פלד קדוש ששון",
        "חיפה ירושלים צפת באר_שבע עכו נצרת אילת יפו",
        &["דיברנו על השולחן ועל הגינה.", "היא שולחת נגרייה שלמה בתמונות."],
    ),
    western(
        4,
        "प्रिया अमित सुनीता राहुल अनन्या विक्रम मीरा अर्जुन कविता संजय नेहा रोहन लक्ष्मी दीपक आशा गौरव पूजा मोहन शांति किरण",
        "देशपांडे शर्मा वर्मा जोशी कुलकर्णी सिंह गुप्ता मिश्रा पाटिल राव त्रिपाठी अग्रवाल चौधरी भट्ट नायर ठाकुर यादव मेहता सक्सेना द्विवेदी",
        "पुणे जयपुर वाराणसी भोपाल नागपुर लखनऊ इंदौर पटना",
        &["नई प्रयोगशाला के बारे में बात हुई।", "चाय के साथ बारिश देखी।"],
    ),
    western(
        1,
        "அரவிந்த் கவிதா முருகன் சுமதி கார்த்திக் சரண்யா இளங்கோ வேலன் மலர் குமரன் தமிழ்செல்வி செந்தில் நந்தினி அமுதா பாரதி ராதா மணி தேவி கண்ணகி இனியா",
        "சுப்ரமணியம் ராஜன் கண்ணன் முத்துசாமி நடராஜன் பாண்டியன் செல்வம் அருணாச்சலம் வேலு இராமன் சோமசுந்தரம் ஆறுமுகம் பழனிசாமி சிவகுமார் தங்கராஜ் மாரியப்பன் கோபால் சங்கர் மணிவண்ணன் அழகர்",
        "மதுரை கோவை தஞ்சாவூர் திருச்சி சேலம் வேலூர் நெல்லை குமரி",
        &["மழை நல்லது என்று சொன்னார்.", "தோட்டத்தில் மாம்பழம் பழுத்தது."],
    ),
    western(
        1,
        "কবিতা অনির্বাণ রূপা শর্মিলা অভিজিৎ মৌসুমী সুব্রত তানিয়া ঋতু সোমনাথ পল্লবী দেবাশিস ফারহানা ইমরান নাসরিন শুভ জয়া রাহেলা তপন লীলা",
        "মুখার্জি চট্টোপাধ্যায় সেনগুপ্ত দাশগুপ্ত রহমান ভট্টাচার্য হোসেন ঘোষ সরকার বসু চৌধুরী ইসলাম মণ্ডল আহমেদ দত্ত রায় পাল খাতুন কর্মকার মজুমদার",
        "ঢাকা কলকাতা সিলেট শিলিগুড়ি খুলনা চট্টগ্রাম রাজশাহী বর্ধমান",
        &["নদীর ধারে অনেকক্ষণ বসেছিলাম।", "বাগানের কথা হলো, আর বৃষ্টির।"],
    ),
    eastern(
        3,
        "",
        "美玲 伟 芳 志明 秀英 建国 晓雨 文静 浩然 丽华 子轩 雪梅 国强 婷婷 思远 慧敏 俊杰 玉兰 明轩 春燕",
        "林 王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 何 郭 欧阳 司马",
        "成都 厦门 台北 苏州 昆明 西安 杭州 大连",
        &["我们聊了茶和旧照片。", "她说秋天的桂花最香。"],
    ),
    eastern(
        2,
        "",
        "遥 翔太 美咲 健 陽菜 大輔 さくら 直樹 結衣 誠 あかり 蓮 真理子 拓海 千尋 悠斗 恵子 隆 ひかる 楓",
        "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村 小林 加藤 吉田 山田 佐々木 松本 井上 木村 清水 斎藤 森 池田",
        "益子 京都 札幌 金沢 福岡 松本 仙台 尾道",
        &["釉薬がまた流れた、と笑っていた。", "秋に窯を開けるそうだ。"],
    ),
    eastern(
        2,
        "",
        "민준 서연 지훈 수빈 하은 도윤 예진 현우 지우 영희 준호 은지 성민 미경 태양 소영 동현 혜진 우진 나리",
        "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 남궁",
        "서울 부산 전주 대구 광주 제주 강릉 수원",
        &["지도에 아이스크림 가게를 하나 더 그렸다.", "시장에서 한참 이야기했다."],
    ),
    western(
        1,
        "อรทัย สมชาย ณัฐพร วิชัย กนกวรรณ ธนากร พิมพ์ชนก อนันต์ มาลี ประเสริฐ สุดา กิตติ รัตนา ชัยวัฒน์ ดวงใจ ภูมิ วรรณา เอกชัย นภา ปิติ",
        "ศรีสุข ใจดี ทองคำ แก้วมณี บุญมี สุวรรณ วงศ์ใหญ่ พรหมมา รักไทย จันทร์เพ็ญ อินทร์แก้ว มั่นคง เรืองศรี ชูชื่น พูลสุข นาคสวัสดิ์ เพชรดี ปานทอง ศักดิ์สิทธิ์ ยอดรัก",
        "เชียงใหม่ ขอนแก่น ภูเก็ต อยุธยา น่าน ระยอง ตรัง ลำปาง",
        &["นกแก้วของเธอพูดได้สามคำแล้ว", "ฝนตกทั้งวันที่ตลาด"],
    ),
];
