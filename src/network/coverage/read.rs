//! Reads who is heard: every release through the gate by itself, channels of few answers together.

use std::collections::{BTreeMap, BTreeSet};

use relais_analytics::cell::{Margin, NO_CHANNEL, OTHER_CHANNEL};

use super::{Channel, Counts, Coverage, Weekly, Which};
use crate::breakdown::attribution::period;
use crate::breakdown::disclosure::{Gate, Reading};
use crate::breakdown::request::Question;
use crate::breakdown::snapshot::{Snapshot, teams_first};
use crate::calendar::Week;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::limits;
use crate::privacy::{HeadsBehind, Place, Unit};
use crate::publication::{Published, collected_since};

/// Reads it as of `now`.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    question: &Question,
    now: Instant,
) -> Result<Reading<Coverage>> {
    let snapshot = Snapshot::of(db, organisation, question, now).await?;
    let make = |question: &Question, snapshot: &Snapshot, published: &Published| {
        Ok(coverage(published, channels(published)?, &snapshot.gate(question)))
    };
    let answer = snapshot.answer(db, question.clone(), make).await?;
    teams_first(db, organisation, question, answer.as_ref().clone(), now).await
}

fn coverage(published: &Published, channels: Vec<Channel>, gate: &Gate) -> Reading<Coverage> {
    let units = published.units();
    let mut weeks = Vec::new();
    for (week, counts) in counts(published) {
        let of_week = units.iter().filter(|unit| unit.release == week.0);
        let of_week: Vec<Unit> = of_week.cloned().collect();
        let shown = gate.whole(&of_week, &Place::Network, || counts);
        weeks.push((week, shown.ok().map(|counts| *counts)));
    }
    gate.whole(&units, &Place::Network, || {
        let mut whole = Counts::default();
        published.atoms.iter().for_each(|atom| whole.add(&of_atom(atom)));
        let weekly = weekly(published, &weeks);
        Coverage { period: period(published), whole, weeks, weekly, channels }
    })
}

/// What was released and is shown, in the weeks in which it was collected.
fn weekly(published: &Published, releases: &[(Week, Option<Counts>)]) -> Vec<(Week, Weekly)> {
    let shown = releases.iter().filter(|(_, counts)| counts.is_some());
    let shown: BTreeSet<Week> = shown.map(|(week, _)| *week).collect();
    let mut released: BTreeMap<&Place, BTreeSet<Week>> = BTreeMap::new();
    for atom in &published.atoms {
        released.entry(&atom.unit.place).or_default().insert(Week(atom.unit.release));
    }
    let mut weeks: BTreeMap<Week, Weekly> = BTreeMap::new();
    for atom in published.atoms.iter().filter(|atom| shown.contains(&Week(atom.unit.release))) {
        let week = Week(atom.unit.release);
        let since = since(&released[&atom.unit.place], week);
        let part = 1.0 / f64::from(week.0 - since.0 + 1);
        for one in since.0..=week.0 {
            weeks.entry(Week(one)).or_default().add(&of_atom(atom), part);
        }
    }
    // What the first releases hold of weeks before the period is not of the period.
    let first = releases.first().map(|(week, _)| *week);
    weeks.into_iter().filter(|(week, _)| first.is_none_or(|first| *week >= first)).collect()
}

/// The first week whose answers a release of a place holds. The first one that is known took as
/// long as the next.
fn since(released: &BTreeSet<Week>, week: Week) -> Week {
    let before = released.range(..week).next_back().copied();
    let next = || released.range(Week(week.0 + 1)..).next();
    collected_since(before.or_else(|| next().map(|next| Week(2 * week.0 - next.0))), week)
}

/// By release with any atom.
fn counts(published: &Published) -> BTreeMap<Week, Counts> {
    let mut weeks: BTreeMap<Week, Counts> = BTreeMap::new();
    for atom in &published.atoms {
        weeks.entry(Week(atom.unit.release)).or_default().add(&of_atom(atom));
    }
    weeks
}

fn of_atom(atom: &crate::publication::Atom) -> Counts {
    Counts {
        journeys: atom.journeys.into(),
        invited: atom.invited.unwrap_or_default().into(),
        has_history: atom.invited.is_none(),
        answered: atom.unit.answers.into(),
    }
}

/// By channel. Journeys come through one channel, so that channels share the people behind all of
/// them: a channel may be one person's. Those that are too few in a release, of answers or of
/// people, stand together there: were it decided about a window as a whole, one window less
/// another would tell of them.
fn channels(published: &Published) -> Result<Vec<Channel>> {
    let mut releases: BTreeMap<i32, BTreeMap<Which, (u64, u64)>> = BTreeMap::new();
    let release = |atom: usize| published.atoms[atom].unit.release;
    let of = |margin: Option<Margin>| {
        margin.map_or(Which::Unsaid, |margin| which(published, margin.channel))
    };
    for cell in published.journeys(|_| true) {
        let cell = cell?;
        let sums = releases.entry(release(cell.atom)).or_default();
        for (margin, count) in cell.state.margins() {
            sums.entry(of(margin)).or_default().0 += count.unsigned_abs();
        }
    }
    for cell in published.answers(|_| true) {
        let cell = cell?;
        let sums = releases.entry(release(cell.atom)).or_default();
        for (margin, answered) in cell.state.margins() {
            sums.entry(of(margin)).or_default().1 += answered.count.unsigned_abs();
        }
    }
    let mut told: BTreeMap<Which, (u64, u64)> = BTreeMap::new();
    for (release, sums) in releases {
        let channels: Vec<Channel> = listed(sums);
        for channel in folded(channels, people(published, release)) {
            let sum = told.entry(channel.which).or_default();
            *sum = (sum.0 + channel.journeys, sum.1 + channel.answered);
        }
    }
    Ok(listed(told))
}

