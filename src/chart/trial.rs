//! A figure week by week for those who try something and for those who do not, as the verdict on an
//! action needs it.
//!
//! Those who do not are the network without a place. Both sides of a week pass the gate by
//! themselves, the second as what is left when the place is taken off: a week whose side does not
//! pass is a gap.

use std::sync::Arc;

use relais_analytics::Direction;
use relais_analytics::verdict::{
    Action, Verdict, Week as Sample, smallest_visible_change, verdict,
};

use super::ledger::Ledger;
use super::read::{ChartQuestion, Points, is_released, ledger};
use super::{Kind, Value};
use crate::breakdown::disclosure::{Reading, Scope};
use crate::breakdown::request::Question;
use crate::breakdown::snapshot::Snapshot;
use crate::calendar::Week;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::{Disclosed, Place};

/// The weeks of a trial, each of which may be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// How the figure is charted.
    pub kind: Kind,
    weeks: Vec<Pair>,
    control: bool,
    /// The last week that was closed for anybody.
    closed: Option<Week>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Pair {
    week: Week,
    focus: Option<Value>,
    control: Option<Value>,
}

/// The weeks of a figure at the question's place, beside those of the network without `control`, as
/// of `now`; or why none may be shown.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    asked: &ChartQuestion,
    control: Option<&Place>,
    now: Instant,
) -> Result<Reading<Trial>> {
    let snapshot = Snapshot::of(db, organisation, &asked.question, now).await?;
    let published = snapshot.outline(db).await?;
    let gate = snapshot.gate(&asked.question);
    let focus = ledger(db, snapshot).await?;
    let network = ledger_of(db, organisation, asked, &Place::Network, now).await?;
    // Both sides are of one kind: that of the network.
    let kind = network.kind(&asked.measure);
    let rest = match control {
        Some(place) => {
            let own = ledger_of(db, organisation, asked, place, now).await?;
            Some((place, network.as_ref().clone().less(&own)))
        }
        None => None,
    };
    let points = Points { gate: &gate, published: &published, measure: &asked.measure, kind };
    let control = rest.as_ref().map(|(place, ledger)| (*place, ledger));
    Ok(trial(&points, (&asked.question.partition, &focus), control))
}

/// The ledger of another place in the same weeks.
async fn ledger_of(
    db: &Db,
    organisation: OrganisationId,
    asked: &ChartQuestion,
    place: &Place,
    now: Instant,
) -> Result<Arc<Ledger<Week>>> {
    let question = Question { partition: place.clone(), ..asked.question.clone() };
    ledger(db, Snapshot::of(db, organisation, &question, now).await?).await
}

fn trial(
    points: &Points<'_>,
    (place, ledger): (&Place, &Ledger<Week>),
    control: Option<(&Place, &Ledger<Week>)>,
) -> Reading<Trial> {
    let published = points.published;
    let (mut shown, mut weeks, mut gap) = (Vec::new(), Vec::new(), None);
    for week in published.releases.iter().map(|release| release.week) {
        if !is_released(published, week, place) {
            continue;
        }
        let mut is_shown = |scope: Scope<'_>, ledger: &Ledger<Week>| {
            let point = points.of(&[week], scope, ledger).map(|value| shown.push(value));
            point.map_err(|why| gap.get_or_insert(why).clone()).is_ok()
        };
        let focus = is_shown(Scope::Place(place), ledger);
        let control =
            control.is_some_and(|(place, ledger)| is_shown(Scope::PlaceAndRest(place), ledger));
        weeks.push((week, focus, control));
    }
    let closed = published.releases.last().map(|release| release.week);
    let trial = Disclosed::together(shown, |values| {
        let mut values = values.into_iter();
        let mut next = |is_shown: bool| if is_shown { values.next() } else { None };
        let weeks = weeks.into_iter().map(|(week, focus, control)| Pair {
            week,
            focus: next(focus),
            control: next(control),
        });
        Trial { kind: points.kind, weeks: weeks.collect(), control: control.is_some(), closed }
    });
    let nothing = || points.gate.nothing(&published.units(), place);
    trial.ok_or_else(|| gap.unwrap_or_else(nothing))
}

impl Trial {
    /// What can be said of an action that began with the week `start`, by the weeks up to and with
    /// `until`.
    pub fn verdict(&self, start: Week, until: Week, direction: Direction) -> Verdict {
        let first = self.weeks.first().map_or(start, |pair| pair.week).min(start);
        let last = self.closed.unwrap_or(first).min(until);
        let known = |week: i32| self.weeks.iter().find(|pair| pair.week.0 == week);
        let weeks = first.0..=last.0;
        let focus: Vec<_> = weeks.clone().map(|week| sample(known(week)?.focus?)).collect();
        let control: Vec<_> = weeks.map(|week| sample(known(week)?.control?)).collect();
        let start = usize::try_from(start.0 - first.0).unwrap_or(0);
        verdict(&Action {
            focus: &focus,
            control: self.control.then_some(control.as_slice()),
            start,
            direction,
        })
    }

    /// The smallest change that as many weeks before and after would show, in points: told before
    /// anything begins. What is compared with a control varies with it too. `None` while fewer than
    /// two weeks are known.
    pub fn smallest(&self, weeks: usize) -> Option<f64> {
        let all: Vec<(f64, f64)> =
            self.weeks.iter().filter_map(|pair| self.difference(pair)).collect();
        if all.len() < 2 {
            return None;
        }
        let known = all.len() as f64;
        let centre = all.iter().map(|(figure, _)| figure).sum::<f64>() / known;
        let explained = all.iter().map(|(_, error)| error).sum::<f64>() / known;
        let between =
            all.iter().map(|(figure, _)| (figure - centre).powi(2)).sum::<f64>() / (known - 1.0);
        smallest_visible_change(explained.sqrt(), (between - explained).max(0.0).sqrt(), 1.0, weeks)
    }

    /// A week's figure, less that of the control, and the variance that its answers explain.
    fn difference(&self, pair: &Pair) -> Option<(f64, f64)> {
        let error = |value: Value| value.variance() / value.size() as f64;
        let focus = pair.focus?;
        if !self.control {
            return Some((focus.figure(), error(focus)));
        }
        let control = pair.control?;
        Some((focus.figure() - control.figure(), error(focus) + error(control)))
    }
}

fn sample(value: Value) -> Option<Sample> {
    let answers = i64::try_from(value.size()).ok()?;
    Some(Sample { answers, mean: value.figure(), variance: value.variance() })
}
