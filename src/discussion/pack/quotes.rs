//! What of the comments stands on the sheet, and what is for the team alone.

use super::{PackReader, Quote};
use crate::i18n::{Lang, Text};
use crate::limits;
use crate::privacy::NotShown;
use crate::publication::Comment;

/// The four comments, what is said of how they were chosen, and what is for the team alone.
pub(super) struct Quotes {
    pub(super) quotes: Vec<Quote>,
    pub(super) rule: String,
    pub(super) team_only: Vec<(String, Lang)>,
}

impl Quotes {
    pub(super) fn none(why: &NotShown, lang: Lang) -> Self {
        let why = why.say(lang);
        let rule = Text::new("pack-no-comments").with("why", why).say(lang);
        Self { quotes: Vec::new(), rule, team_only: Vec::new() }
    }

    /// Says how many comments are for the team alone, and holds them where it reads alone. So few
    /// that they could be pieced together are not counted.
    pub(super) fn with_team_only(mut self, comments: Vec<Comment>, whose: PackReader<'_>) -> Self {
        let floor = limits::MINIMUM_COMMENTS;
        let count = match comments.len() {
            0 => return self,
            few if few < floor => Text::new("pack-team-only-few").with("floor", floor),
            count => Text::new("pack-team-only").with("count", count),
        };
        self.rule = format!("{} {}", self.rule, count.say(whose.lang));
        if whose.reads_alone {
            self.team_only =
                comments.into_iter().map(|comment| (comment.text, comment.lang)).collect();
        }
        self
    }
}
