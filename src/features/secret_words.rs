//! The words by which secrets and tender matters are told, in one place, folded (lower case, no accents): English,
//! Portuguese, Spanish, German, French, Italian, Dutch, Polish and a few Nordic and Russian ones.

/// What stands before a password.
pub const PASSWORD: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "pw",
    "passcode",
    "passwort",
    "kennwort",
    "senha",
    "palavra-passe",
    "palavra passe",
    "contrasena",
    "mot de passe",
    "mdp",
    "parola d'ordine",
    "wachtwoord",
    "haslo",
    "losenord",
    "passord",
    "adgangskode",
    "salasana",
    "пароль",
    "api key",
    "api-key",
    "apikey",
    "api_key",
    "access token",
    "access_token",
    "auth token",
    "auth_token",
    "refresh_token",
    "secret access key",
    "secret_access_key",
    "aws_secret_access_key",
    "secret key",
    "secret_key",
    "client secret",
    "client_secret",
    "client-secret",
    "wifi pass",
    "wi-fi pass",
    "login pass",
    "user pass",
];

/// What stands before a password that may be several words.
pub const PASSPHRASE: &[&str] =
    &["passphrase", "pass phrase", "pass-phrase", "frase secreta", "phrase secrete"];

/// Words that a sentence about a password has, and a password of several words has not.
pub const OF_SENTENCES: &[&str] = &[
    "the", "and", "for", "with", "from", "ask", "see", "not", "her", "his", "she", "has", "was",
    "are", "you", "our", "new", "changed", "same", "forgot", "lost", "write", "wrote", "that",
    "this", "than", "then", "when", "where", "what", "who", "which", "about", "como", "para",
    "com", "mais", "onde", "nao", "ainda",
];

/// The same of words that also mean something else: only what looks like no word is a password behind them.
pub const LOOSE_PASSWORD: &[&str] = &["clave", "secret", "token"];

/// The same, where no other word stands before it: a pass may also be over a mountain or for the bus.
pub const LONE_PASSWORD: &[&str] = &["pass"];

/// What stands behind `password:` and is none, in a few languages.
pub const NO_PASSWORD: &[&str] = &[
    "true",
    "false",
    "none",
    "null",
    "yes",
    "no",
    "n/a",
    "manager",
    "bitwarden",
    "keepass",
    "1password",
    "unknown",
    "forgotten",
    "forgot",
    "lost",
    "changed",
    "reset",
    "expired",
    "same",
    "updated",
    "todo",
    "alterada",
    "mudada",
    "esqueci",
    "cambiada",
    "olvidada",
    "vergessen",
    "geandert",
    "oublie",
    "change",
];

/// How a value begins that only says where a password is: `on-the-fridge`, `same-as-mail`.
pub const NO_PASSWORD_STARTS: &[&str] =
    &["on", "in", "at", "see", "ask", "with", "by", "under", "same", "no", "not"];

/// What stands before a number that opens something.
pub const PIN: &[&str] =
    &["pin", "puk", "geheimzahl", "codigo pin", "codice pin", "code pin", "cvv", "cvc"];

/// The same, which in India stands before the six digits of a post office.
pub const POSTAL_PIN: &[&str] = &["pin code", "pincode", "pin-code"];

/// What stands before the number of a document or of a person in a register; each is long and mostly digits.
pub const IDENTITY: &[&str] = &[
    "ssn",
    "social security",
    "social security number",
    "passport",
    "passport number",
    "passport no",
    "passport nr",
    "passaporte",
    "pasaporte",
    "reisepass",
    "reisepassnummer",
    "passeport",
    "passaporto",
    "paspoort",
    "paszport",
    "national insurance number",
    "nino",
    "nhs number",
    "driver's license",
    "drivers license",
    "driving licence",
    "carta de conducao",
    "fuhrerschein",
    "id card",
    "id number",
    "identity card",
    "cartao de cidadao",
    "bilhete de identidade",
    "numero de utente",
    "niss",
    "personalausweis",
    "sozialversicherungsnummer",
    "steuer-id",
    "steueridentifikationsnummer",
    "numero de securite sociale",
    "personnummer",
    "fodselsnummer",
    "cpr",
    "henkilotunnus",
    "aadhaar",
    "rg",
    "curp",
    "dni",
    "nie",
];

/// The same with a check digit, so that a number without it is none.
pub const CHECKED_IDENTITY: &[&str] =
    &["nif", "contribuinte", "numero de contribuinte", "cpf", "pesel", "bsn"];

/// What stands before the words of a wallet.
pub const SEED: &[&str] = &[
    "seed phrase",
    "seed words",
    "recovery phrase",
    "mnemonic",
    "wallet seed",
    "frase semente",
    "frase de recuperacao",
    "frase semilla",
];

/// Hosts at which everybody can have a repository, and a repository is public by one click.
pub const PUBLIC_HOSTS: &[&str] = &[
    "github.com",
    "gitlab.com",
    "bitbucket.org",
    "codeberg.org",
    "git.sr.ht",
    "gitee.com",
    "sourceforge.net",
    "notabug.org",
    "framagit.org",
    "dev.azure.com",
    "disroot.org",
    "salsa.debian.org",
    "pagure.io",
    "launchpad.net",
    "gitflic.ru",
    "gitverse.ru",
    "huggingface.co",
    "gitea.com",
    "radicle.xyz",
];

