//! Which four comments are read aloud: chosen by a rule that is printed beside them, so that nobody
//! chooses.
//!
//! One praises, one is typical of what was ticked most at the team's main friction, one says that
//! something went well before the team's own part, and one is drawn by lot from the number of the
//! week, so that the same page is the same again. No comment stands twice. A comment is only its
//! words: which journey it came from is not known here.

use crate::id;
use crate::publication::Comment;
use crate::survey::Friction;

use super::lexicon::{COMPLAINT, PRAISE, friction};

/// Why a comment stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// It praises.
    Praise,
    /// It is typical of the main friction.
    Typical,
    /// It says what went well upstream.
    Upstream,
    /// By lot.
    Lot,
}

/// What the rule goes by.
#[derive(Clone, Debug, Default)]
pub struct Criteria<'a> {
    /// What was ticked at the main friction, the most ticked first.
    pub frictions: Vec<Friction>,
    /// What its two steps are called, in both languages.
    pub handoff: Vec<&'a str>,
    /// What the steps before the team's own are called, in both languages.
    pub upstream: Vec<&'a str>,
    /// What the lot is drawn from: the release and whose page it is.
    pub seed: String,
}

/// The four places, each with its comment where one fits.
pub fn choose<'a>(
    comments: &'a [Comment],
    criteria: &Criteria<'_>,
) -> [(Criterion, Option<&'a Comment>); 4] {
    let mut left: Vec<Read<'a>> =
        comments.iter().map(|comment| Read::of(comment, criteria)).collect();
    left.sort_by(|one, other| (one.lot, &one.comment.text).cmp(&(other.lot, &other.comment.text)));
    left.dedup_by(|one, other| one.comment.text == other.comment.text);
    // The scarcest is chosen first; praise is read first.
    let mut chosen = [Criterion::Typical, Criterion::Upstream, Criterion::Praise, Criterion::Lot]
        .map(|place| (place, take(&mut left, place)));
    chosen.sort_by_key(|(place, _)| *place as u8);
    chosen
}

/// Takes the best one of a kind out of those that are left; of equals the one that the lot puts
/// first.
fn take<'a>(left: &mut Vec<Read<'a>>, place: Criterion) -> Option<&'a Comment> {
    let fits = |read: &Read<'_>| match place {
        Criterion::Praise => read.praise,
        Criterion::Typical => read.typical,
        Criterion::Upstream => read.upstream,
        Criterion::Lot => 1,
    };
    let most = left.iter().map(fits).max().filter(|most| *most > 0)?;
    let at = left.iter().position(|read| fits(read) == most)?;
    Some(left.remove(at).comment)
}

/// A comment as the rule reads it.
struct Read<'a> {
    comment: &'a Comment,
    praise: i32,
    typical: i32,
    upstream: i32,
    lot: i64,
}

impl<'a> Read<'a> {
    fn of(comment: &'a Comment, criteria: &Criteria<'_>) -> Self {
        let text = plain(&comment.text);
        let praise = found(&text, PRAISE) - found(&text, COMPLAINT);
        let names = |names: &[&str]| {
            names.iter().filter(|name| text.contains(plain(name).trim_end())).count()
        };
        let kinds = criteria.frictions.len();
        // The most ticked first: one word of it outweighs all of the others'.
        let weights =
            criteria.frictions.iter().enumerate().map(|(place, kind)| {
                i32::from(found(&text, friction(*kind)) > 0) << (kinds - place)
            });
        let typical: i32 = weights.sum();
        Self {
            comment,
            praise,
            typical: if typical > 0 {
                typical * 2 + i32::from(names(&criteria.handoff) > 0)
            } else {
                0
            },
            upstream: if praise > 0 && names(&criteria.upstream) > 0 { praise } else { 0 },
            lot: id::of_key(&["pack", &criteria.seed, &comment.text]),
        }
    }
}

/// How many of these words a text has; a word stands for all that begin with it.
fn found(text: &str, words: &[&str]) -> i32 {
    let found = words.iter().filter(|word| text.contains(&format!(" {word}")));
    i32::try_from(found.count()).unwrap_or(0)
}

