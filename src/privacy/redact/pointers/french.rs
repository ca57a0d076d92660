//! "la dame de l'accueil" becomes "l'accueil", "un jeune homme" "une personne".

use super::{Pointer, bare};
use crate::i18n::Lang;
use crate::privacy::redact::context::Context;
use crate::privacy::redact::vocabulary;

const PEOPLE: &[&str] = &[
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
const LOOKS: &[&str] = &[
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

/// The pointer that starts at a word, with what it becomes.
pub(super) fn pointer(reading: &Context<'_>, at: usize) -> Option<Pointer> {
    let det = Determiner::of(reading, at)?;
    let mut noun = at + det.words;
    let first = noun;
    while reading.follows(noun) && LOOKS.contains(&bare(reading, noun)) && noun < first + 2 {
        noun += 1;
    }
    // "le petit jeune": the last of these is the noun itself.
    if !(reading.follows(noun) && PEOPLE.contains(&bare(reading, noun))) {
        noun = noun
            .checked_sub(1)
            .filter(|noun| *noun >= first && PEOPLE.contains(&bare(reading, *noun)))?;
    }
    // "la jeune conseillère", "la vieille voiture": an adjective before another noun.
    let adjective = matches!(bare(reading, noun), "jeune" | "vieux" | "vieille");
    if adjective && reading.follows(noun + 1) && goes_on(reading, noun + 1) {
        return None;
    }
    // "la femme de ménage" is a trade, and what a capital follows is a title: "le monsieur
    // Dupont".
    if matches!(bare(reading, noun), "femme" | "homme") && bare(reading, noun + 2) == "menage"
        || reading.is_marked_next(noun)
    {
        return None;
    }
    if let Some((end, place)) = place_at(reading, noun + 1) {
        let contracted = contracted(reading, at, &det, &place);
        let start = at - usize::from(contracted.is_some());
        return Some((start..end, contracted.unwrap_or(det).before_place(place)));
    }
    Some((at..noun + 1, det.person().to_owned()))
}

/// "à la dame du garage" becomes "au garage": what stands before goes into the article of the
/// place.
fn contracted(
    reading: &Context<'_>,
    at: usize,
    det: &Determiner,
    place: &PlaceName<'_>,
) -> Option<Determiner> {
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
fn goes_on(reading: &Context<'_>, at: usize) -> bool {
    const ENDS: &[&str] = &[
        "de", "du", "d", "a", "au", "qui", "m", "ne", "n", "est", "etait", "avec", "et", "en",
        "derriere", "a", "nous", "tres",
    ];
    !ENDS.contains(&bare(reading, at))
}

/// "de l'accueil", "au guichet", "du service après-vente": where it ends, and the place with how
/// its article goes.
fn place_at<'r>(reading: &'r Context<'_>, at: usize) -> Option<(usize, PlaceName<'r>)> {
    const SPOKEN: &[&str] = &["telephone", "tel", "bout"];
    if !reading.follows(at) {
        return None;
    }
    let (article, noun) =
        match (bare(reading, at), bare(reading, at + 1), reading.words.get(at + 1)?.before) {
            ("de" | "a" | "derriere", "l", " ") => (Article::Elided, at + 2),
            ("de" | "a" | "derriere", "la", " ") => (Article::La, at + 2),
            ("derriere", "le", " ") => (Article::Le, at + 2),
            ("du" | "au", _, " ") => (Article::Le, at + 1),
            ("des" | "aux", _, " ") => (Article::Les, at + 1),
            _ => return None,
        };
    let known =
        vocabulary::of(Lang::Fr).workplaces.contains(&bare(reading, noun)) && reading.follows(noun);
    if !known || SPOKEN.contains(&bare(reading, noun)) {
        return None;
    }
    let word = &reading.words[noun];
    Some((noun + 1, PlaceName { article, name: word.text(reading.text) }))
}

#[derive(Clone, Copy)]
enum Article {
    Le,
    La,
    Les,
    Elided,
}

struct PlaceName<'r> {
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
    fn of(reading: &Context<'_>, at: usize) -> Option<Self> {
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

    fn before_place(&self, place: PlaceName<'_>) -> String {
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
