//! One point of a chart.

use crate::interval::Interval;

/// Whether the limits at a point may yet move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The baseline has not ended, or holds fewer than [`FROZEN_AFTER`](super::FROZEN_AFTER) known
    /// points.
    Trial,
    /// The limits stay.
    Frozen,
}

/// One point of a chart, in the unit of what was charted (a share of 1, for [`p`](super::p)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// What was observed. `None` in a gap.
    pub value: Option<f64>,
    /// The centre line. `None` only while the baseline knows no point.
    pub centre: Option<f64>,
    /// A third of the way from the centre to the limits, before they are cut at what is possible.
    /// `None` in a gap, and where neither the baseline nor the scale says how far chance goes.
    pub sigma: Option<f64>,
    /// What quiet points stay within; `None` as for `sigma`.
    pub limits: Option<Interval>,
    /// Whether the limits may yet move.
    pub status: Status,
    /// Whether the point helped to set the limits that it is judged by.
    pub in_baseline: bool,
    /// How many weeks it spans, at least 1: a release of four weeks is drawn four weeks wide, and
    /// is no spike in one of them.
    pub weeks: u32,
}
