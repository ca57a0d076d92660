//! Reads a chart: each release goes through the gate by itself.

use std::sync::Arc;

use super::ledger::Ledger;
use super::{Chart, Frame, Gap, Kind, Measure, Span, Value};
pub(crate) use crate::breakdown::gate::Side;
use crate::breakdown::read::Why;
use crate::breakdown::request::Question;
use crate::breakdown::snapshot::Snapshot;
use crate::breakdown::{Chain, Eyes, gate, store};
use crate::calendar::Week;
use crate::clock::Instant;
use crate::db::Db;
use crate::element::Element;
use crate::error::{Error, Refusal, Result};
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::privacy::store::Settings;
use crate::privacy::{Disclosed, Headcounts, Place, Reason, Unit, Withheld};
use crate::publication::Published;

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
        let unknown =
            || refused("measure", Text::new("chart-unknown-measure").with("given", measure));
        let measure: Measure = measure.parse().map_err(|_| unknown())?;
        let known = |element: &Element| {
            element.steps().iter().all(|step| question.chain.stop(step).is_some())
        };
        if measure.element().is_some_and(|element| !known(element)) {
            return Err(unknown());
        }
        let day = |given: &str| {
            let wrong = || {
                refused("baseline_until", Text::new("breakdown-unknown-date").with("given", given))
            };
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
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    asked: &Asked,
    now: Instant,
) -> Result<Reading> {
    let question = &asked.question;
    match Series::read(db, organisation, question, now).await?.chart(asked) {
        Ok(chart) => Ok(Reading::Shown(Box::new(chart))),
        Err(Gap::Withheld(Withheld::NothingReleased)) if question.eyes == Eyes::Owner => {
            let (code, place) = (&question.chain.code, &question.partition);
            let opening = store::next_opening(db.reader(), organisation, code, place, now).await?;
            Ok(Reading::Withheld(
                opening.map_or(Why::Gate(Withheld::NothingReleased), Why::TeamsFirst),
            ))
        }
        Err(Gap::Withheld(withheld)) => Ok(Reading::Withheld(Why::Gate(withheld))),
        Err(Gap::Hidden(reason)) => Ok(Reading::Withheld(Why::Hidden(reason))),
        Err(Gap::Unrecorded) => Err(Text::new("chart-unrecorded").into()),
    }
}

/// What was published of some weeks, read once for charts of several measures.
#[derive(Debug)]
pub struct Series {
    /// The releases and atoms; the cells are in the ledger.
    published: Published,
    ledger: Arc<Ledger<Week>>,
    settings: Settings,
    headcounts: Headcounts,
}

/// The ledger of a place, release by release.
#[derive(Clone, PartialEq)]
struct ByRelease;

/// Reads the ledger of a snapshot' place.
pub(crate) async fn ledger(db: &Db, snapshot: Snapshot) -> Result<Arc<Ledger<Week>>> {
    let make = |_: &ByRelease, snapshot: &Snapshot, published: &Published| {
        let week = |atom: usize| {
            Some(Week(published.atoms[atom].unit.release))
                .filter(|_| snapshot.is_in(published, atom))
        };
        Ledger::of(published, |atom| week(atom).into_iter().collect())
    };
    snapshot.answer(db, ByRelease, make).await
}

impl Series {
    /// Reads what a question is about, as of `now`.
    pub async fn read(
        db: &Db,
        organisation: OrganisationId,
        question: &Question,
        now: Instant,
    ) -> Result<Self> {
        let snapshot = Snapshot::of(db, organisation, question, now).await?;
        let (published, settings, headcounts) =
            (snapshot.outline(db).await?, snapshot.settings, snapshot.headcounts.clone());
        Ok(Self { published, ledger: ledger(db, snapshot).await?, settings, headcounts })
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
        self.ledger.kind(measure)
    }

    /// The chart of a measure, or why no point of it may be shown.
    pub fn chart(&self, asked: &Asked) -> Result<Disclosed<Chart>, Gap> {
        chart(asked, (&self.published, &self.ledger), self.settings, &self.headcounts)
    }
}

/// The chart of what was published, or why no point of it may be shown.
pub(crate) fn chart(
    asked: &Asked,
    (published, ledger): (&Published, &Ledger<Week>),
    settings: Settings,
    headcounts: &Headcounts,
) -> Result<Disclosed<Chart>, Gap> {
    let kind = ledger.kind(&asked.measure);
    let gate = Gate::of(asked, published, settings, headcounts);
    // A place has a point when something of it was released; a week between two of its releases is no gap.
    let place = &asked.question.partition;
    let released = |week: Week| {
        published.atoms.iter().any(|atom| atom.unit.release == week.0 && atom.unit.is_in(place))
    };
    let closed =
        published.releases.iter().map(|release| release.week).filter(|week| released(*week));
    let weeks = pooled(closed, |weeks| gate.points_of(weeks, kind, (Side::Inside(place), ledger)));
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
            Err(
                gap @ (Gap::Hidden(Reason::FewAnswers(_)) | Gap::Withheld(Withheld::FewAnswers(_))),
            ) => few = Some((span(&waiting, week), Err(gap))),
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

/// Whose points, and what their releases say.
pub(crate) type Ours<'a> = (Side<'a>, &'a Ledger<Week>);

/// What decides about the points of one chart.
pub(crate) struct Gate<'a> {
    gate: gate::Gate<'a>,
    asked: &'a Asked,
}

impl<'a> Gate<'a> {
    pub(crate) fn of(
        asked: &'a Asked,
        published: &'a Published,
        settings: Settings,
        headcounts: &Headcounts,
    ) -> Self {
        Self { gate: gate::Gate::of(&asked.question, published, settings, headcounts), asked }
    }

    /// A release's point, of a place or of the network without it, by the ledger of that side. The figure of a chart is one
    /// of its own window: that release.
    pub(crate) fn point_of(
        &self,
        week: Week,
        kind: Kind,
        side: Ours<'_>,
    ) -> Result<Disclosed<Value>, Gap> {
        self.points_of(&[week], kind, side)
    }

    /// The same of several releases together.
    fn points_of(
        &self,
        weeks: &[Week],
        kind: Kind,
        (side, ledger): Ours<'_>,
    ) -> Result<Disclosed<Value>, Gap> {
        let among = |unit: &Unit| weeks.iter().any(|week| week.0 == unit.release);
        let value = ledger.value(&self.asked.measure, kind, weeks);
        let sized = value.map(|value| (value.size(), value));
        self.gate.figure(side, among, self.asked.measure.element(), sized)
    }

    /// Whose chart it is.
    pub(crate) fn place(&self) -> &'a Place {
        &self.asked.question.partition
    }

    /// Why nothing of the place was released.
    pub(crate) fn nothing(&self) -> Gap {
        self.gate.nothing()
    }
}
