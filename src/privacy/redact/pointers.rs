//! Words that point at somebody by sex or age: "la dame de l'accueil" becomes "l'accueil", "the young guy" "the person".

use std::ops::Range;

use super::context::Reading;
use super::words::{Shape, Word};
use super::{Kind, Mask, vocabulary};
use crate::i18n::Lang;

/// Every such pointer of a comment, with what it becomes.
pub(super) fn find(reading: &Reading<'_>, is_free: impl Fn(usize) -> bool) -> Vec<Mask> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < reading.words.len() {
        let pointer = is_free(at).then(|| pointer_at(reading, at)).flatten();
        if let Some((words, instead)) = pointer.filter(|(words, _)| words.clone().all(&is_free)) {
            at = words.end;
            let stretch = reading.words[words.start].at.start..reading.words[words.end - 1].at.end;
            let instead = with_capital_of(&reading.words[words.start], instead);
            found.push(Mask { at: stretch, kind: Kind::Pointer, instead: Some(instead) });
        } else {
            at += 1;
        }
    }
    found
}

type Pointer = (Range<usize>, String);

fn pointer_at(reading: &Reading<'_>, at: usize) -> Option<Pointer> {
    match reading.lang {
        Lang::Fr => french(reading, at),
        Lang::En => english(reading, at),
    }
}

const PEOPLE_FR: &[&str] = &[
    "dame",
    "dames",
    "monsieur",
    "messieurs",
    "homme",
    "hommes",
    "femme",
    "femmes",
    "fille",
    "filles",
    "garcon",
    "garcons",
    "gars",
    "mec",
    "mecs",
    "nana",
    "demoiselle",
    "bonhomme",
    "jeune",
    "vieux",
    "vieille",
    "blonde",
    "blond",
    "brune",
    "rousse",
];
/// What is said of somebody before the noun, and goes with it.
const LOOKS_FR: &[&str] = &[
    "jeune",
    "jeunes",
    "petit",
    "petite",
    "petits",
    "vieux",
    "vieille",
    "vieil",
    "grand",
    "grande",
    "gros",
    "grosse",
    "gentil",
    "gentille",
    "charmante",
    "bon",
    "bonne",
];

fn french(reading: &Reading<'_>, at: usize) -> Option<Pointer> {
    let det = Determiner::of(reading, at)?;
    let mut noun = at + det.words;
    let first = noun;
    while reading.follows(noun) && LOOKS_FR.contains(&bare(reading, noun)) && noun < first + 2 {
        noun += 1;
    }
    // "le petit jeune": the last of these is the noun itself.
    if !(reading.follows(noun) && PEOPLE_FR.contains(&bare(reading, noun))) {
        noun = noun.checked_sub(1).filter(|noun| *noun >= first && PEOPLE_FR.contains(&bare(reading, *noun)))?;
    }
    // "la jeune conseillère", "la vieille voiture": an adjective before another noun.
    let adjective = matches!(bare(reading, noun), "jeune" | "vieux" | "vieille");
    if adjective && reading.follows(noun + 1) && goes_on(reading, noun + 1) {
        return None;
    }
    // "la femme de ménage" is a trade, and what a capital follows is a title: "le monsieur Dupont".
    if matches!(bare(reading, noun), "femme" | "homme") && bare(reading, noun + 2) == "menage"
        || reading.is_marked_next(noun)
    {
        return None;
    }
    if let Some((end, place)) = french_place(reading, noun + 1) {
        let contracted = contracted(reading, at, &det, &place);
        let start = at - usize::from(contracted.is_some());
        return Some((start..end, contracted.unwrap_or(det).before_place(place)));
    }
    Some((at..noun + 1, det.person().to_owned()))
}

/// "à la dame du garage" becomes "au garage": what stands before goes into the article of the place.
fn contracted(reading: &Reading<'_>, at: usize, det: &Determiner, place: &FrenchPlace<'_>) -> Option<Determiner> {
    if det.kind != Det::The || !matches!(place.article, Article::Le | Article::Les) {
        return None;
    }
    match reading.before(at, 1)? {
        "a" => Some(Determiner { words: 1, kind: Det::To }),
        "de" => Some(Determiner { words: 1, kind: Det::Of }),
        _ => None,
    }
}