/// The beginnings of the names of files that services give away all of one's contacts or messages in.
pub const EXPORT_NAMES: &[&str] = &[
    "connections.csv",
    "contacts.csv",
    "google.csv",
    "takeout-",
    "basic_linkedindataexport",
    "complete_linkedindataexport",
    "linkedin",
    "facebook-",
    "instagram-",
    "whatsapp chat",
    "signal-",
    "messages.csv",
    "imported_contacts",
    "people.csv",
    "outlook.csv",
    "monica",
];

/// The beginnings of the names of texts in which services give away messages.
pub const EXPORT_TEXTS: &[&str] = &["whatsapp chat", "_chat.txt", "result.json"];

/// The extensions of files of contacts, calendars and mail. Those that may also be attachments are told apart.
pub const EXPORT_EXTENSIONS: &[&str] = &["vcf", "vcard", "ldif", "mbox", "pst"];

/// The same, where they do not lie among the attachments.
pub const LOOSE_EXTENSIONS: &[&str] = &["csv", "ics", "zip", "tar", "gz", "tgz", "7z", "rar"];

/// What is tender about others, by what it is about: only `--strict` points at it.
pub const TENDER: &[(&str, &[&str])] = &[
    (
        "health",
        &[
            "cancer",
            "cancro",
            "cancro da mama",
            "krebs",
            "tumor",
            "tumour",
            "chemo",
            "chemotherapy",
            "quimioterapia",
            "chemotherapie",
            "diagnosed",
            "diagnosis",
            "diagnostico",
            "diagnose",
            "depressed",
            "depression",
            "depressao",
            "depresion",
            "antidepressants",
            "bipolar",
            "schizophrenia",
            "hiv",
            "aids",
            "hepatitis",
            "diabetes",
            "epilepsy",
            "dementia",
            "demencia",
            "demenz",
            "alzheimer",
            "parkinson",
            "stroke",
            "avc",
            "schlaganfall",
            "heart attack",
            "infarto",
            "herzinfarkt",
            "pregnant",
            "gravida",
            "embarazada",
            "schwanger",
            "enceinte",
            "incinta",
            "miscarriage",
            "aborto",
            "fehlgeburt",
            "fausse couche",
            "abortion",
            "ivf",
            "infertility",
            "rehab",
            "overdose",
            "alcoholic",
            "alcoolico",
            "alkoholiker",
            "addiction",
            "addicted",
            "suicide",
            "suicidal",
            "suicidio",
            "selbstmord",
            "self-harm",
            "eating disorder",
            "anorexia",
            "bulimia",
            "burnout",
            "psychiatrist",
            "psiquiatra",
            "psychiater",
            "psychotherapy",
            "terapeuta",
            "biopsy",
            "metastasis",
            "terminal illness",
            "surgery",
            "cirurgia",
        ],
    ),
    (
        "money",
        &[
            "debt",
            "debts",
            "divida",
            "dividas",
            "deuda",
            "deudas",
            "schulden",
            "dettes",
            "debiti",
            "bankrupt",
            "bankruptcy",
            "insolvent",
            "insolvency",
            "falencia",
            "bancarrota",
            "pleite",
            "faillite",
            "owes me",
            "owes us",
            "salary",
            "salario",
            "gehalt",
            "salaire",
            "stipendio",
            "inheritance",
            "heranca",
            "erbschaft",
            "mortgage",
            "hipoteca",
            "foreclosure",
            "evicted",
            "eviction",
            "despejo",
            "unpaid rent",
            "gambling",
            "loan shark",
            "on benefits",
            "net worth",
            "earns",
        ],
    ),
    (
        "conflict",
        &[
            "affair",
            "adultery",
            "adulterio",
            "cheated on",
            "cheating on",
            "traiu",
            "infidelity",
            "divorcing",
            "custody battle",
            "restraining order",
            "abuse",
            "abused",
            "abuso",
            "missbrauch",
            "domestic violence",
            "violencia domestica",
            "hausliche gewalt",
            "harassed",
            "harassment",
            "assedio",
            "lawsuit",
            "sued",
            "processo judicial",
            "arrested",
            "preso",
            "verhaftet",
            "prison",
            "prisao",
            "gefangnis",
            "jail",
            "criminal record",
            "got fired",
            "was fired",
            "despedido",
            "despedida",
            "gefeuert",
            "feud",
            "estranged",
            "blackmail",
            "chantagem",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use crate::features::secret_words::{
        CHECKED_IDENTITY, IDENTITY, LONE_PASSWORD, LOOSE_PASSWORD, NO_PASSWORD, PASSWORD, PIN,
        POSTAL_PIN, SEED, TENDER,
    };
    use crate::text::fold::fold;
    use std::collections::BTreeSet;

    #[test]
    fn the_words_are_folded_and_no_list_has_one_twice() {
        let tender = TENDER.iter().map(|(_, words)| *words);
        let secret =
            [PASSWORD, LOOSE_PASSWORD, LONE_PASSWORD, NO_PASSWORD, PIN, POSTAL_PIN, IDENTITY];
        let secret = secret.into_iter().chain([CHECKED_IDENTITY, SEED]);
        for words in secret.chain(tender) {
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "{words:?}");
            words.iter().for_each(|word| assert_eq!(fold(word), *word));
        }
    }
}
