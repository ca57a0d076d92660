//! First names that are nothing else, so that a value which is a whole name is known for one.
//!
//! Names that are also words, places or saints ("Rose", "Florence", "Laurent") are left out: of a
//! feed's value only a whole name counts, and a street named after somebody has a word before it.

use super::plain::unaccented;

/// Without accents, in lower case; sorted.
const FIRST: [&str; 158] = [
    "abdel",
    "adrien",
    "agathe",
    "agnes",
    "ahmed",
    "alain",
    "alexandra",
    "alexandre",
    "alice",
    "aline",
    "alison",
    "amandine",
    "amelie",
    "andrew",
    "angela",
    "anne",
    "anthony",
    "antoine",
    "arnaud",
    "audrey",
    "aurelie",
    "barbara",
    "bastien",
    "benjamin",
    "benoit",
    "bernard",
    "brenda",
    "brigitte",
    "bruno",
    "camille",
    "caroline",
    "catherine",
    "cecile",
    "celine",
    "chantal",
    "christelle",
    "christian",
    "christine",
    "christophe",
    "christopher",
    "claude",
    "clement",
    "corinne",
    "cyril",
    "daniel",
    "danielle",
    "david",
    "deborah",
    "delphine",
    "denise",
    "didier",
    "dominique",
    "donald",
    "donna",
    "dorothy",
    "edward",
    "elodie",
    "emilie",
    "emily",
    "emma",
    "emmanuel",
    "eric",
    "fabien",
    "fabrice",
    "fatima",
    "franck",
    "francoise",
    "frederic",
    "gabriel",
    "gerard",
    "gilles",
    "guillaume",
    "helene",
    "henri",
    "isabelle",
    "jacqueline",
    "jacques",
    "james",
    "jean",
    "jeanne",
    "jennifer",
    "jeremy",
    "jerome",
    "jessica",
    "joanna",
    "john",
    "jonathan",
    "joseph",
    "joshua",
    "julia",
    "julie",
    "julien",
    "karen",
    "karim",
    "kevin",
    "laetitia",
    "laura",
    "laurence",
    "lea",
    "linda",
    "lisa",
    "loic",
    "louise",
    "lucas",
    "ludovic",
    "margaret",
    "marie",
    "marion",
    "martine",
    "mathieu",
    "matthew",
    "maxime",
    "melanie",
    "michael",
    "michel",
    "michele",
    "mohamed",
    "monique",
    "muriel",
    "nadia",
    "nathalie",
    "nicolas",
    "nicole",
    "odile",
    "olivier",
    "pascal",
    "patricia",
    "patrick",
    "paul",
    "peter",
    "philippe",
    "quentin",
    "rachid",
    "raphael",
    "rebecca",
    "richard",
    "robert",
    "ronald",
    "samantha",
    "samira",
    "sandrine",
    "sarah",
    "sebastien",
    "sophie",
    "stephane",
    "stephanie",
    "steven",
    "susan",
    "sylvie",
    "thierry",
    "thomas",
    "timothy",
    "valerie",
    "vincent",
    "william",
    "xavier",
    "yasmina",
    "yves",
];

/// Whether a value is a person's whole name: two or three capitalised words of which the first or
/// the last is a first name, perhaps joined ("Jean-Michel Aubert", "AUBERT Jean").
pub(super) fn is_name(value: &str) -> bool {
    if !value.contains([' ', '_', ',']) {
        return false;
    }
    let value = value.replace(['_', ','], " ");
    let words: Vec<&str> = value.split_whitespace().collect();
    if !(2..=3).contains(&words.len())
        || !words.iter().all(|word: &&str| {
            word.chars().next().is_some_and(char::is_uppercase) && word.chars().all(is_of_a_name)
        })
    {
        return false;
    }
    [words[0], words[words.len() - 1]].iter().any(|word| is_first(word))
}

fn is_of_a_name(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '-' | '\'' | '.')
}

fn is_first(word: &str) -> bool {
    let word = unaccented(word);
    word.split('-').next().is_some_and(|first| FIRST.binary_search(&first).is_ok())
}

/// Where one person works, as codes call it.
const WORKPLACES: [&str; 20] = [
    "accueil",
    "adviser",
    "advisor",
    "agent",
    "atelier",
    "bureau",
    "caisse",
    "cashier",
    "conseil",
    "conseiller",
    "counter",
    "equipe",
    "guichet",
    "ligne",
    "office",
    "operator",
    "poste",
    "station",
    "technicien",
    "window",
];

/// Whether a code is a first name, alone or beside nothing but a workplace, short words and
/// numbers.
pub(super) fn is_workplace_of(code: &str) -> bool {
    let bare = unaccented(code);
    let words = || bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_first = |word: &&str| FIRST.binary_search(word).is_ok();
    let is_little = |word: &str| {
        word.len() <= 4
            || word.chars().any(|c| c.is_ascii_digit())
            || WORKPLACES.binary_search(&word).is_ok()
    };
    words().any(|word| is_first(&word)) && words().all(|word| is_first(&word) || is_little(word))
}

/// What two or three capitals beside a workplace mean where they are nobody's initials; sorted.
const ABBREVIATIONS: [&str; 16] = [
    "CT", "EST", "HR", "IT", "PL", "PMR", "QC", "RDV", "RH", "SAV", "SUD", "VIP", "VL", "VN", "VO",
    "VU",
];

/// Whether a code is two or three capitals beside nothing but a workplace and numbers: initials.
pub(super) fn is_workplace_of_initials(code: &str) -> bool {
    let words: Vec<&str> =
        code.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_workplace = |word: &str| {
        word.eq_ignore_ascii_case("desk")
            || WORKPLACES.binary_search(&unaccented(word).as_ref()).is_ok()
    };
    let are_initials = |word: &str| {
        (2..=3).contains(&word.len())
            && word.chars().all(|c| c.is_ascii_uppercase())
            && ABBREVIATIONS.binary_search(&word).is_err()
    };
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    words.iter().any(|word| is_workplace(word))
        && words.iter().any(|word| are_initials(word))
        && words.iter().all(|word| is_workplace(word) || are_initials(word) || is_number(word))
}

#[cfg(test)]
mod tests {
    use crate::privacy::person::names::*;

    #[test]
    fn the_list_can_be_searched() {
        assert!(FIRST.is_sorted() && WORKPLACES.is_sorted() && ABBREVIATIONS.is_sorted());
    }

    #[test]
    fn a_whole_name_is_known_and_a_place_is_not() {
        for name in [
            "Jean Dupont",
            "DUPONT Jean",
            "Jean-Michel Aubert",
            "Sarah O'Neil",
            "Dupont_Nathalie",
            "Élodie Petit",
        ] {
            assert!(is_name(name), "{name}");
        }
        for place in [
            "Garage Jean Macé",
            "Atelier Nord",
            "Saint Laurent",
            "Jean",
            "jean de la rue",
            "Hôpital Sud",
            "Step One",
        ] {
            assert!(!is_name(place), "{place}");
        }
    }
}
