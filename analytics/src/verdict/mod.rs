//! Verdicts: whether an action that was registered before its start moved what it meant to move.
//!
//! Before and after alone deceive: seasons move everybody, and whoever was chosen for being worst
//! gets better by doing nothing (regression to the mean; Barnett et al. 2005). A test of this
//! crate picks the worst of twelve equal teams by its last eight weeks and does nothing: comparing
//! the answers of those weeks with those of the next eight claims success in 24 % of the cases,
//! this in 6 %. Here:
//!
//! 1. **A control group** takes the season out: everything below is about the weekly difference
//!    `d = focus − control` (difference in differences). Without one it is about the focus alone,
//!    and [`Verdict::comparator`] says so.
//! 2. **The whole history is the baseline.** With `m` the mean of all weeks before the start and
//!    `r` that of the last [`RECENT_WEEKS`], the long run is `L = B₀ m` and the baseline
//!    `L + B (r − L)`. Both shrink by what may be the luck of having been chosen:
//!    `B = max(0, 1 − 3 Var(r − L) / (r − L)²)`, the positive part of James and Stein's shrinkage;
//!    3 is what the worst of twelve equal teams has for its `z²` on average ([`LUCK`]). `B₀` is
//!    the same for `m`, towards no difference from the control; without control it is 1. A level
//!    that truly changed shortly before the start is many errors away and counts.
//! 3. **Weeks, not answers, are the sample.** Answers of one week share its weather. A week's
//!    difference has the variance `v_w + σ²`: sampling (`s²/n` of both groups) and what weeks
//!    differ by beyond it, σ² after Paule & Mandel (1982). Weeks weigh by its inverse. The
//!    interval is Student's t, with as many degrees of freedom as there are weeks less levels
//!    (earlier, recent, since the start).
//!
//! # What it costs, and what it cannot do
//!
//! Shrinking errs towards *no signal yet*: of teams that truly fell shortly before and are truly
//! back, fewer are seen than of those that improve on their long run; tests print both. Without a
//! control group nothing corrects `m`, and a team chosen by a whole half year's history is called
//! a success more often than it should be.
//!
//! The interval is for the look at the registered review date. Looking each week until it says
//! *moved* lets chance win in the end (in one of six useless actions within half a year);
//! [`crate::cusum`] is made for watching.
//!
//! Before starting, [`smallest_visible_change`] says whether anything that the action can reach
//! could be noticed.

mod action;
mod baseline;
mod plan;
mod week;

pub use action::Action;
pub use baseline::{LUCK, RECENT_WEEKS};
pub use plan::{LEVEL, POWER, smallest_visible_change};
pub use week::Week;

use crate::Direction;
use crate::interval::{Interval, t_quantile};
use baseline::{Level, between_weeks, shrunken};
use week::Difference;

/// Weeks since the start below which it is too early.
pub const MINIMUM_WEEKS_AFTER: usize = 4;
/// Known weeks before the start below which there is no history to compare with.
pub const MINIMUM_WEEKS_BEFORE: usize = 8;
/// Answers before the start, and since, below which there are too few. A week has as many as the
/// smaller of focus and control.
pub const MINIMUM_ANSWERS: i64 = 30;

/// What can be said about an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conclusion {
    /// The whole interval lies on the side that was registered.
    Moved,
    /// It does not; see [`Change::smallest_visible`] for what would have shown.
    NoSignalYet,
    /// Fewer than [`MINIMUM_WEEKS_AFTER`] weeks since the start.
    TooEarly,
    /// Weeks or answers are below the minimum, before or after.
    TooFewAnswers,
}

/// What the focus was compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// Its own past, less what the control group did meanwhile.
    Control,
    /// Its own past alone: what moves everybody moves this too.
    OwnPast,
}

/// A verdict, with the figures it rests on. They are given as soon as they can be computed at all,
/// also when it is too early: then to be shown as unsettled, if at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// What can be said about the action.
    pub conclusion: Conclusion,
    /// What it rests on.
    pub comparator: Comparator,
    /// Known weeks before the start.
    pub weeks_before: usize,
    /// Known weeks since.
    pub weeks_after: usize,
    /// The change and its error.
    pub change: Option<Change>,
}