/// Small letters without accents, one space between words and around them.
fn plain(text: &str) -> String {
    let mut out = String::from(" ");
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'à' | 'â' | 'ä' => out.push('a'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'î' | 'ï' => out.push('i'),
            'ô' | 'ö' => out.push('o'),
            'ù' | 'û' | 'ü' => out.push('u'),
            'ç' => out.push('c'),
            'œ' => out.push_str("oe"),
            letter if letter.is_alphanumeric() => out.push(letter),
            _ if out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::discussion::pack::rule::*;
    use crate::i18n::Lang;

    fn comment(text: &str) -> Comment {
        Comment { text: text.to_owned(), lang: Lang::Fr, team_only: false }
    }

    fn criteria() -> Criteria<'static> {
        Criteria {
            frictions: vec![Friction::Waited, Friction::Chased],
            handoff: vec!["Accueil", "Atelier"],
            upstream: vec!["Appel", "Call"],
            seed: "repair 2961 site:G05 reception".to_owned(),
        }
    }

    fn chosen<'a>(
        comments: &'a [Comment],
        criteria: &Criteria<'_>,
    ) -> Vec<(Criterion, Option<&'a str>)> {
        choose(comments, criteria)
            .map(|(place, comment)| (place, comment.map(|c| c.text.as_str())))
            .to_vec()
    }

    const TEXTS: [&str; 6] = [
        "Voiture rendue propre et à l’heure, merci.",
        "Il a fallu rappeler pour savoir si c’était prêt.",
        "Personne ne savait où en était ma voiture.",
        "Appel très agréable, merci.",
        "Le café était froid.",
        "Je n’étais pas satisfait, jamais de merci.",
    ];

    #[test]
    fn each_place_has_the_comment_that_its_rule_says() {
        let comments: Vec<Comment> = TEXTS.iter().map(|text| comment(text)).collect();
        let chosen = chosen(&comments, &criteria());
        assert_eq!(chosen[0], (Criterion::Praise, Some(TEXTS[0])));
        assert_eq!(
            chosen[1],
            (Criterion::Typical, Some(TEXTS[2])),
            "waiting was ticked more than chasing"
        );
        assert_eq!(chosen[2], (Criterion::Upstream, Some(TEXTS[3])));
        assert!(chosen[3].1.is_some_and(|text| ![TEXTS[0], TEXTS[2], TEXTS[3]].contains(&text)));
    }

    #[test]
    fn where_no_comment_fits_the_place_stays_empty() {
        let comments =
            [comment("Le café était froid."), comment("Rien à dire."), comment("Rien à dire.")];
        let chosen = chosen(&comments, &criteria());
        assert_eq!(chosen.iter().filter(|(_, comment)| comment.is_none()).count(), 3, "{chosen:?}");
    }

    #[test]
    fn another_week_draws_another_lot() {
        let comments: Vec<Comment> = (0..40).map(|n| comment(&format!("Le nº {n}."))).collect();
        let lot = |week: i32| {
            chosen(&comments, &Criteria { seed: week.to_string(), ..criteria() })[3]
                .1
                .unwrap()
                .to_owned()
        };
        let drawn: std::collections::BTreeSet<String> = (0..20).map(lot).collect();
        assert!(drawn.len() > 10, "{drawn:?}");
        assert_eq!(lot(7), lot(7));
    }

    proptest! {
        #[test]
        fn no_comment_stands_twice_and_their_order_says_nothing(
            mut texts in proptest::collection::vec("[a-zé’ ]{0,24}|merci|attente|rappel", 0..12),
        ) {
            let forwards: Vec<Comment> = texts.iter().map(|text| comment(text)).collect();
            texts.reverse();
            let backwards: Vec<Comment> = texts.iter().map(|text| comment(text)).collect();
            let one = chosen(&forwards, &criteria());
            prop_assert_eq!(&one, &chosen(&backwards, &criteria()));
            let mut told: Vec<&str> = one.iter().filter_map(|(_, text)| *text).collect();
            let count = told.len();
            told.sort_unstable();
            told.dedup();
            prop_assert_eq!(told.len(), count);
        }
    }
}
