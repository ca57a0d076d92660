//! The pack: everything that two teams need for half an hour, on one sheet of paper.
//!
//! The journey map with its friction shares; one figure week after week, with what was tried
//! marked on it; four comments chosen by a rule that is printed; three questions; the actions; the
//! sentence that customers will read; and at the foot what is not shown, the thresholds, and who
//! has looked. No target, no traffic light, no arrow on two points.
//!
//! [`gather`] reads it, from what the gate lets through and nothing else; the templates lay it
//! out. The sheet has a fixed room for every text: what is longer is cut with a mark, and stands
//! in full under the sheet, on the screen.

pub mod gather;
#[cfg(test)]
mod print;
mod quotes;
pub mod rule;
mod sheet;
pub mod web;

mod lexicon;

use askama::Template;

use crate::calendar::Zone;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Words};
use crate::id::OrganisationId;

/// Releases that a pack is about, where nobody says otherwise: with fewer the method finds the
/// wrong part of a handoff.
pub const RELEASES: usize = 52;
/// The newest releases whose comments are read: a quarter.
const QUOTED: usize = 13;
/// Points that a chart needs to be worth the room.
const POINTS: usize = 6;
/// Actions that the sheet has room for.
const ACTIONS: usize = 3;
const HIDDEN: usize = 2;
/// The longest comment, action and sentence that the sheet has room for, in characters.
const COMMENT: usize = 180;
const ACTION: usize = 110;
const SENTENCE: usize = 180;
/// The longest name of a team, part or figure on the sheet, in characters.
const NAME: usize = 40;
const FIGURE: usize = 100;
/// Characters beyond which a sheet is set in smaller letters, closer to each other.
const DENSE: usize = 1_700;

/// Whose pack it is, and for whom it is made.
#[derive(Clone, Copy, Debug)]
pub struct PackReader<'a> {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The team's code.
    pub team: &'a str,
    /// In which language.
    pub lang: Lang,
    /// Where days begin.
    pub zone: &'a Zone,
    /// Whether the team itself reads it, on a page of its own.
    pub reads_alone: bool,
}

/// What stands on the sheet, in one language.
#[derive(Debug)]
pub struct Pack {
    pub lang: Lang,
    pub team: String,
    pub about: String,
    /// Where the points are lost, in one sentence.
    pub lede: String,
    pub map: String,
    /// What the map could not draw: detours, names in full, what is left out.
    pub map_notes: Vec<String>,
    pub chart: std::result::Result<Chart, String>,
    pub quotes: Vec<Quote>,
    /// How the comments were chosen, or why there are none.
    pub rule: String,
    /// Comments in which somebody may be named: on the team's own screen, never on the sheet.
    pub team_only: Vec<(String, Lang)>,
    pub actions: Vec<Line>,
    pub sentence: Option<ShortText>,
    pub foot: Vec<String>,
    /// Where the whole of what was cut stands, and what the sheet had no room for.
    pub cut: Vec<String>,
}

#[derive(Debug)]
pub struct Chart {
    pub heading: String,
    pub lede: String,
    pub svg: String,
}

/// One comment with why it stands there.
#[derive(Debug)]
pub struct Quote {
    pub why: String,
    /// The comment, in the language in which it was written; none where none fits.
    pub text: Option<(ShortText, Lang)>,
}

#[derive(Debug)]
pub struct Line {
    pub letter: String,
    pub text: ShortText,
    pub team: String,
    pub level: String,
    /// When it is looked at, or what became of it.
    pub review: String,
    pub figure: String,
}

/// A text as the sheet has room for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortText {
    pub shown: String,
    pub whole: Option<String>,
}

impl ShortText {
    /// Cuts at the end of a word, and says so in the text itself.
    pub fn of(text: &str, most: usize) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() <= most {
            return Self { shown: text, whole: None };
        }
        let short: String = text.chars().take(most - 4).collect();
        // A text without spaces is cut inside of its only word.
        let end = short.rfind(' ').filter(|end| *end > short.len() / 2).unwrap_or(short.len());
        Self { shown: format!("{} […]", &short[..end]), whole: Some(text) }
    }
}

impl Pack {
    /// What stands under the sheet on a screen: the whole of every text that was cut.
    pub fn in_full(&self) -> Vec<(&str, Option<Lang>)> {
        let quotes = self.quotes.iter().filter_map(|quote| quote.text.as_ref());
        let quotes = quotes.filter_map(|(text, lang)| Some((text.whole.as_deref()?, Some(*lang))));
        let actions =
            self.actions.iter().filter_map(|line| Some((line.text.whole.as_deref()?, None)));
        let sentence = self.sentence.iter().filter_map(|text| Some((text.whole.as_deref()?, None)));
        quotes.chain(actions).chain(sentence).collect()
    }

    /// Whether its texts fit in small letters only.
    pub fn is_dense(&self) -> bool {
        let quotes = self
            .quotes
            .iter()
            .filter_map(|quote| quote.text.as_ref())
            .map(|(text, _)| text.shown.as_str());
        let lines = self
            .actions
            .iter()
            .flat_map(|line| [&line.text.shown, &line.team, &line.figure, &line.review]);
        let rest = [&self.lede, &self.rule]
            .into_iter()
            .chain(&self.map_notes)
            .chain(&self.foot)
            .chain(&self.cut);
        let sentence = self.sentence.iter().map(|text| &text.shown);
        let all = lines.chain(rest).chain(sentence).map(String::as_str).chain(quotes);
        all.map(|text| text.chars().count()).sum::<usize>() > DENSE
    }

    /// Empty lines for what is agreed at the meeting, where fewer actions stand than there is room
    /// for.
    pub fn lines(&self) -> std::ops::Range<usize> {
        self.actions.len()..ACTIONS
    }

    /// The sheet as a file of its own, to be opened and printed anywhere.
    pub fn to_file(&self) -> Result<String> {
        let file = File { w: Words(self.lang), pack: self, style: STYLE };
        file.render()
            .map_err(|failure| Error::Internal(format!("the pack cannot be written: {failure}")))
    }
}

/// The styles of the sheet, which a file carries with it.
const STYLE: &str = concat!(
    include_str!("../../../templates/shared.css"),
    include_str!("../../../templates/style.css"),
    include_str!("../../../templates/pack.css")
);

#[derive(Template)]
#[template(path = "discussion/pack-file.html")]
struct File<'a> {
    w: Words,
    pack: &'a Pack,
    style: &'static str,
}

#[cfg(test)]
mod tests {
    use crate::discussion::pack::*;

    #[test]
    fn what_is_cut_says_so_and_keeps_its_whole() {
        let text = "Il a fallu rappeler trois fois pour savoir si la voiture était prête.";
        assert_eq!(ShortText::of(text, 200), ShortText { shown: text.to_owned(), whole: None });
        let cut = ShortText::of(text, 40);
        assert_eq!(
            (cut.shown.as_str(), cut.whole.as_deref()),
            ("Il a fallu rappeler trois fois pour […]", Some(text))
        );
        let word = ShortText::of(&"é".repeat(300), 50);
        assert!(word.shown.chars().count() == 50 && word.shown.ends_with(" […]"), "{}", word.shown);
    }
}
