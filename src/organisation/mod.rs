//! Who uses Relais: organisations with their sites, teams and headcounts, how far each has come,
//! and its settings that touch privacy, which change through the journal after a notice.

pub mod pilot;
pub mod settings;
pub mod store;

use std::collections::BTreeMap;

use crate::clock::Instant;
use crate::i18n::Names;

/// Where the service happens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    pub code: String,
    pub name: Option<String>,
    pub region: Option<String>,
}

/// A function, with how many people it has; never who they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Team {
    pub name: Names,
    /// Heads by site; the empty site is the centre.
    pub heads: BTreeMap<String, i32>,
}

/// How far an organisation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It tries Relais: figures go to the teams alone, until the given instant.
    Pilot {
        /// When the pilot is over.
        until: Instant,
    },
    /// A team reviewed the pilot, see [`pilot`].
    Running,
}

impl Stage {
    /// The stage of an organisation's row. Whatever is not plainly `running` is a pilot.
    pub fn of_row(stage: &str, pilot_until: Instant) -> Self {
        match stage {
            "running" => Self::Running,
            _ => Self::Pilot { until: pilot_until },
        }
    }

    /// Whether figures may go to the process owner.
    pub fn tells_management(self) -> bool {
        self == Self::Running
    }

    /// Whether the pilot has ended without a review: nothing new is published until there is one.
    pub fn is_over(self, now: Instant) -> bool {
        matches!(self, Self::Pilot { until } if until <= now)
    }
}

#[cfg(test)]
mod tests {
    use crate::organisation::*;

    #[test]
    fn what_is_not_plainly_running_is_a_pilot() {
        assert!(!Stage::of_row("Running", 5).tells_management());
        assert!(Stage::of_row("pilot", 5).is_over(5) && !Stage::of_row("pilot", 5).is_over(4));
        assert!(
            Stage::of_row("running", 5).tells_management()
                && !Stage::of_row("running", 5).is_over(9)
        );
    }
}
