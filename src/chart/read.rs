//! Reads a chart: each release goes through the gate by itself.

use std::sync::Arc;

use super::ledger::Ledger;
use super::limits::{Frame, Span};
use super::{Chart, Kind, Measure, Value};
use crate::blueprint::Blueprint;
use crate::breakdown::disclosure::{Gate, Reading, Scope};
use crate::breakdown::request::Question;
use crate::breakdown::snapshot::{Snapshot, teams_first};
use crate::breakdown::totals::few_whole;
use crate::calendar::Week;
use crate::clock::Instant;
use crate::db::Db;
use crate::element::Element;
use crate::error::{Error, Refusal, Result};
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::privacy::{NotShown, Place, Unit};
use crate::publication::{Published, collected_since};

/// A question about a chart: whose journeys, what, and which weeks set the limits.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartQuestion {
    /// Whose journeys, when, for whose eyes.
    pub question: Question,
    /// What is charted.
    pub measure: Measure,
    /// The last week whose points set the limits.
    pub baseline_until: Option<Week>,
}

impl ChartQuestion {
    /// Checks what was typed against what there is.
    pub fn check(question: Question, measure: &str, baseline_until: Option<&str>) -> Result<Self> {
        let refused = |field, text: Text| Error::from(Refusal::new(text).in_field(field));
        let unknown =
            || refused("measure", Text::new("chart-unknown-measure").with("given", measure));
        let measure: Measure = measure.parse().map_err(|_| unknown())?;
        let known = |element: &Element| {
            element.steps().iter().all(|step| question.blueprint.step(step).is_some())
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
        format!(
            "chart {} {} {}",
            self.question.blueprint.journey_type, self.measure, self.question.partition
        )
    }
}

/// Draws the chart as of `now`.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    asked: &ChartQuestion,
    now: Instant,
) -> Result<Reading<Chart>> {
    let question = &asked.question;
    match Series::read(db, organisation, question, now).await?.chart(asked) {
        Err(NotShown::Unrecorded) => Err(Text::new("chart-unrecorded").into()),
        reading => teams_first(db, organisation, question, reading, now).await,
    }
}

/// What was published of some weeks, read once for charts of several measures.
#[derive(Debug)]
pub struct Series {
    /// The releases and atoms; the cells are in the ledger.
    published: Published,
    ledger: Arc<Ledger<Week>>,
    gate: Gate,
}

/// The ledger of a place, release by release.
#[derive(Clone, PartialEq)]
struct ByRelease;

/// Reads the ledger of a snapshot's place.
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
        let (published, gate) = (snapshot.outline(db).await?, snapshot.gate(question));
        Ok(Self { published, ledger: ledger(db, snapshot).await?, gate })
    }

    /// The weeks that were closed, oldest first.
    pub fn weeks(&self) -> impl Iterator<Item = Week> {
        self.published.releases.iter().map(|release| release.week)
    }

    /// The elements that anything was published about, along the chain.
    pub fn elements(&self, blueprint: &Blueprint) -> Vec<Element> {
        let mut elements: Vec<Element> = self.published.catalogue.values().cloned().collect();
        elements.sort_by_key(|element| blueprint.place(element));
        elements
    }

    /// How a measure is charted here.
    pub fn kind(&self, measure: &Measure) -> Kind {
        self.ledger.kind(measure)
    }

    /// The chart of a measure, or why no point of it may be shown.
    pub fn chart(&self, asked: &ChartQuestion) -> Reading<Chart> {
        chart(asked, &self.published, &self.ledger, &self.gate)
    }
}

/// The chart of what was published, or why no point of it may be shown.
pub(super) fn chart(
    asked: &ChartQuestion,
    published: &Published,
    ledger: &Ledger<Week>,
    gate: &Gate,
) -> Reading<Chart> {
    let (question, place) = (&asked.question, &asked.question.partition);
    let points =
        Points { gate, published, measure: &asked.measure, kind: ledger.kind(&asked.measure) };
    // A place has a point when something of it was released; a week between two of its releases is
    // no gap.
    let closed = published.releases.iter().map(|release| release.week);
    let released = closed.filter(|week| is_released(published, *week, place));
    let weeks = pooled(released, |weeks| points.of(weeks, Scope::Place(place), ledger));
    let first = weeks.iter().find_map(|(_, point)| point.as_ref().err().cloned());
    let frame = Frame {
        blueprint: question.blueprint.clone(),
        partition: place.clone(),
        place: question.place.clone(),
        measure: asked.measure.clone(),
        kind: points.kind,
        step: ledger.step(&asked.measure),
        baseline_until: asked.baseline_until,
    };
    frame
        .chart(weeks)
        .ok_or_else(|| first.unwrap_or_else(|| gate.nothing(&published.units(), place)))
}

/// Whether anything of a place was released in a week.
pub(super) fn is_released(published: &Published, week: Week, place: &Place) -> bool {
    published.atoms.iter().any(|atom| atom.unit.release == week.0 && atom.unit.is_in(place))
}

/// The points of some releases. Where a release has too few answers of its own it waits for the
/// next: every point is a sum of whole releases, and each release is part of one.
fn pooled<T>(
    releases: impl Iterator<Item = Week>,
    point: impl Fn(&[Week]) -> Reading<T>,
) -> Vec<(Span, Reading<T>)> {
    let (mut points, mut waiting) = (Vec::new(), Vec::new());
    let (mut few, mut before, mut since) = (None, None, None);
    for week in releases {
        waiting.push(week);
        let span = Span { since: *since.get_or_insert(collected_since(before, week)), week };
        before = Some(week);
        match point(&waiting) {
            Err(why @ NotShown::FewAnswers(_)) => few = Some((span, Err(why))),
            point => {
                points.push((span, point));
                waiting.clear();
                (few, since) = (None, None);
            }
        }
    }
    points.extend(few);
    points
}

/// The points of one measure, each through the gate by itself.
pub(super) struct Points<'a> {
    pub(super) gate: &'a Gate,
    pub(super) published: &'a Published,
    pub(super) measure: &'a Measure,
    pub(super) kind: Kind,
}

impl Points<'_> {
    /// The point of some releases together, by what the ledger of that scope says of them.
    pub(super) fn of(
        &self,
        weeks: &[Week],
        scope: Scope<'_>,
        ledger: &Ledger<Week>,
    ) -> Reading<Value> {
        let atoms = self.published.atoms.iter().map(|atom| &atom.unit);
        let units: Vec<Unit> =
            atoms.filter(|unit| weeks.iter().any(|week| week.0 == unit.release)).cloned().collect();
        let value = ledger.value(self.measure, self.kind, weeks);
        let sized = value.map(|value| (value.size(), value));
        let shown = self.gate.figure(&units, scope, &self.measure.subject(), sized)?;
        match few_whole(&ledger.timings(weeks)).filter(|_| self.kind == Kind::Days) {
            Some(reason) => Err(reason),
            None => Ok(shown),
        }
    }
}