/// Whether a word after an adjective is the noun that it belongs to.
fn goes_on(reading: &Reading<'_>, at: usize) -> bool {
    const ENDS: &[&str] = &[
        "de", "du", "d", "a", "au", "qui", "m", "ne", "n", "est", "etait", "avec", "et", "en", "derriere", "a", "nous",
        "tres",
    ];
    !ENDS.contains(&bare(reading, at))
}

/// "de l'accueil", "au guichet", "du service après-vente": where it ends, and the place with how its article goes.
fn french_place<'r>(reading: &'r Reading<'_>, at: usize) -> Option<(usize, FrenchPlace<'r>)> {
    const SPOKEN: &[&str] = &["telephone", "tel", "bout"];
    if !reading.follows(at) {
        return None;
    }
    let (article, noun) = match (bare(reading, at), bare(reading, at + 1), reading.words.get(at + 1)?.before) {
        ("de" | "a" | "derriere", "l", " ") => (Article::Elided, at + 2),
        ("de" | "a" | "derriere", "la", " ") => (Article::La, at + 2),
        ("derriere", "le", " ") => (Article::Le, at + 2),
        ("du" | "au", _, " ") => (Article::Le, at + 1),
        ("des" | "aux", _, " ") => (Article::Les, at + 1),
        _ => return None,
    };
    let known = vocabulary::of(Lang::Fr).workplaces.contains(&bare(reading, noun)) && reading.follows(noun);
    if !known || SPOKEN.contains(&bare(reading, noun)) {
        return None;
    }
    let word = &reading.words[noun];
    Some((noun + 1, FrenchPlace { article, name: word.text(reading.text) }))
}

#[derive(Clone, Copy)]
enum Article {
    Le,
    La,
    Les,
    Elided,
}

struct FrenchPlace<'r> {
    article: Article,
    name: &'r str,
}

/// The article before a pointer, which may hold a preposition: au, du.
struct Determiner {
    words: usize,
    kind: Det,
}

#[derive(Clone, Copy, PartialEq)]
enum Det {
    The,
    TheMany,
    A,
    This,
    These,
    Your,
    To,
    ToMany,
    Of,
}

impl Determiner {
    fn of(reading: &Reading<'_>, at: usize) -> Option<Self> {
        let one = |kind| Some(Self { words: 1, kind });
        match bare(reading, at) {
            "le" | "la" | "l" => one(Det::The),
            "les" => one(Det::TheMany),
            "un" | "une" => one(Det::A),
            "ce" | "cet" | "cette" => one(Det::This),
            "ces" => one(Det::These),
            "votre" => one(Det::Your),
            "au" => one(Det::To),
            "aux" => one(Det::ToMany),
            "du" => one(Det::Of),
            _ => None,
        }
    }

    fn before_place(&self, place: FrenchPlace<'_>) -> String {
        let (article, to, of) = match place.article {
            Article::Le => ("le ", "au ", "du "),
            Article::La => ("la ", "à la ", "de la "),
            Article::Les => ("les ", "aux ", "des "),
            Article::Elided => ("l'", "à l'", "de l'"),
        };
        let article = match self.kind {
            Det::To | Det::ToMany => to,
            Det::Of => of,
            _ => article,
        };
        format!("{article}{}", place.name)
    }

    fn person(&self) -> &'static str {
        match self.kind {
            Det::The => "la personne",
            Det::TheMany => "les personnes",
            Det::A => "une personne",
            Det::This => "cette personne",
            Det::These => "ces personnes",
            Det::Your => "votre personne",
            Det::To => "à la personne",
            Det::ToMany => "aux personnes",
            Det::Of => "de la personne",
        }
    }
}

