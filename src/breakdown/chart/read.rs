//! Reads a chart: each release goes through the gate by itself.

use super::series::{kind, value};
use super::{Chart, Frame, Gap, Kind, Measure, Span, Value};
pub(super) use crate::breakdown::gate::Side;
use crate::breakdown::read::Why;
use crate::breakdown::request::Question;
use crate::breakdown::{Chain, Eyes, gate, store};
use crate::calendar::Week;
use crate::clock::Instant;
use crate::db::Db;
use crate::element::Element;
use crate::error::{Error, Refusal, Result};
use crate::i18n::Text;
use crate::privacy::store::Settings;
use crate::privacy::{self, Disclosed, Headcounts, Reason, Unit, Withheld};
use crate::publication::{self, Published};

/// What a question about a chart comes to.
#[derive(Debug)]
pub enum Reading {
    /// The chart.
    Shown(Box<Disclosed<Chart>>),
    /// Why there is none.
    Withheld(Why),
}

/// A question about a chart: whose journeys, what, and which weeks set the limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Whose journeys, when, for whose eyes.
    pub question: Question,
    /// What is charted.
    pub measure: Measure,
    /// The last week whose points set the limits.
    pub baseline_until: Option<Week>,
}

impl Asked {
    /// Checks what was typed against what there is.
    pub fn check(question: Question, measure: &str, baseline_until: Option<&str>) -> Result<Self> {
        let refused = |field, text: Text| Error::from(Refusal::new(text).in_field(field));
        let unknown = || refused("measure", Text::new("chart-unknown-measure").with("given", measure));
        let measure: Measure = measure.parse().map_err(|_| unknown())?;
        let known = |element: &Element| element.steps().iter().all(|step| question.chain.stop(step).is_some());
        if measure.element().is_some_and(|element| !known(element)) {
            return Err(unknown());
        }
        let day = |given: &str| {
            let wrong = || refused("baseline_until", Text::new("breakdown-unknown-date").with("given", given));
            given.parse().map_err(|_| wrong())
        };
        let baseline_until = baseline_until.map(day).transpose()?.map(Week::of);
        Ok(Self { question, measure, baseline_until })
    }

    /// What is looked at, as the access log names it.
    pub fn place(&self) -> String {
        format!("chart {} {} {}", self.question.chain.code, self.measure, self.question.partition)
    }
}

/// Draws the chart as of `now`.
pub async fn read(db: &Db, organisation: i64, asked: &Asked, now: Instant) -> Result<Reading> {
    let question = &asked.question;
    match Series::read(db, organisation, question, now).await?.chart(asked) {
        Ok(chart) => Ok(Reading::Shown(Box::new(chart))),
        Err(Gap::Withheld(Withheld::NothingReleased)) if question.eyes == Eyes::Owner => {
            let (code, place) = (&question.chain.code, &question.partition);
            let opening = store::next_opening(db.reader(), organisation, code, place, now).await?;
            Ok(Reading::Withheld(opening.map_or(Why::Gate(Withheld::NothingReleased), Why::TeamsFirst)))
        }
        Err(Gap::Withheld(withheld)) => Ok(Reading::Withheld(Why::Gate(withheld))),
        Err(Gap::Hidden(reason)) => Ok(Reading::Withheld(Why::Hidden(reason))),
        Err(Gap::Unrecorded) => Err(Text::new("chart-unrecorded").into()),
    }
}

/// What was published of some weeks, read once for charts of several measures.
#[derive(Debug)]
pub struct Series {
    published: Published,
    settings: Settings,
    headcounts: Headcounts,
}

impl Series {
    /// Reads what a question is about, as of `now`.
    pub async fn read(db: &Db, organisation: i64, question: &Question, now: Instant) -> Result<Self> {
        let connection = db.reader();
        let settings = privacy::store::settings(connection, organisation).await?;
        let settings = settings.ok_or_else(|| Error::Internal("the organisation is gone".to_owned()))?;
        let headcounts = privacy::store::headcounts(connection, organisation).await?;
        let (code, visible_at) = (&question.chain.code, question.eyes.visible_at(now));
        let published =
            publication::store::published(connection, organisation, code, &question.window, visible_at).await?;
        Ok(Self { published, settings, headcounts })
    }

    /// The weeks that were closed, oldest first.
    pub fn weeks(&self) -> impl Iterator<Item = Week> {
        self.published.releases.iter().map(|release| release.week)
    }

