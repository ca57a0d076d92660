//! Whose eyes a report is made for, as a person asks for it and as an API key carries it.

use std::fmt;
use std::str::FromStr;

use crate::clock::Instant;

/// Whose eyes something is made for, as the gate needs to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// A team of the journey.
    Team,
    /// Anyone else: process owner, administrator, management.
    Management,
}

/// Whose eyes a report is made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Eyes {
    /// The process owner's, who sees a release some days after the teams, and nothing in pilot.
    Owner,
    /// A team's, by its code.
    Team(String),
}

impl Eyes {
    /// From which instant a release counts as seen: a team sees it at once.
    pub fn visible_at(&self, now: Instant) -> Option<Instant> {
        match self {
            Self::Owner => Some(now),
            Self::Team(_) => None,
        }
    }

    /// Whom the gate takes them for.
    pub fn audience(&self) -> Audience {
        match self {
            Self::Owner => Audience::Management,
            Self::Team(_) => Audience::Team,
        }
    }

    /// The team, where they are a team's.
    pub fn team(&self) -> Option<&str> {
        match self {
            Self::Owner => None,
            Self::Team(code) => Some(code),
        }
    }
}

impl fmt::Display for Eyes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Owner => f.write_str("owner"),
            Self::Team(team) => write!(f, "team:{team}"),
        }
    }
}

/// A text that names nobody's eyes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is none of owner, team:T")]
pub struct UnknownEyes(pub String);

impl FromStr for Eyes {
    type Err = UnknownEyes;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.strip_prefix("team:") {
            Some(team) if !team.is_empty() => Ok(Self::Team(team.to_owned())),
            None if text == "owner" => Ok(Self::Owner),
            _ => Err(UnknownEyes(text.to_owned())),
        }
    }
}
