//! How much of a map is drawn: the main flow first, the rest on demand. The table beneath always
//! has everything.

use std::str::FromStr;

use super::{Flow, Handoff};

/// How much is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// The flow that carry four of five passages.
    #[default]
    Main,
    /// Those that carry 19 of 20.
    More,
    /// All that may be shown.
    All,
}

/// Every amount of detail, the least first.
pub const ALL: [Detail; 3] = [Detail::Main, Detail::More, Detail::All];

/// A text that names no amount of detail.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is none of main, more, all")]
pub struct UnknownDetail(pub String);

impl Detail {
    /// Its code, as in an address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::More => "more",
            Self::All => "all",
        }
    }

    /// The share of all passages that is drawn at least.
    fn share(self) -> f64 {
        match self {
            Self::Main => 0.8,
            Self::More => 0.95,
            Self::All => 1.0,
        }
    }

    /// The flow that are drawn, by their places, in the order of the chain: the heaviest that carry
    /// the share together, and of each step that one journey in ten visits the heaviest way that
    /// leads there and on.
    pub(super) fn drawn(self, flow: &Flow) -> Vec<usize> {
        let between: Vec<usize> =
            (0..flow.handoffs.len()).filter(|at| !is_loop(&flow.handoffs[*at])).collect();
        if self == Self::All {
            return between;
        }
        let mut heaviest = between.clone();
        heaviest.sort_by(|a, b| {
            weight(&flow.handoffs[*b]).total_cmp(&weight(&flow.handoffs[*a])).then(a.cmp(b))
        });
        let all: f64 = heaviest.iter().map(|at| weight(&flow.handoffs[*at])).sum();
        let mut carried = 0.0;
        let mut drawn: Vec<usize> = Vec::new();
        for at in &heaviest {
            if carried < self.share() * all {
                carried += weight(&flow.handoffs[*at]);
                drawn.push(*at);
            }
        }
        for step in
            flow.steps.iter().filter(|step| step.of_100.is_some_and(|visits| visits >= 10.0))
        {
            let first = |of: &dyn Fn(&Handoff) -> bool| {
                heaviest.iter().copied().find(|at| of(&flow.handoffs[*at]))
            };
            drawn.extend(first(&|handoff| handoff.to == step.code));
            drawn.extend(first(&|handoff| handoff.from == step.code));
        }
        drawn.sort_unstable();
        drawn.dedup();
        drawn
    }
}

impl FromStr for Detail {
    type Err = UnknownDetail;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        ALL.into_iter()
            .find(|detail| detail.code() == text)
            .ok_or_else(|| UnknownDetail(text.to_owned()))
    }
}

/// Whether a way leads from a step to itself.
pub(super) fn is_loop(handoff: &Handoff) -> bool {
    handoff.from == handoff.to
}

/// How many take a way; nobody where that cannot be told.
pub(super) fn weight(handoff: &Handoff) -> f64 {
    handoff.of_100.unwrap_or_default()
}