const PEOPLE_EN: &[&str] = &[
    "lady",
    "woman",
    "girl",
    "man",
    "guy",
    "bloke",
    "gentleman",
    "lad",
    "chap",
    "boy",
    "fella",
    "lass",
    "gal",
    "dude",
];
const MANY_EN: &[&str] = &["ladies", "women", "girls", "men", "guys", "blokes", "gentlemen", "lads", "chaps", "boys"];
/// What is said of somebody's age and looks, and goes with the noun; any other word before it stays.
const LOOKS_EN: &[&str] = &[
    "young",
    "old",
    "older",
    "elderly",
    "little",
    "big",
    "tall",
    "short",
    "blonde",
    "bald",
    "pretty",
    "black",
    "white",
    "asian",
    "foreign",
    "polish",
    "indian",
    "scottish",
    "irish",
    "middle-aged",
    "fat",
    "thin",
];

fn english(reading: &Reading<'_>, at: usize) -> Option<Pointer> {
    let det = bare(reading, at);
    if !matches!(det, "the" | "a" | "an" | "this" | "that" | "some" | "these" | "those") {
        return None;
    }
    let (mut noun, mut kept) = (at + 1, Vec::new());
    while reading.follows(noun) && noun < at + 4 && !is_person(reading, noun) {
        if !LOOKS_EN.contains(&bare(reading, noun)) {
            kept.push(reading.words[noun].text(reading.text));
        }
        noun += 1;
    }
    let is_noun = reading.follows(noun) && is_person(reading, noun);
    if !is_noun || kept.len() > 1 || kept.iter().any(|word| is_grammar(word)) {
        return None;
    }
    if let Some((end, place)) = english_place(reading, noun + 1) {
        return Some((at..end, place));
    }
    let noun_word = if MANY_EN.contains(&bare(reading, noun)) { "people" } else { "person" };
    kept.push(noun_word);
    let vowel = kept[0].starts_with(['a', 'e', 'i', 'o', 'u']);
    let det = match det {
        "a" | "an" if vowel => "an",
        "a" | "an" => "a",
        other => other,
    };
    Some((at..noun + 1, format!("{det} {}", kept.join(" "))))
}

fn is_person(reading: &Reading<'_>, at: usize) -> bool {
    let word = bare(reading, at);
    PEOPLE_EN.contains(&word) || MANY_EN.contains(&word)
}

/// Words that end what belongs to a noun: "a card the lady" is no lady of cards.
fn is_grammar(word: &str) -> bool {
    let v = vocabulary::of(Lang::En);
    v.determiners.contains(&word) || v.at.contains(&word) || v.closed.contains(&word) || v.locates.contains(&word)
}

/// "at the front desk", "on reception": where it ends, and the place with its article.
fn english_place(reading: &Reading<'_>, at: usize) -> Option<(usize, String)> {
    const SPOKEN: &[&str] = &["phone", "telephone", "door"];
    if !reading.follows(at) || !matches!(bare(reading, at), "at" | "on" | "in" | "from" | "behind" | "of") {
        return None;
    }
    let article = matches!(bare(reading, at + 1), "the" | "your");
    let first = at + 1 + usize::from(article);
    let workplaces = &vocabulary::of(Lang::En).workplaces;
    let mut end = first;
    while reading.follows(end) && workplaces.contains(&bare(reading, end)) && end < first + 2 {
        end += 1;
    }
    let in_front_of = end == first + 1 && bare(reading, first) == "front";
    if end == first || in_front_of || SPOKEN.contains(&bare(reading, first)) {
        return None;
    }
    let from = if article { at + 1 } else { first };
    Some((end, reading.text[reading.words[from].at.start..reading.words[end - 1].at.end].to_owned()))
}

fn bare<'r>(reading: &'r Reading<'_>, at: usize) -> &'r str {
    reading.words.get(at).map_or("", |word| word.bare.as_str())
}

/// What stands at the start of a sentence begins with a capital.
fn with_capital_of(first: &Word<'_>, instead: String) -> String {
    let mut letters = instead.chars();
    match (first.shape, letters.next()) {
        (Shape::Small, _) | (_, None) => instead,
        (_, Some(letter)) => letter.to_uppercase().chain(letters).collect(),
    }
}
