//! A town of families with friends between them: notes as a vault in one text. Always true here: the same number gives
//! the same town.

use crate::support::town::pick;

const FIRST: &[&str] = &[
    "Ana",
    "Bruno",
    "Carla",
    "Zoë",
    "Ömer",
    "Jean-Baptiste",
    "Xiuying",
    "Siobhán",
    "小明",
    "Łukasz",
    "محمد",
    "Ελένη",
    "Þórdís",
    "Chukwuemeka",
    "Mo",
    "अनिता",
];
const LAST: &[&str] = &[
    "Silva",
    "O'Sullivan",
    "van der Meer",
    "Papadopoulos",
    "Gonçalves",
    "Li",
    "王",
    "Okonkwo",
    "Wolfeschlegelsteinhausenbergerdorff",
    "Sousa",
    "Monteiro",
    "Nguyễn",
];

/// `count` people, the owner among them.
pub(crate) fn vault(count: usize) -> String {
    let mut vault = String::from(
        "=== ties.toml\nformat = 1\nme = \"people/me\"\n=== people/me.md\n---\nname: Eva\n",
    );
    let heads = (0..count - 1).filter(|at| at % 5 == 0).take(14);
    heads.for_each(|at| vault += &format!("friends: \"[[p{at}]]\"\n"));
    vault += "---\n";
    for at in 0..count - 1 {
        let text = at.to_string();
        let of = |what: &str, count: usize| pick(&[&text, what], count as u64) as usize;
        let (first, last) = (FIRST[of("first", FIRST.len())], LAST[of("last", LAST.len())]);
        let circle = ["inner", "growth", "mentor", "extended"][of("circle", 4)];
        vault +=
            &format!("=== people/p{at}.md\n---\nname: \"{first} {last} {at}\"\ncircle: {circle}\n");
        // A family is five people in a row; one in six people is alone.
        if of("alone", 6) != 0 {
            let head = at - at % 5;
            match at % 5 {
                0 => {}
                1 => vault += &format!("husband: \"[[p{head}]]\"\nhousehold: \"[[p{head}]]\"\n"),
                _ => vault += &format!("father: \"[[p{head}]]\"\nhousehold: \"[[p{head}]]\"\n"),
            }
            if of("knows", 3) == 0 {
                let other = of("whom", count - 1);
                let kind = ["friend", "colleague", "sister", "introduced_by"][of("kind", 4)];
                vault += &format!("{kind}: \"[[p{other}]] (2015-2019)\"\n");
            }
        }
        vault += "---\n";
    }
    vault
}
