//! Kinds of ties between people, with their inverses: read from both sides, written on one.

/// A kind of tie. `A sister: [[B]]` says that B is A's sister; seen from B, A is B's sibling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationKind {
    /// The word that is written: `sister`.
    pub name: String,
    /// Other words for it: `sisters`.
    pub synonyms: Vec<String>,
    /// The genderless kind that it is a case of; its own name where it is one.
    pub parent: String,
    /// What the other one is then: the genderless inverse.
    pub inverse: String,
}

/// name, synonyms, genderless parent, inverse.
const DEFAULTS: &[(&str, &[&str], &str, &str)] = &[
    ("parent", &["parents"], "parent", "child"),
    ("mother", &["mum", "mom", "mothers", "mums", "moms"], "parent", "child"),
    ("father", &["dad", "fathers", "dads"], "parent", "child"),
    ("child", &["children", "kids"], "child", "parent"),
    ("daughter", &["daughters"], "child", "parent"),
    ("son", &["sons"], "child", "parent"),
    ("sibling", &["siblings"], "sibling", "sibling"),
    ("sister", &["sisters"], "sibling", "sibling"),
    ("brother", &["brothers"], "sibling", "sibling"),
    ("half-sister", &["half-sisters"], "sibling", "sibling"),
    ("half-brother", &["half-brothers"], "sibling", "sibling"),
    ("stepsister", &["stepsisters"], "sibling", "sibling"),
    ("stepbrother", &["stepbrothers"], "sibling", "sibling"),
    ("twin", &["twins", "twin-sister", "twin-brother"], "sibling", "sibling"),
    ("grandparent", &["grandparents"], "grandparent", "grandchild"),
    ("grandmother", &["grandma", "grandmothers", "grandmas"], "grandparent", "grandchild"),
    ("grandfather", &["grandpa", "grandfathers", "grandpas"], "grandparent", "grandchild"),
    ("grandchild", &["grandchildren"], "grandchild", "grandparent"),
    ("granddaughter", &["granddaughters"], "grandchild", "grandparent"),
    ("grandson", &["grandsons"], "grandchild", "grandparent"),
    ("auntuncle", &[], "auntuncle", "niecenephew"),
    ("aunt", &["aunts"], "auntuncle", "niecenephew"),
    ("uncle", &["uncles"], "auntuncle", "niecenephew"),
    ("niecenephew", &[], "niecenephew", "auntuncle"),
    ("niece", &["nieces"], "niecenephew", "auntuncle"),
    ("nephew", &["nephews"], "niecenephew", "auntuncle"),
    ("great-auntuncle", &[], "great-auntuncle", "great-niecenephew"),
    ("great-aunt", &["great-aunts", "grandaunt"], "great-auntuncle", "great-niecenephew"),
    ("great-uncle", &["great-uncles", "granduncle"], "great-auntuncle", "great-niecenephew"),
    ("great-niecenephew", &[], "great-niecenephew", "great-auntuncle"),
    ("great-niece", &["great-nieces", "grandniece"], "great-niecenephew", "great-auntuncle"),
    ("great-nephew", &["great-nephews", "grandnephew"], "great-niecenephew", "great-auntuncle"),
    ("cousin", &["cousins"], "cousin", "cousin"),
    ("godparent", &["godparents"], "godparent", "godchild"),
    ("godmother", &["godmothers"], "godparent", "godchild"),
    ("godfather", &["godfathers"], "godparent", "godchild"),
    ("godchild", &["godchildren"], "godchild", "godparent"),
    ("goddaughter", &["goddaughters"], "godchild", "godparent"),
    ("godson", &["godsons"], "godchild", "godparent"),
    ("stepparent", &["stepparents"], "stepparent", "stepchild"),
    ("stepmother", &["stepmothers", "stepmum", "stepmom"], "stepparent", "stepchild"),
    ("stepfather", &["stepfathers", "stepdad"], "stepparent", "stepchild"),
    ("stepchild", &["stepchildren"], "stepchild", "stepparent"),
    ("stepdaughter", &["stepdaughters"], "stepchild", "stepparent"),
    ("stepson", &["stepsons"], "stepchild", "stepparent"),
    ("partner", &["partners", "spouse", "fiance", "fiancee"], "partner", "partner"),
    ("wife", &["wives"], "partner", "partner"),
    ("husband", &["husbands"], "partner", "partner"),
    ("girlfriend", &["girlfriends"], "partner", "partner"),
    ("boyfriend", &["boyfriends"], "partner", "partner"),
    (
        "ex",
        &["exes", "ex-partner", "ex-wife", "ex-husband", "ex-girlfriend", "ex-boyfriend"],
        "ex",
        "ex",
    ),
    ("parent-in-law", &["parents-in-law"], "parent-in-law", "child-in-law"),
    ("mother-in-law", &["mothers-in-law"], "parent-in-law", "child-in-law"),
    ("father-in-law", &["fathers-in-law"], "parent-in-law", "child-in-law"),
    ("child-in-law", &["children-in-law"], "child-in-law", "parent-in-law"),
    ("daughter-in-law", &["daughters-in-law"], "child-in-law", "parent-in-law"),
    ("son-in-law", &["sons-in-law"], "child-in-law", "parent-in-law"),
    ("sibling-in-law", &["siblings-in-law"], "sibling-in-law", "sibling-in-law"),
    ("sister-in-law", &["sisters-in-law"], "sibling-in-law", "sibling-in-law"),
    ("brother-in-law", &["brothers-in-law"], "sibling-in-law", "sibling-in-law"),
    ("friend", &["friends", "best-friend"], "friend", "friend"),
    ("neighbour", &["neighbours", "neighbor", "neighbors"], "neighbour", "neighbour"),
    (
        "housemate",
        &["housemates", "roommate", "roommates", "flatmate", "flatmates"],
        "housemate",
        "housemate",
    ),
    ("lives-with", &["household"], "lives-with", "lives-with"),
    (
        "colleague",
        &["colleagues", "coworker", "coworkers", "co-worker", "co-workers"],
        "colleague",
        "colleague",
    ),
    ("manager", &["boss", "managers"], "manager", "report"),
    ("report", &["reports"], "report", "manager"),
    ("mentor", &["mentors"], "mentor", "mentee"),
    ("mentee", &["mentees"], "mentee", "mentor"),
    ("teacher", &["teachers"], "teacher", "student"),
    ("student", &["students", "pupil", "pupils"], "student", "teacher"),
    (
        "accountability-partner",
        &["accountability-partners"],
        "accountability-partner",
        "accountability-partner",
    ),
    ("introduced-by", &[], "introduced-by", "introduced"),
    ("introduced", &[], "introduced", "introduced-by"),
    ("met-through", &[], "met-through", "connected"),
    ("connected", &[], "connected", "met-through"),
    ("carer", &["carers", "caregiver"], "carer", "cares-for"),
    ("cares-for", &[], "cares-for", "carer"),
    ("guardian", &["guardians"], "guardian", "ward"),
    ("ward", &["wards"], "ward", "guardian"),
    (
        "knows",
        &["acquaintance", "acquaintances", "related", "relative", "relatives"],
        "knows",
        "knows",
    ),
];

