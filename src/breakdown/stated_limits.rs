//! What the figures cannot know, and what the product does not protect against: said in the product
//! itself, because a limit that stands in a manual is read by nobody who decides with the figure.

use super::LEAST_RESPONSES;
use crate::i18n::{Lang, Text};
use crate::limits;

/// A part of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// What it is about.
    pub title: String,
    /// Each limit: its name and its sentences.
    pub limits: Vec<(String, String)>,
}

/// The whole page in a language.
pub fn chapters(lang: Lang) -> Vec<Chapter> {
    let chapter = |title: Text, limits: Vec<(Text, Text)>| Chapter {
        title: title.say(lang),
        limits: limits.into_iter().map(|(name, told)| (name.say(lang), told.say(lang))).collect(),
    };
    vec![
        chapter(Text::new("cannot-know"), what_cannot_be_known()),
        chapter(Text::new("cannot-protect"), what_is_not_protected()),
    ]
}

fn what_cannot_be_known() -> Vec<(Text, Text)> {
    let few = Text::new("cannot-few")
        .with("least", LEAST_RESPONSES)
        .with("floor", limits::MINIMUM_ANSWERS);
    vec![
        (Text::new("cannot-cause-name"), Text::new("cannot-cause")),
        (Text::new("cannot-size-name"), Text::new("cannot-size")),
        (Text::new("cannot-direction-name"), Text::new("cannot-direction")),
        (Text::new("cannot-silent-name"), Text::new("cannot-silent")),
        (Text::new("cannot-common-name"), Text::new("cannot-common")),
        (Text::new("cannot-untimed-name"), Text::new("cannot-untimed")),
        (Text::new("cannot-chance-name"), Text::new("cannot-chance")),
        (Text::new("cannot-few-name"), few),
        (Text::new("cannot-unlike-name"), Text::new("cannot-unlike")),
    ]
}

fn what_is_not_protected() -> Vec<(Text, Text)> {
    vec![
        (Text::new("cannot-database-name"), Text::new("cannot-database")),
        (Text::new("cannot-machine-name"), Text::new("cannot-machine")),
        (Text::new("cannot-sources-name"), Text::new("cannot-sources")),
        (Text::new("cannot-heads-name"), Text::new("cannot-heads")),
        (Text::new("cannot-words-name"), Text::new("cannot-words")),
        (Text::new("cannot-corridor-name"), Text::new("cannot-corridor")),
        (Text::new("cannot-law-name"), Text::new("cannot-law")),
        (Text::new("cannot-post-name"), Text::new("cannot-post")),
    ]
}
