//! A figure week by week for those who try something and for those who do not, as the verdict on an action needs it.
//!
//! Those who do not are the network without a place. Both sides of a week pass the gate by themselves, the second as what
//! is left when the place is taken off: a week whose side does not pass is a gap.

use relais_analytics::Direction;
use relais_analytics::verdict::{
    Action, Verdict, Week as Sample, smallest_visible_change, verdict,
};

use super::ledger::Ledger;
use super::read::{Asked, Gate, Side, ledger};
use super::{Gap, Kind, Value};
use crate::breakdown::request::Question;
use crate::breakdown::snapshot::Snapshot;
use crate::calendar::Week;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::{Disclosed, Place};
use crate::publication::Published;

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

/// The weeks of a figure at the question's place, beside those of the network without `control`, as of `now`; or why none
/// may be shown.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    (asked, control): (&Asked, Option<&Place>),
    now: Instant,
) -> Result<std::result::Result<Disclosed<Trial>, Gap>> {
    let of = |place: &Place| Question { partition: place.clone(), ..asked.question.clone() };
    let snapshot = Snapshot::of(db, organisation, &asked.question, now).await?;
    let published = snapshot.outline(db).await?;
    let (settings, headcounts) = (snapshot.settings, snapshot.headcounts.clone());
    let focus = ledger(db, snapshot).await?;
    let network =
        ledger(db, Snapshot::of(db, organisation, &of(&Place::Network), now).await?).await?;
    // Both sides are of one kind: that of the network.
    let kind = network.kind(&asked.measure);
    let rest = match control {
        Some(place) => {
            let own = ledger(db, Snapshot::of(db, organisation, &of(place), now).await?).await?;
            Some((place, network.as_ref().clone().less(&own)))
        }
        None => None,
    };
    let gate = Gate::of(asked, &published, settings, &headcounts);
    Ok(trial(
        &gate,
        kind,
        &published,
        (&focus, rest.as_ref().map(|(place, ledger)| (*place, ledger))),
    ))
}

fn trial(
    gate: &Gate<'_>,
    kind: Kind,
    published: &Published,
    (ledger, rest): (&Ledger<Week>, Option<(&Place, &Ledger<Week>)>),
) -> std::result::Result<Disclosed<Trial>, Gap> {
    let place = gate.place();
    let (mut shown, mut ways, mut gap) = (Vec::new(), Vec::new(), None);
    for week in published.releases.iter().map(|release| release.week) {
        let of_place = |unit: &crate::privacy::Unit| unit.release == week.0 && unit.is_in(place);
        if !published.atoms.iter().any(|atom| of_place(&atom.unit)) {
            continue;
        }
        let mut keep = |ours| match gate.point_of(week, kind, ours) {
            Ok(value) => {
                shown.push(value);
                true
            }
            Err(why) => {
                gap.get_or_insert(why);
                false
            }
        };
        let focus = keep((Side::Inside(place), ledger));
        let beside = rest.is_some_and(|(place, ledger)| keep((Side::Outside(place), ledger)));
        ways.push((week, focus, beside));
    }
    let closed = published.releases.last().map(|release| release.week);
    let trial = Disclosed::together(shown, |values| {
        let mut values = values.into_iter();
        let mut next = |is: bool| if is { values.next() } else { None };
        let weeks = ways.into_iter().map(|(week, focus, beside)| Pair {
            week,
            focus: next(focus),
            control: next(beside),
        });
        Trial { kind, weeks: weeks.collect(), control: rest.is_some(), closed }
    });
    trial.ok_or_else(|| gap.unwrap_or_else(|| gate.nothing()))
}

impl Trial {
    /// What can be said of an action that began with the week `start`, by the weeks up to and with `until`.
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

    /// The smallest change that as many weeks before and after would show, in points: told before anything begins. What is
    /// compared with a control varies with it too. `None` while fewer than two weeks are known.
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
        match self.control {
            false => Some((focus.figure(), error(focus))),
            true => {
                let control = pair.control?;
                Some((focus.figure() - control.figure(), error(focus) + error(control)))
            }
        }
    }
}

fn sample(value: Value) -> Option<Sample> {
    let answers = i64::try_from(value.size()).ok()?;
    Some(Sample { answers, mean: value.figure(), variance: value.variance() })
}
