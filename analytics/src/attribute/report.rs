//! What an attribution says. Every figure is in points of 0–100.

use crate::Position;
use crate::interval::Interval;

/// A figure and its interval; none below [`MINIMUM_GROUPS`](super::MINIMUM_GROUPS) replicate groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Its interval at the level asked for.
    pub interval: Option<Interval>,
}

/// How an element compares with the reference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// Points of the focus less those of the reference: above 0 the focus loses more.
    pub points: Estimate,
    /// Whether its one-sided Holm-adjusted test holds.
    pub signal: bool,
}

/// An element's part in the breakdown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Points {
    /// Its part of the shortfall, rating and delay together.
    pub level: Estimate,
    /// Of that, what delay cost (`b_T (L̄ − M̄)`).
    pub delay: f64,
    /// What it made up (`b_T M̄ ≥ 0`), already deducted from its points.
    pub made_up: f64,
    /// Against the reference, where there is one and both sides know the element.
    pub contrast: Option<Contrast>,
    /// The range that the seam leaves open, for a handoff and the step after it.
    pub seam: Option<Interval>,
}

/// One step, handoff or promise in the focus.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Its position in the catalogue.
    pub position: Position,
    /// Mean of its rating, 0–100 where 100 is ideal, over the journeys that have it; `None` where nobody was asked.
    pub mean: Option<f64>,
    /// Answers that rated it.
    pub asked: i64,
    /// Answers whose journey has it.
    pub passed: i64,
    /// Its part in the breakdown; `None` when nothing is split.
    pub points: Option<Points>,
}

/// What no element explains.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Untraced {
    /// Of the shortfall.
    pub level: Estimate,
    /// Of the gap to the reference.
    pub contrast: Option<Estimate>,
}

/// The breakdown of a group's shortfall: the elements' points and the untraced add up to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Answers of the focus.
    pub responses: i64,
    /// Journeys of the focus, answered or not; 0 where no population was added.
    pub journeys: i64,
    /// Answers of the pooled fit.
    pub pooled: i64,
    /// Replicate groups behind the intervals.
    pub groups: usize,
    /// Mean outcome, 0–100; `None` without answers. `100 − shortfall`.
    pub outcome: Option<Estimate>,
    /// The shortfall, calibrated by the lateness of those who did not answer.
    pub shortfall: Option<Estimate>,
    /// The shortfall less the reference's.
    pub gap: Option<Estimate>,
    /// Every element of the declared variants and every timed one, by position.
    pub elements: Vec<Element>,
    /// The rest; `None` when nothing is split.
    pub untraced: Option<Untraced>,
    /// The element that leads the level, if one stands out.
    pub leading: Option<Position>,
    /// The element that leads the contrast, if one stands out.
    pub leading_contrast: Option<Position>,
}

impl Attribution {
    /// Whether the shortfall was split: at least [`MINIMUM_RESPONSES`](super::MINIMUM_RESPONSES) answers in the
    /// pooled fit, and one in the focus.
    pub fn is_split(&self) -> bool {
        self.untraced.is_some()
    }
    /// Folds elements that must not be shown into the untraced: they leave the list, their points, intervals and
    /// claims are recomputed from the replicates, and the sum stays exact.
    #[must_use]
    pub fn fold(self, hidden: &[Position]) -> Self {
        let _ = hidden;
        unimplemented!()
    }
}
