//! The four rules of *Making data count*: what is unusual enough to ask about.

use super::point::Point;
use crate::Direction;
use std::ops::Range;

/// Points that make [`Rule::Shift`].
pub const SHIFT_POINTS: usize = 7;
/// Points that make [`Rule::Trend`].
pub const TREND_POINTS: usize = 7;
/// Two of three points beyond so many sigmas make [`Rule::TwoOfThree`].
pub const NEAR_SIGMAS: f64 = 2.0;

/// Why points are worth asking about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// One point outside the limits.
    Outside,
    /// [`TREND_POINTS`] points or more, each above the one before, or each below.
    Trend,
    /// Two of three successive points beyond [`NEAR_SIGMAS`] sigmas but within the limits, all
    /// three on the same side of the centre. (A point outside has its own finding and is not
    /// counted here, as in NHSRplotthedots.)
    TwoOfThree,
    /// [`SHIFT_POINTS`] points or more on one side of the centre. A point on the line ends a run.
    Shift,
}

/// Something worth asking about. It says what was seen, not whether it is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was seen.
    pub rule: Rule,
    /// Above the centre, or rising; below, or falling.
    pub direction: Direction,
    /// Where it was seen: ascending indices into the series. A run is told whole, in one finding.
    pub points: Vec<usize>,
}

/// A known point of one period.
struct KnownPoint {
    at: usize,
    value: f64,
    side: Option<Direction>,
    outside: bool,
    /// Beyond two sigmas, within the limits.
    near: bool,
}

/// What the rules find in the points of one period, which starts at `start` of the series.
pub(super) fn findings(points: &[Point], start: usize) -> Vec<Finding> {
    let seen: Vec<KnownPoint> =
        points.iter().zip(start..).filter_map(|(point, at)| look(point, at)).collect();
    [outside(&seen), trends(&seen), two_of_three(&seen), shifts(&seen)].concat()
}

fn look(point: &Point, at: usize) -> Option<KnownPoint> {
    let (value, centre) = (point.value?, point.centre?);
    let outside = point.limits.is_some_and(|limits| value < limits.low || value > limits.high);
    let beyond = point.sigma.is_some_and(|sigma| (value - centre).abs() > NEAR_SIGMAS * sigma);
    Some(KnownPoint { at, value, side: towards(centre, value), outside, near: beyond && !outside })
}

/// Which way `to` lies from `from`.
fn towards(from: f64, to: f64) -> Option<Direction> {
    match (to > from, to < from) {
        (true, _) => Some(Direction::Up),
        (_, true) => Some(Direction::Down),
        _ => None,
    }
}

fn outside(seen: &[KnownPoint]) -> Vec<Finding> {
    let one = |point: &KnownPoint| {
        Some(Finding { rule: Rule::Outside, direction: point.side?, points: vec![point.at] })
    };
    seen.iter().filter(|point| point.outside).filter_map(one).collect()
}

fn trends(seen: &[KnownPoint]) -> Vec<Finding> {
    let steps: Vec<_> = seen.windows(2).map(|pair| towards(pair[0].value, pair[1].value)).collect();
    let long = runs(&steps).into_iter().filter(|(run, _)| run.len() + 1 >= TREND_POINTS);
    long.map(|(run, direction)| whole(Rule::Trend, direction, &seen[run.start..=run.end])).collect()
}

fn shifts(seen: &[KnownPoint]) -> Vec<Finding> {
    let sides: Vec<_> = seen.iter().map(|point| point.side).collect();
    let long = runs(&sides).into_iter().filter(|(run, _)| run.len() >= SHIFT_POINTS);
    long.map(|(run, direction)| whole(Rule::Shift, direction, &seen[run])).collect()
}

fn whole(rule: Rule, direction: Direction, points: &[KnownPoint]) -> Finding {
    Finding { rule, direction, points: points.iter().map(|point| point.at).collect() }
}

/// The longest stretches of one direction each.
fn runs(directions: &[Option<Direction>]) -> Vec<(Range<usize>, Direction)> {
    let mut runs: Vec<(Range<usize>, Direction)> = Vec::new();
    for (i, direction) in directions.iter().enumerate() {
        let Some(direction) = *direction else { continue };
        match runs.last_mut() {
            Some((run, same)) if run.end == i && *same == direction => run.end += 1,
            _ => runs.push((i..i + 1, direction)),
        }
    }
    runs
}

/// Threes that share a point are one finding.
fn two_of_three(seen: &[KnownPoint]) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for three in seen.windows(3) {
        let Some(direction) =
            three[0].side.filter(|_| three.iter().all(|point| point.side == three[0].side))
        else {
            continue;
        };
        let near: Vec<usize> =
            three.iter().filter(|point| point.near).map(|point| point.at).collect();
        if near.len() < 2 {
            continue;
        }
        match found.last_mut().filter(|last| last.points.last() >= near.first()) {
            Some(last) => {
                let newest = last.points.last().copied();
                last.points.extend(near.into_iter().filter(|at| Some(*at) > newest));
            }
            None => found.push(Finding { rule: Rule::TwoOfThree, direction, points: near }),
        }
    }
    found
}