    /// The elements that anything was published about, along the chain.
    pub fn elements(&self, chain: &Chain) -> Vec<Element> {
        let mut elements: Vec<Element> = self.published.catalogue.values().cloned().collect();
        elements.sort_by_key(|element| chain.place(element));
        elements
    }

    /// How a measure is charted here.
    pub fn kind(&self, measure: &Measure) -> Kind {
        kind(measure, &self.published)
    }

    /// The chart of a measure, or why no point of it may be shown.
    pub fn chart(&self, asked: &Asked) -> Result<Disclosed<Chart>, Gap> {
        chart(asked, &self.published, self.settings, &self.headcounts)
    }
}

/// The chart of what was published, or why no point of it may be shown.
pub(super) fn chart(
    asked: &Asked,
    published: &Published,
    settings: Settings,
    headcounts: &Headcounts,
) -> Result<Disclosed<Chart>, Gap> {
    let kind = kind(&asked.measure, published);
    let gate = Gate::of(asked, published, settings, headcounts);
    // A place has a point when something of it was released; a week between two of its releases is no gap.
    let place = &asked.question.partition;
    let released =
        |week: Week| published.atoms.iter().any(|atom| atom.unit.release == week.0 && atom.unit.is_in(place));
    let closed = published.releases.iter().map(|release| release.week).filter(|week| released(*week));
    let weeks = pooled(closed, |weeks| gate.points_of(weeks, kind, Side::Inside(place)));
    let first = weeks.iter().find_map(|(_, seen)| seen.as_ref().err().cloned());
    let question = &asked.question;
    let frame = Frame {
        chain: question.chain.clone(),
        partition: question.partition.clone(),
        place: question.place.clone(),
        measure: asked.measure.clone(),
        kind,
        baseline_until: asked.baseline_until,
    };
    frame.chart(weeks).ok_or_else(|| first.unwrap_or_else(|| gate.nothing()))
}

/// The points of some releases. Where a release has too few answers of its own it waits for the next: every point is a
/// sum of whole releases, and each release is part of one.
fn pooled<T>(
    releases: impl Iterator<Item = Week>,
    point: impl Fn(&[Week]) -> Result<T, Gap>,
) -> Vec<(Span, Result<T, Gap>)> {
    let (mut points, mut waiting) = (Vec::new(), Vec::new());
    let span = |weeks: &[Week], week: Week| Span { since: *weeks.first().unwrap_or(&week), week };
    let mut few = None;
    for week in releases {
        waiting.push(week);
        match point(&waiting) {
            Err(gap @ (Gap::Hidden(Reason::FewAnswers(_)) | Gap::Withheld(Withheld::FewAnswers(_)))) => {
                few = Some((span(&waiting, week), Err(gap)))
            }
            seen => {
                points.push((span(&waiting, week), seen));
                waiting.clear();
                few = None;
            }
        }
    }
    points.extend(few);
    points
}

/// What decides about the points of one chart.
pub(super) struct Gate<'a> {
    gate: gate::Gate<'a>,
    asked: &'a Asked,
    published: &'a Published,
}

impl<'a> Gate<'a> {
    pub(super) fn of(asked: &'a Asked, published: &'a Published, settings: Settings, headcounts: &Headcounts) -> Self {
        Self { gate: gate::Gate::of(&asked.question, published, settings, headcounts), asked, published }
    }

    /// A release's point, of a place or of the network without it. The figure of a chart is one of its own window: that
    /// release.
    pub(super) fn point_of(&self, week: Week, kind: Kind, side: Side<'_>) -> Result<Disclosed<Value>, Gap> {
        self.points_of(&[week], kind, side)
    }

    /// The same of several releases together.
    fn points_of(&self, weeks: &[Week], kind: Kind, side: Side<'_>) -> Result<Disclosed<Value>, Gap> {
        let among = |unit: &Unit| weeks.iter().any(|week| week.0 == unit.release);
        let value = value(&self.asked.measure, kind, self.published, |unit| among(unit) && side.has(unit));
        let sized = value.map(|value| (value.size(), value));
        self.gate.figure(side, among, self.asked.measure.element(), sized)
    }

    /// Why nothing of the place was released.
    pub(super) fn nothing(&self) -> Gap {
        self.gate.nothing()
    }
}
