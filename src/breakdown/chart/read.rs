//! Reads a chart: each release goes through the gate by itself.

use std::collections::BTreeMap;

use super::series::{kind, value};
use super::{Chart, Frame, Gap, Kind, Measure, Value};
use crate::breakdown::read::Why;
use crate::breakdown::request::Question;
use crate::breakdown::{Eyes, store};
use crate::calendar::Week;
use crate::clock::Instant;
use crate::db::Db;
use crate::element::Element;
use crate::error::{Error, Refusal, Result};
use crate::i18n::Text;
use crate::privacy::store::Settings;
use crate::privacy::{self, Disclosed, Figure, Headcounts, Place, Reason, Request, Unit, Withheld, disclose};
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
    let (connection, question) = (db.reader(), &asked.question);
    let settings = privacy::store::settings(connection, organisation).await?;
    let settings = settings.ok_or_else(|| Error::Internal("the organisation is gone".to_owned()))?;
    let headcounts = privacy::store::headcounts(connection, organisation).await?;
    let (code, visible_at) = (&question.chain.code, question.eyes.visible_at(now));
    let published = publication::store::published(connection, organisation, code, &question.window, visible_at).await?;
    match chart(asked, &published, settings, &headcounts) {
        Ok(chart) => Ok(Reading::Shown(Box::new(chart))),
        Err(Gap::Withheld(Withheld::NothingReleased)) if question.eyes == Eyes::Owner => {
            let opening = store::next_opening(connection, organisation, code, &question.partition, now).await?;
            Ok(Reading::Withheld(opening.map_or(Why::Gate(Withheld::NothingReleased), Why::TeamsFirst)))
        }
        Err(Gap::Withheld(withheld)) => Ok(Reading::Withheld(Why::Gate(withheld))),
        Err(Gap::Hidden(reason)) => Ok(Reading::Withheld(Why::Hidden(reason))),
        Err(Gap::Unrecorded) => Err(Text::new("chart-unrecorded").into()),
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
    let weeks: Vec<_> = closed.map(|week| (week, gate.point(week, kind))).collect();
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

/// Whose figure a point is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Side<'a> {
    /// A place's.
    Inside(&'a Place),
    /// The network's without a place.
    Outside(&'a Place),
}

impl<'a> Side<'a> {
    fn place(self) -> &'a Place {
        match self {
            Self::Inside(place) | Self::Outside(place) => place,
        }
    }

    fn has(self, unit: &Unit) -> bool {
        unit.is_in(self.place()) == matches!(self, Self::Inside(_))
    }
}

/// What decides about every point.
pub(super) struct Gate<'a> {
    asked: &'a Asked,
    published: &'a Published,
    settings: Settings,
    teams: BTreeMap<String, String>,
    missing: privacy::Missing,
}

impl<'a> Gate<'a> {
    pub(super) fn of(asked: &'a Asked, published: &'a Published, settings: Settings, headcounts: &Headcounts) -> Self {
        let chain = &asked.question.chain;
        let missing = headcounts.missing(chain.stops.iter().map(|stop| (stop.code.as_str(), stop.team.as_deref())));
        Self { asked, published, settings, teams: chain.team_of_steps(), missing }
    }

    /// A release's point. The figure of a chart is one of its own window: that release.
    fn point(&self, week: Week, kind: Kind) -> Result<Disclosed<Value>, Gap> {
        self.point_of(week, kind, Side::Inside(&self.asked.question.partition))
    }

    /// The same of a place, or of the network without it.
    pub(super) fn point_of(&self, week: Week, kind: Kind, side: Side<'_>) -> Result<Disclosed<Value>, Gap> {
        let measure = &self.asked.measure;
        let units: Vec<Unit> = self.units(|unit| unit.release == week.0);
        let value = value(measure, kind, self.published, week, |unit| side.has(unit));
        // Of what nobody recorded only the heads decide; that it was not recorded is no figure.
        let size = value.map_or(u64::MAX, Value::size);
        let figures: Vec<Figure> =
            measure.element().map(|element| Figure { element: element.clone(), answers: size }).into_iter().collect();
        let request = self.request(&units, &figures, side);
        let floor = self.settings.floors.answers();
        let enough = value.filter(|value| value.size() >= u64::from(floor));
        let passed = disclose(&request, |shown| {
            let objection = figures.first().and_then(|figure| shown.objection(&figure.element));
            let few = || value.map_or(Gap::Unrecorded, |_| Gap::Hidden(Reason::FewAnswers(floor)));
            enough.filter(|_| objection.is_none()).ok_or_else(|| objection.map_or_else(few, Gap::Hidden))
        });
        passed.map_err(Gap::Withheld)?.transposed()
    }

    /// Why nothing of the place was released.
    pub(super) fn nothing(&self) -> Gap {
        let units = self.units(|_| true);
        let withheld = disclose(&self.request(&units, &[], Side::Inside(&self.asked.question.partition)), |_| ()).err();
        Gap::Withheld(withheld.unwrap_or(Withheld::NothingReleased))
    }

    fn units(&self, among: impl Fn(&Unit) -> bool) -> Vec<Unit> {
        self.published.atoms.iter().map(|atom| &atom.unit).filter(|unit| among(unit)).cloned().collect()
    }

    fn request<'r>(&'r self, units: &'r [Unit], figures: &'r [Figure], side: Side<'r>) -> Request<'r> {
        let question = &self.asked.question;
        Request {
            floors: self.settings.floors,
            audience: question.eyes.audience(),
            pilot: self.settings.pilot,
            units,
            place: side.place(),
            against_rest: matches!(side, Side::Outside(_)),
            teams: &self.teams,
            figures,
            missing: &self.missing,
        }
    }
}
