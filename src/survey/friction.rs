//! What can go wrong at a handoff, as customers tick it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Friction {
    Repeated,
    Waited,
    Chased,
    SentElsewhere,
    ToldDifferent,
}

impl Friction {
    /// In the order in which they are asked.
    pub const ALL: [Self; 5] =
        [Self::Repeated, Self::Waited, Self::Chased, Self::SentElsewhere, Self::ToldDifferent];
    /// Beyond this many, one friction more says nothing more.
    pub const MOST: i32 = 3;

    /// The name in forms, files and stored answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Repeated => "repeated",
            Self::Waited => "waited",
            Self::Chased => "chased",
            Self::SentElsewhere => "sent-elsewhere",
            Self::ToldDifferent => "told-different",
        }
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|friction| friction.code() == code)
    }

    /// How many points the frictions ticked lost. One ticked twice counts once.
    pub fn loss(ticked: &[Self]) -> i32 {
        let ticked = ticked.iter().collect::<BTreeSet<_>>().len();
        i32::try_from(ticked).map_or(Self::MOST, |ticked| ticked.min(Self::MOST))
    }
}