/// The kinds of a vault without settings.
pub fn default_relations() -> Vec<RelationKind> {
    DEFAULTS
        .iter()
        .map(|(name, synonyms, parent, inverse)| RelationKind {
            name: (*name).to_owned(),
            synonyms: synonyms.iter().map(|word| (*word).to_owned()).collect(),
            parent: (*parent).to_owned(),
            inverse: (*inverse).to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::people::relation::default_relations;

    #[test]
    fn every_parent_and_inverse_is_a_kind_and_inverses_agree() {
        let kinds = default_relations();
        let find = |name: &str| {
            kinds.iter().find(|kind| kind.name == name).unwrap_or_else(|| panic!("{name}"))
        };
        for kind in &kinds {
            let parent = find(&kind.parent);
            assert_eq!(parent.parent, parent.name, "{}", kind.name);
            assert_eq!(parent.inverse, kind.inverse, "{}", kind.name);
            assert_eq!(find(&kind.inverse).inverse, kind.parent, "{}", kind.name);
        }
    }

    #[test]
    fn no_word_means_two_kinds() {
        let mut words = default_relations()
            .into_iter()
            .flat_map(|kind| [vec![kind.name], kind.synonyms].concat())
            .collect::<Vec<_>>();
        let count = words.len();
        words.sort();
        words.dedup();
        assert_eq!(words.len(), count);
    }
}