fn listed(sums: BTreeMap<Which, (u64, u64)>) -> Vec<Channel> {
    let one = |(which, (journeys, answered))| Channel { which, journeys, answered };
    sums.into_iter().map(one).collect()
}

/// The people behind the whole network in a release.
fn people(published: &Published, release: i32) -> u64 {
    let atoms = published.atoms.iter().filter(|atom| atom.unit.release == release);
    let behind: Vec<&HeadsBehind> = atoms.map(|atom| atom.unit.behind.as_ref()).collect();
    let central_only = behind.iter().all(|one| one.sites.is_empty());
    HeadsBehind::everybody(&behind, central_only).into()
}

/// All people, and all journeys that they share.
struct Crowd {
    people: u64,
    journeys: u64,
}

impl Crowd {
    fn of(channels: &[Channel], people: u64) -> Self {
        let sum = |of: fn(&Channel) -> u64| channels.iter().map(of).sum::<u64>();
        Self { people, journeys: sum(|one| one.journeys).max(sum(|one| one.answered)) }
    }

    /// Whether something with so many answers and journeys tells of too few.
    fn is_few(&self, channel: &Channel) -> bool {
        let journeys = channel.journeys.max(channel.answered);
        let people = self.people * journeys / self.journeys.max(1);
        channel.answered < u64::from(limits::MINIMUM_ANSWERS)
            || people < u64::from(limits::MINIMUM_HEADS)
    }
}

fn which(published: &Published, channel: u16) -> Which {
    match channel {
        NO_CHANNEL => Which::Unsaid,
        OTHER_CHANNEL => Which::Others,
        number => published.channels.get(&number).cloned().map_or(Which::Others, Which::Named),
    }
}

/// Those that are too few, together; where they are too few even then, the smallest of the others
/// joins them, so that no difference to the whole tells them.
fn folded(channels: Vec<Channel>, people: u64) -> Vec<Channel> {
    let crowd = Crowd::of(&channels, people);
    let few = |channel: &Channel| crowd.is_few(channel) || channel.which == Which::Others;
    let (small, mut kept): (Vec<Channel>, Vec<Channel>) = channels.into_iter().partition(few);
    if small.is_empty() {
        return kept;
    }
    let mut others = Channel { which: Which::Others, journeys: 0, answered: 0 };
    let mut join = |channel: &Channel| {
        others.journeys += channel.journeys;
        others.answered += channel.answered;
        crowd.is_few(&others)
    };
    let mut too_few = small.iter().map(&mut join).last().unwrap_or(true);
    while too_few {
        let smallest = (0..kept.len()).min_by_key(|at| kept[*at].answered);
        let Some(at) = smallest else { break };
        too_few = join(&kept.remove(at));
    }
    if !too_few {
        kept.push(others);
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::network::coverage::read::*;

    fn channel(name: usize, answered: u64) -> Channel {
        Channel { which: Which::Named(format!("c{name:02}")), journeys: answered * 5, answered }
    }

    #[test]
    fn a_release_holds_the_weeks_since_the_one_before_it() {
        let released: BTreeSet<Week> = [104, 108, 109].map(Week).into();
        let of = |week| since(&released, Week(week)).0;
        assert_eq!([of(104), of(108), of(109)], [101, 105, 109]);
        assert_eq!(since(&[Week(104)].into(), Week(104)), Week(104), "nobody knows");
    }

    #[test]
    fn all_channels_together_are_as_many_people_as_there_are() {
        let one = |name: &str, journeys, answered| Channel {
            which: Which::Named(name.to_owned()),
            journeys,
            answered,
        };
        // More answers than journeys: they came a week later.
        let told = folded(vec![one("phone", 52, 33), one("shop", 2, 3)], 7);
        assert_eq!(told, [Channel { which: Which::Others, journeys: 54, answered: 36 }]);
    }

    proptest! {
        #[test]
        fn no_channel_of_few_answers_is_told_nor_what_is_left_of_the_whole(answers in prop::collection::vec(0u64..40, 1..9)) {
            let whole: u64 = answers.iter().sum();
            let all = answers.iter().enumerate().map(|(name, answered)| channel(name, *answered));
            let told = folded(all.collect(), 30);
            prop_assert!(told.iter().all(|channel| channel.answered >= 10), "{told:?}");
            prop_assert!(told.iter().all(|one| 30 * one.journeys >= 7 * 5 * whole), "{told:?}");
            let left = whole - told.iter().map(|channel| channel.answered).sum::<u64>();
            prop_assert!(left == 0 || told.is_empty(), "{left} of {whole} can be worked out: {told:?}");
            prop_assert!(told.windows(2).all(|pair| pair[0].which < pair[1].which), "in the order of names: {told:?}");
        }
    }
}
