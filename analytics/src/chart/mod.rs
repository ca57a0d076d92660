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
//! - [`means`] is [`xmr`] for means of answers whose scale is known, and for points that span
//!   several weeks.
//!
//! # A baseline that does not vary
//!
//! After months of 100 % the ranges are 0, and a fall must stand out all the same. Where a baseline
//! of shares has fewer exceptions than points its sigma is the binomial's at the middle of Wilson's
//! interval at three sigmas, `(c + 4.5) / (n + 9)`, of rates the Poisson's at `(c + 4.5) / n`, and
//! `σ_z` is 1 at least; a single exception is never outside. For a week of `n` after a baseline of
//! `N = 12 n` the second exception is outside, which comes in 0.2 % of weeks where the share is
//! what Jeffreys' prior makes of the baseline. Means have the smallest step of their scale, see
//! [`means`]; [`xmr`] knows no scale, and without any variation it has no limits.
//!
//! # Which are asked about
//!
//! [`lasting`] watches for a shift that stays, and [`questions`] is the one list of what is worth
//! asking about: every page that says so reads it.
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
mod lasting;
mod limits;
mod point;
mod question;
mod rules;

pub use baseline::{FROZEN_AFTER, Period};
pub use lasting::{Lasting, WATCHED_WEEKS, Watched, lasting, threshold};
pub use limits::{Frequency, LIMIT_SIGMAS, Mean, RANGE_LIMIT, RANGE_PER_SIGMA, XMR_LIMIT};
pub use point::{Point, Status};
pub use question::{Question, Sign, Weight, questions};
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
    /// Where the last period begins: an index into the points.
    pub last_period: usize,
}

impl Chart {
    /// The same chart of points that span several weeks each, in their order; points beyond the
    /// end of `weeks` span one. For shares and rates, whose limits follow from what they are counts
    /// of; [`means`] takes the weeks with each mean.
    #[must_use]
    pub fn spanning(mut self, weeks: &[u32]) -> Self {
        self.points.iter_mut().zip(weeks).for_each(|(point, weeks)| point.weeks = (*weeks).max(1));
        self
    }
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

/// An XmR chart of means of answers on a scale, of one week or of several each.
///
/// `step` is the least by which two answers differ, in the unit of the means: 25 for five points on
/// 0 to 100, 10 for eleven; 0 where it is not known. Two things differ from [`xmr`]:
///
/// - limits are no narrower than the scale allows, `3 step / √(12 n)` and one answer's step: the
///   means of a baseline that does not vary were rounded, no more;
/// - a mean over `w` weeks has `1/√w` of a week's sigma and `w` times its part in the centre.
///   Where all span the same, these are the limits of [`xmr`].
///
/// ```
/// use relais_analytics::chart::{Mean, Rule, means};
///
/// let mean = |value| Some(Mean { value, answers: 12.0, weeks: 1 });
/// let weeks: Vec<_> = [80.0; 25].into_iter().chain([20.0]).map(mean).collect();
/// let chart = means(&weeks, 10.0, &[]);
/// assert!((chart.points[0].limits.expect("known").low - 77.5).abs() < 1e-9);
/// assert_eq!((chart.findings[0].rule, &chart.findings[0].points[..]), (Rule::Outside, &[25][..]));
/// ```
pub fn means(means: &[Option<Mean>], step: f64, periods: &[Period]) -> Chart {
    let series: Vec<_> = means.iter().map(|mean| Observation::mean((*mean)?, step)).collect();
    let weeks: Vec<u32> = means.iter().map(|mean| mean.map_or(1, |mean| mean.weeks)).collect();
    chart(&series, periods, Scale::Values).spanning(&weeks)
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
    let points = Vec::with_capacity(series.len());
    let mut chart = Chart { points, findings: Vec::new(), last_period: 0 };
    for stretch in baseline::stretches(series, periods) {
        let start = chart.points.len();
        chart.last_period = start;
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
            weeks: series[at].map_or(1, |seen| seen.weeks),
        }
    }));
}
