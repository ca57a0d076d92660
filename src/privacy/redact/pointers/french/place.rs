//! Where somebody works, with the article that it takes in French: "de l'accueil", "au guichet".

use crate::i18n::Lang;
use crate::privacy::redact::context::Context;
use crate::privacy::redact::pointers::phrase::bare;
use crate::privacy::redact::vocabulary;

/// "de l'accueil", "au guichet", "du service après-vente": where it ends, and the place with how
/// its article goes.
pub(super) fn place_at<'r>(reading: &'r Context<'_>, at: usize) -> Option<(usize, PlaceName<'r>)> {
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

/// "à la dame du garage" becomes "au garage": what stands before goes into the article of the
/// place.
pub(super) fn contracted(
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

#[derive(Clone, Copy)]
pub(super) enum Article {
    Le,
    La,
    Les,
    Elided,
}

pub(super) struct PlaceName<'r> {
    article: Article,
    name: &'r str,
}

/// The article before a pointer, which may hold a preposition: au, du.
pub(super) struct Determiner {
    pub(super) words: usize,
    pub(super) kind: Det,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Det {
    /// None, at the start of a sentence.
    None,
    /// mon, ma, notre: mostly nobody who works there.
    Mine,
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
    pub(super) fn of(reading: &Context<'_>, at: usize) -> Option<Self> {
        let one = |kind| Some(Self { words: 1, kind });
        match bare(reading, at) {
            "le" | "la" | "l" => one(Det::The),
            "les" => one(Det::TheMany),
            "un" | "une" => one(Det::A),
            "ce" | "cet" | "cette" => one(Det::This),
            "ces" | "des" | "mes" | "nos" => one(Det::These),
            "votre" => one(Det::Your),
            "vos" => one(Det::TheMany),
            "mon" | "ma" | "notre" => one(Det::Mine),
            "au" => one(Det::To),
            "aux" => one(Det::ToMany),
            "du" => one(Det::Of),
            _ => None,
        }
    }

    pub(super) fn is_plural(&self) -> bool {
        matches!(self.kind, Det::TheMany | Det::These | Det::ToMany)
    }

    pub(super) fn is_definite(&self) -> bool {
        matches!(self.kind, Det::The | Det::This | Det::Your | Det::To | Det::Of)
    }

    pub(super) fn before_place(&self, place: PlaceName<'_>) -> String {
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

    pub(super) fn person(&self) -> &'static str {
        match self.kind {
            Det::The => "la personne",
            Det::TheMany => "les personnes",
            Det::A | Det::None => "une personne",
            Det::Mine => "une personne",
            Det::This => "cette personne",
            Det::These => "ces personnes",
            Det::Your => "la personne",
            Det::To => "à la personne",
            Det::ToMany => "aux personnes",
            Det::Of => "de la personne",
        }
    }
}