/// A change in the unit of the means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The shrunken level before the start: of the focus, or of its difference from the control.
    pub baseline: f64,
    /// The level since, less the baseline.
    pub value: f64,
    /// Its interval, at [`LEVEL`].
    pub interval: Interval,
    /// The smallest change that would by now have been seen with a chance of [`POWER`].
    pub smallest_visible: f64,
}

impl Change {
    /// Whether the whole interval lies on that side of 0. Asked for the side that was not
    /// registered, it tells what [`Conclusion::NoSignalYet`] would hide.
    pub fn moved(&self, direction: Direction) -> bool {
        match direction {
            Direction::Up => self.interval.low > 0.0,
            Direction::Down => self.interval.high < 0.0,
        }
    }
}

/// Says whether the action moved what it meant to move.
///
/// ```
/// use relais_analytics::Direction;
/// use relais_analytics::verdict::{Action, Comparator, Conclusion, Week, verdict};
///
/// // Twenty answers a week, of variance 400; the focus climbs from 70 to 82 in week 20, the
/// // control stays at 75.
/// let week = |mean| Some(Week { answers: 20, mean, variance: 400.0 });
/// let wobble = |i: usize| if i % 2 == 0 { 1.0 } else { -1.0 };
/// let level = |i: usize| if i < 20 { 70.0 } else { 82.0 };
/// let focus: Vec<_> = (0..32).map(|i| week(wobble(i) + level(i))).collect();
/// let control: Vec<_> = (0..32).map(|_| week(75.0)).collect();
/// let (focus, control) = (&focus[..], Some(&control[..]));
/// let action = Action { focus, control, start: 20, direction: Direction::Up };
///
/// let moved = verdict(&action);
/// assert_eq!((moved.conclusion, moved.comparator), (Conclusion::Moved, Comparator::Control));
/// let change = moved.change.expect("there are weeks");
/// assert!((change.value - 11.0).abs() < 1.0 && change.interval.low > 5.0);
///
/// let earlier = verdict(&Action { focus: &focus[..22], ..action });
/// assert_eq!(earlier.conclusion, Conclusion::TooEarly);
/// ```
pub fn verdict(action: &Action<'_>) -> Verdict {
    let weeks = week::differences(action.focus, action.control);
    let split = weeks.partition_point(|week| week.at < action.start);
    let change = change(&weeks, split, action.control.is_some());
    Verdict {
        conclusion: conclude(action, &weeks, split, change),
        comparator: if action.control.is_some() {
            Comparator::Control
        } else {
            Comparator::OwnPast
        },
        weeks_before: split,
        weeks_after: weeks.len() - split,
        change,
    }
}

fn conclude(
    action: &Action<'_>,
    weeks: &[Difference],
    split: usize,
    change: Option<Change>,
) -> Conclusion {
    let (before, after) = weeks.split_at(split);
    let answers =
        |weeks: &[Difference]| weeks.iter().map(|week| week.answers).fold(0, i64::saturating_add);
    let enough = before.len() >= MINIMUM_WEEKS_BEFORE
        && after.len() >= MINIMUM_WEEKS_AFTER
        && answers(before).min(answers(after)) >= MINIMUM_ANSWERS;
    match change {
        _ if action.focus.len().saturating_sub(action.start) < MINIMUM_WEEKS_AFTER => {
            Conclusion::TooEarly
        }
        Some(change) if enough && change.moved(action.direction) => Conclusion::Moved,
        Some(_) if enough => Conclusion::NoSignalYet,
        _ => Conclusion::TooFewAnswers,
    }
}

/// `None` where a side has no week, or no level has two.
fn change(weeks: &[Difference], split: usize, control: bool) -> Option<Change> {
    let levels = baseline::levels(weeks, split);
    let degrees = weeks.len().checked_sub(levels.len()).filter(|degrees| *degrees > 0)?;
    let between = between_weeks(&levels);
    let (before, after) = weeks.split_at(split);
    let before = shrunken(before, between, control)?;
    let after = Level::of(after, between)?;
    let (value, error) = (after.mean - before.mean, (after.variance + before.variance).sqrt());
    let (t, t_power) = (t_quantile(LEVEL, degrees)?, t_quantile(2.0 * POWER - 1.0, degrees)?);
    let change = Change {
        baseline: before.mean,
        value,
        interval: Interval { low: value - t * error, high: value + t * error },
        smallest_visible: (t + t_power) * error,
    };
    (value.is_finite() && error.is_finite()).then_some(change)
}
