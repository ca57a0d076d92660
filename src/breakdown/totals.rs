//! What the cells of a place say beside the split, in one pass over them.

use std::collections::{BTreeMap, BTreeSet};

use relais_analytics::Position;
use relais_analytics::attribute;
use relais_analytics::cell::Counts;
use relais_analytics::nonresponse::Survey;
use relais_analytics::timings::{Coverage, Withheld};

use super::network_shares::Apart;
use super::pool::Pool;
use super::request::Question;
use super::{Against, Lateness, MINUTES_A_DAY, Promised};
use crate::error::Result;
use crate::limits;
use crate::privacy::NotShown;
use crate::publication::{AnswerCell, PopulationCell, Published};

/// What the cells of a place say beside the split.
#[derive(Default)]
pub(crate) struct Totals {
    pub(crate) journeys: u64,
    pub(crate) invited: Option<u64>,
    pub(crate) responses: u64,
    /// Minutes late of those who answered and whose times are known, and how many they are; the
    /// same of all journeys, for which the ones of known times speak.
    late: [(i64, i64); 2],
    /// Of how many journeys all times are known.
    pub(crate) coverage: Coverage,
    /// What was on time or late there.
    timed: BTreeSet<Position>,
    /// Dates that were promised there, and kept.
    pub(crate) promised: BTreeMap<Position, Promised>,
    /// What was ticked, and who was rescued.
    pub(crate) counts: Counts,
    /// Who answered.
    pub(crate) survey: Survey,
    /// Of the network, what the outcomes differ with.
    pub(super) outcomes: Apart,
}

impl Totals {
    /// Reads every cell of the place once.
    pub(crate) fn of(question: &Question, published: &Published, pool: &Pool) -> Result<Self> {
        let here = |atom: usize| published.is_in(atom, &question.partition);
        let mut whole = Self::default();
        let atoms = || published.atoms.iter().filter(|atom| atom.unit.is_in(&question.partition));
        whole.journeys = atoms().map(|atom| u64::from(atom.journeys)).sum();
        whole.invited = atoms().map(|atom| atom.invited.map(u64::from)).sum();
        whole.responses = atoms().map(|atom| u64::from(atom.unit.answers)).sum();
        whole.outcomes = Apart::of(question, published);
        let strata = published.strata();
        for cell in published.answers(here) {
            let cell = cell?;
            whole.answered(&cell);
            strata.answers(&mut whole.survey, &cell);
            whole.outcomes.add(published, &cell);
        }
        let places = published.places();
        for cell in published.journeys(here) {
            let cell = cell?;
            whole.travelled(&cell);
            if let Some(all) = pool.spoken_for(published, &places, &cell)? {
                whole.late[1].0 += all.lateness();
                whole.late[1].1 += all.count();
            }
            strata.journeys(&mut whole.survey, &cell);
        }
        // So few that nothing else of so few is shown are not counted.
        whole.promised.retain(|_, promised| promised.made >= u64::from(limits::MINIMUM_ANSWERS));
        Ok(whole)
    }

    fn answered(&mut self, cell: &AnswerCell) {
        self.counts.merge(cell.state.counts());
        if cell.is_timed {
            self.late[0].1 += cell.state.count();
        }
        for (position, lost, won) in cell.state.time() {
            self.timed.insert(position);
            self.late[0].0 += lost - won;
        }
    }

    fn travelled(&mut self, cell: &PopulationCell) {
        self.coverage = self.coverage.plus(&cell.state.coverage());
        self.timed.extend(cell.state.time().map(|(position, ..)| position));
        for (position, made, kept) in cell.state.promises() {
            self.timed.insert(position);
            let sum = self.promised.entry(position).or_default();
            sum.made += made.unsigned_abs();
            sum.kept += kept.unsigned_abs();
        }
    }

    /// Whether journeys of the place have an element. One that has cost points is never left out:
    /// the sum would break.
    pub(crate) fn has(&self, element: &attribute::Element) -> bool {
        let cost = |points: &attribute::Points| points.level.value != 0.0 || points.made_up != 0.0;
        element.passed > 0
            || self.timed.contains(&element.position)
            || element.points.as_ref().is_some_and(cost)
    }

    /// Why no delay is told of the place, or beside the rest: of too few journeys all times are
    /// known.
    pub(crate) fn withheld(&self, question: &Question, pool: &Pool) -> Option<NotShown> {
        let beside = question.against.map(|Against::Rest| pool.coverage.less(&self.coverage));
        [Some(self.coverage), beside]
            .into_iter()
            .flatten()
            .find_map(|coverage| few_whole(&coverage))
    }

    /// How late those who answered were, beside all: it says how they differ. Where nothing is ever
    /// promised nobody is late, or on time.
    pub(crate) fn lateness(&self) -> Option<Lateness> {
        if self.timed.is_empty() {
            return None;
        }
        let mean = |(minutes, count): (i64, i64)| {
            (count > 0).then(|| minutes as f64 / count as f64 / MINUTES_A_DAY)
        };
        Some(Lateness { answered: mean(self.late[0])?, all: mean(self.late[1])? })
    }
}

/// Why delays of journeys are not told, where too few have whole timings. Of what was published
/// before these were counted they are told, and that it was so is said beside them.
pub(crate) fn few_whole(coverage: &Coverage) -> Option<NotShown> {
    match coverage.told() {
        Err(Withheld::FewWhole { share }) => Some(NotShown::few_timings(share)),
        Ok(_) | Err(Withheld::NoJourneys | Withheld::Unstated) => None,
    }
}
