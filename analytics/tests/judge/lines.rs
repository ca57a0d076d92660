//! What the method must keep, as the design states it: the acceptance lines.

use super::case::Case;
use super::trial::Measurement;

/// Surveys of each case and size: with fewer, chance alone crosses a line.
pub(crate) const SEEDS: u64 = 200;

const PLACEBO: &[&str] = &["placebo"];
const PLANNING: &[&str] = &["planning"];
const RATED: &[&str] = &["handoff", "workshop"];
const ALL: &[&str] = &["placebo", "handoff", "planning", "workshop"];
const FEW: &[usize] = &[500];
const MANY: &[usize] = &[2_000, 12_000];
/// What the large sample says is the same at any size.
const ONCE: &[usize] = &[2_000];
const ENOUGH: &[usize] = &[500, 2_000, 12_000];

/// A figure of some cases at some numbers of answers, and between what it must lie.
pub(crate) struct Line {
    pub(crate) what: &'static str,
    pub(crate) low: f64,
    pub(crate) high: f64,
    cases: &'static [&'static str],
    answers: &'static [usize],
    figure: fn(&Measurement) -> Option<f64>,
}

/// The sizes are those of the large sample, which is simulated too: those of rated faults by third
/// moments, and of timed ones, of which the slope of lateness finds 95 %.
pub(crate) const LINES: [Line; 8] = [
    Line {
        what: "names a wrong leader",
        low: 0.0,
        high: 0.02,
        cases: PLACEBO,
        answers: ENOUGH,
        figure: |m| Some(m.ours.misled),
    },
    Line {
        what: "finds the culprit",
        low: 0.98,
        high: 1.0,
        cases: PLANNING,
        answers: ENOUGH,
        figure: |m| Some(m.ours.top),
    },
    Line {
        what: "finds the culprit",
        low: 0.75,
        high: 1.0,
        cases: RATED,
        answers: FEW,
        figure: |m| Some(m.ours.top),
    },
    Line {
        what: "finds the culprit",
        low: 0.97,
        high: 1.0,
        cases: RATED,
        answers: MANY,
        figure: |m| Some(m.ours.top),
    },
    Line {
        what: "covers the gap",
        low: 0.85,
        high: 0.95,
        cases: ALL,
        answers: ENOUGH,
        figure: |m| Some(m.gap_covered),
    },
    Line {
        what: "covers the levels",
        low: 0.85,
        high: 1.0,
        cases: ALL,
        answers: ENOUGH,
        figure: |m| Some(m.split.as_ref()?.levels),
    },
    Line {
        what: "size of a rated fault",
        low: 0.8,
        high: 1.1,
        cases: RATED,
        answers: ONCE,
        figure: |m| Some(m.long_run),
    },
    Line {
        what: "size of a timed fault",
        low: 0.92,
        high: 0.98,
        cases: PLANNING,
        answers: ONCE,
        figure: |m| Some(m.long_run),
    },
];

impl Line {
    /// The figure that this line is about, where it is about this case and size; NaN where nothing
    /// was split.
    pub(crate) fn read(&self, case: &Case, answers: usize, measured: &Measurement) -> Option<f64> {
        let about = self.cases.contains(&case.name) && self.answers.contains(&answers);
        about.then(|| (self.figure)(measured).unwrap_or(f64::NAN))
    }

    pub(crate) fn holds(&self, figure: f64) -> bool {
        (self.low..=self.high).contains(&figure)
    }
}
