//! What is worth asking about: one list for every page that says so.

use super::Chart;
use super::lasting::{Lasting, Watched, departure};
use super::rules::{Finding, Rule, SHIFT_POINTS, TREND_POINTS};
use crate::Direction;
use crate::cusum::Watch;

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// Departures that added up to more than chance does: a shift that stays, or one that is very
    /// large.
    Lasting,
    /// One of the four rules.
    Pattern(Rule),
}

/// How much a question weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// A quiet half year shows such a thing in 8 % of series at most: it is news. What lasts, and a
    /// single point that is [far](super::Watched::far) outside.
    BeyondChance,
    /// Quiet half years show one of the four patterns in 4 of 10 series: worth a look at the chart,
    /// and to be told with that.
    Usual,
}

/// Something worth asking about. It says what was seen, not whether it is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What was seen.
    pub seen: Sign,
    /// Above the centre, or rising; below, or falling.
    pub direction: Direction,
    /// Where it was seen: ascending indices into the points. Of a lasting shift from about where it
    /// began to where it rang, gaps left out.
    pub points: Vec<usize>,
    /// The point with which it could first be asked; a run may go on after it.
    pub asked_at: usize,
    /// Its weight.
    pub weight: Weight,
}

impl Question {
    /// Whether it is news to somebody who has seen the chart up to and with the point `last_seen`.
    /// One that is not still stands on the chart: whoever says that nothing is new says so.
    pub fn is_new(&self, last_seen: usize) -> bool {
        self.asked_at > last_seen
    }
}

/// All that is worth asking about a chart: what [`lasting`](super::lasting) rings for first, then
/// what the rules find. The page of the chart and every page that tells of news read this list, so
/// that none says "nothing" where another says "seven above".
///
/// ```
/// use relais_analytics::chart::{Sign, Weight, Rule, lasting, questions, xmr};
///
/// // Fourteen quiet weeks, then one far outside: two questions about it, both of them news.
/// let quiet = [80.0, 82.0].into_iter().cycle().take(14);
/// let weeks: Vec<_> = quiet.chain([40.0]).map(Some).collect();
/// let chart = xmr(&weeks, &[]);
/// let asked = questions(&chart, &lasting(&chart));
/// let told: Vec<_> = asked.iter().map(|question| (question.seen, question.weight)).collect();
/// let outside = Sign::Pattern(Rule::Outside);
/// assert_eq!(told, [Sign::Lasting, outside].map(|seen| (seen, Weight::BeyondChance)));
/// assert!(asked.iter().all(|question| question.is_new(13) && !question.is_new(14)));
/// ```
pub fn questions(chart: &Chart, lasting: &Lasting) -> Vec<Question> {
    let rung = match lasting {
        Lasting::Trial => Vec::new(),
        Lasting::Watched(watched) => {
            [(&watched.up, Direction::Up), (&watched.down, Direction::Down)]
                .into_iter()
                .filter_map(|(watch, direction)| rung(chart, watch, direction))
                .collect()
        }
    };
    let found = chart.findings.iter().filter_map(found).map(|question| match lasting {
        Lasting::Watched(watched) if is_far(chart, &question, watched) => {
            Question { weight: Weight::BeyondChance, ..question }
        }
        _ => question,
    });
    rung.into_iter().chain(found).collect()
}

/// Whether it is a single watched point that lies further out than chance goes.
fn is_far(chart: &Chart, question: &Question, watched: &Watched) -> bool {
    let watched_point = chart.points.get(question.asked_at).filter(|point| !point.in_baseline);
    question.seen == Sign::Pattern(Rule::Outside)
        && question.asked_at >= chart.last_period
        && watched_point.and_then(departure).is_some_and(|away| away.abs() > watched.far)
}

fn rung(chart: &Chart, watch: &Watch, direction: Direction) -> Option<Question> {
    let alarm = watch.alarm?;
    let known = |at: &usize| chart.points.get(*at).is_some_and(|point| point.value.is_some());
    Some(Question {
        seen: Sign::Lasting,
        direction,
        points: (alarm.since..=alarm.at).filter(known).collect(),
        asked_at: alarm.at,
        weight: Weight::BeyondChance,
    })
}

fn found(finding: &Finding) -> Option<Question> {
    let enough = match finding.rule {
        Rule::Outside => 1,
        Rule::Trend => TREND_POINTS,
        Rule::TwoOfThree => 2,
        Rule::Shift => SHIFT_POINTS,
    };
    Some(Question {
        seen: Sign::Pattern(finding.rule),
        direction: finding.direction,
        points: finding.points.clone(),
        asked_at: *finding.points.get(enough - 1)?,
        weight: Weight::Usual,
    })
}
