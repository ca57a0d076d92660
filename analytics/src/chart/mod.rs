//! Control charts: which weeks differ from the others by more than weeks always do.
//!
//! Every service has better and worse weeks. A chart draws the centre of a *baseline* and limits
//! that its week-to-week variation stays within, then marks what four rules find unusual. A
//! finding is a question ("worth asking what happened"), never a verdict: after 24 quiet baseline
//! weeks the four rules mark something in 42 % of quiet half years, which a test of this crate
//! measures. Whether an action helped is for [`crate::verdict`].
//!
//! # Which chart
//!
//! - [`xmr`] for values such as weekly means: centre `x̄`, limits `x̄ ± 2.66 MR̄`, with `MR̄` the
//!   mean of the moving ranges `|x_i − x_{i−1}|` (Shewhart; Wheeler 1993). Ranges above
//!   `3.267 MR̄` are screened out once, so that one strange week does not hide the next; the value
//!   itself stays in the mean.
//! - [`p`] for shares of a number, [`u`] for events over an exposure. Weekly shares of large
//!   numbers always vary by more than coin tosses would, so the limits always carry Laney's (2002)
//!   `σ_z`: `c ± 3 σ_i σ_z` with `σ_i` the binomial or Poisson standard deviation and
//!   `σ_z = MR̄(z) / 1.128` of the standardised points. They are cut at what is possible.
//!
//! # Baselines, periods, gaps
//!
//! Limits are computed from the baseline alone and hold for the whole [`Period`]. Unless the
//! period says where its baseline ends, it is the first [`FROZEN_AFTER`] known points; with fewer
//! the limits still move and every point is on [`Status::Trial`]. A period is a fresh start after
//! a change that everybody agrees on: rules do not look across.
//!
//! A gap (a week without a release: `None`, not a finite number, an impossible count) has no
//! limits and is not judged. The known points count as neighbours across it: a gap neither breaks
//! a run nor counts in it, and the moving range reaches over it. R's packages drop that range
//! instead, which in a thinly released series would leave few of them; where the process drifts
//! ours are the wider limits.
//!
//! # Sources, and agreement with them
//!
//! The rules are those of NHS England's *Making data count*, as NHSRplotthedots 0.2 applies them.
//! It takes 2.66 as well, so XmR limits agree to its ten printed digits; qicharts2 takes 3/1.128 =
//! 2.65957…, so its XmR limits are narrower by 1.6 parts in ten thousand. Its p′ and u′ limits
//! agree to ten digits.
//!
//! Wheeler 1993, *Understanding Variation*; Laney 2002, *Quality Engineering* 14(4); Montgomery,
//! *Introduction to Statistical Quality Control*, §6.4.

mod baseline;
mod limits;
mod point;
mod rules;

pub use baseline::{FROZEN_AFTER, Period};
pub use limits::{Frequency, LIMIT_SIGMAS, RANGE_LIMIT, RANGE_PER_SIGMA, XMR_LIMIT};
pub use point::{Point, Status};
pub use rules::{Finding, NEAR_SIGMAS, Rule, SHIFT_POINTS, TREND_POINTS};

use baseline::Stretch;
use limits::{Lines, Observation, Scale};

/// A chart: its points in the order of the series, and what is worth asking about.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// One point per place of the series, gaps included.
    pub points: Vec<Point>,
    /// By period; within a period by rule, in the order of [`Rule`], then by time.
    pub findings: Vec<Finding>,
}

/// An XmR chart of values, one a week. Without periods there is one, with the usual baseline.
///
/// ```
/// use relais_analytics::chart::{Period, Rule, Status, xmr};
///
/// let mut weeks: Vec<Option<f64>> = [80.0, 82.0].into_iter().cycle().take(12).map(Some).collect();
/// weeks.extend([None, Some(70.0)]);
/// let chart = xmr(&weeks, &[]);
/// let last = &chart.points[13];
/// // Every range is 2: 81 ± 2.66 × 2.
/// assert!((last.centre.expect("known") - 81.0).abs() < 1e-12);
/// assert!((last.limits.expect("known").low - 75.68).abs() < 1e-12);
/// assert_eq!((last.status, last.in_baseline), (Status::Frozen, false));
/// let [finding] = &chart.findings[..] else { panic!("one finding") };
/// assert_eq!((finding.rule, &finding.points[..]), (Rule::Outside, &[13][..]));
///
/// // The same with limits from before an action that started at point 8.
/// let chart = xmr(&weeks, &[Period { start: 0, baseline_until: Some(8) }]);
/// assert_eq!(chart.points[13].status, Status::Trial, "eight points are few");
/// ```
pub fn xmr(values: &[Option<f64>], periods: &[Period]) -> Chart {
    let series: Vec<_> = values.iter().map(|value| Observation::value((*value)?)).collect();
    chart(&series, periods, Scale::Values)
}

/// A p′ chart of shares, such as promises kept of promises given.
///
/// ```
/// use relais_analytics::chart::{Frequency, p};
///
/// let kept = [90, 94, 88, 91].map(|count| Some(Frequency { count, of: 100.0 }));
/// let chart = p(&kept, &[]);
/// assert!((chart.points[0].centre.expect("known") - 0.9075).abs() < 1e-12);
/// assert!(chart.points[0].limits.expect("known").high <= 1.0);
/// ```
pub fn p(shares: &[Option<Frequency>], periods: &[Period]) -> Chart {
    let series: Vec<_> = shares.iter().map(|share| Observation::share((*share)?)).collect();
    chart(&series, periods, Scale::Shares)
}

/// A u′ chart of events over an exposure, such as frictions over journeys. A point's value is
/// `count / of`.
///
/// ```
/// use relais_analytics::chart::{Frequency, u};
///
/// let frictions = [30, 42, 35, 51].map(|count| Some(Frequency { count, of: 20.0 }));
/// assert!((u(&frictions, &[]).points[3].value.expect("known") - 2.55).abs() < 1e-12);
/// ```
pub fn u(rates: &[Option<Frequency>], periods: &[Period]) -> Chart {
    let series: Vec<_> = rates.iter().map(|rate| Observation::rate((*rate)?)).collect();
    chart(&series, periods, Scale::Rates)
}

fn chart(series: &[Option<Observation>], periods: &[Period], scale: Scale) -> Chart {
    let mut chart = Chart { points: Vec::with_capacity(series.len()), findings: Vec::new() };
    for stretch in baseline::stretches(series, periods) {
        let start = chart.points.len();
        draw(&mut chart.points, series, &stretch, scale);
        chart.findings.extend(rules::findings(&chart.points[start..], start));
    }
    chart
}

/// Appends the points of one stretch.
fn draw(points: &mut Vec<Point>, series: &[Option<Observation>], stretch: &Stretch, scale: Scale) {
    let baseline: Vec<Observation> = series[stretch.baseline()].iter().flatten().copied().collect();
    let lines = Lines::of(&baseline, scale);
    points.extend(stretch.all().map(|at| {
        let sigma = series[at].and_then(|seen| lines?.sigma(&seen));
        Point {
            value: series[at].map(|seen| seen.value),
            centre: lines.map(|lines| lines.centre),
            sigma,
            limits: sigma.and_then(|sigma| Some(lines?.limits(sigma))),
            status: if stretch.frozen { Status::Frozen } else { Status::Trial },
            in_baseline: series[at].is_some() && stretch.baseline().contains(&at),
        }
    }));
}
