//! What is read from a flow, by step, handoff, promise and sequence: in the order of the
//! catalogue's numbers, never by a figure.

use std::collections::BTreeMap;

use super::sums::{Count, Series, StepCount};
use super::{Flow, OTHER};
use crate::Position;
use crate::durations::Durations;

/// A step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Its number.
    pub step: u16,
    /// Visits to it.
    pub events: i64,
    /// Journeys that went there.
    pub journeys: i64,
    /// Journeys that began with it.
    pub first: i64,
    /// Journeys that ended with it.
    pub last: i64,
    /// Journeys that passed it over.
    pub skipped: i64,
    /// From its start to its end, where both are known.
    pub processing: Durations,
    /// From the end of whatever step was before to its start; 0 where they overlap.
    pub wait_before: Durations,
    /// The delays that it offered, promised − requested.
    pub offered: Durations,
}

impl Step {
    /// Visits that repeat an earlier one of their journey.
    pub fn repeats(&self) -> i64 {
        if self.step == OTHER { 0 } else { self.events.wrapping_sub(self.journeys) }
    }
}

/// One step following another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handoff {
    /// The step before.
    pub from: u16,
    /// The step after.
    pub to: u16,
    /// How often it took a journey back to the team that had just handed it on.
    pub returns: i64,
    /// From the end of the one to the start of the other; 0 where they overlap.
    pub wait: Durations,
    /// By how much the other began before the one was over, of those that did.
    pub overlap: Durations,
    /// From the start of the journey to the end of the step before.
    pub age: Durations,
}

impl Handoff {
    /// How often the one followed the other.
    pub fn count(&self) -> i64 {
        self.wait.count()
    }

    /// Whether it leads from a step to itself.
    pub fn is_self_loop(&self) -> bool {
        self.from == self.to && self.from != OTHER
    }
}

/// The promises of an element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promise {
    /// Who made them, in the catalogue of elements.
    pub element: Position,
    /// What happened − what was promised; at 0 or below they were kept.
    pub lateness: Durations,
}

impl Promise {
    /// Promises whose outcome is known.
    pub fn made(&self) -> i64 {
        self.lateness.count()
    }

    /// Those that were kept.
    pub fn kept(&self) -> i64 {
        self.made().wrapping_sub(self.late())
    }

    /// Those that were not.
    pub fn late(&self) -> i64 {
        self.lateness.above_zero()
    }
}

/// A sequence of steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepSequence {
    /// Its number.
    pub sequence: u16,
    /// From the start of a journey to its end.
    pub duration: Durations,
    /// The part of it for which nobody was at work: from the end of all that came before to the
    /// next start, step after step.
    pub waiting: Durations,
    /// What its customers answered, by version of the questionnaire.
    pub outcomes: Vec<Outcome>,
}

impl StepSequence {
    /// Journeys that took it.
    pub fn journeys(&self) -> i64 {
        self.duration.count()
    }
}

/// Answers to one version of a questionnaire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The version.
    pub version: u16,
    /// Answers with an outcome.
    pub answers: i64,
    /// Sum of the losses of the outcome, on the questionnaire's scale.
    pub loss: i64,
    /// Sum of their squares.
    pub squares: i64,
}

impl Outcome {
    /// The mean loss, on the questionnaire's scale; `None` without answers.
    pub fn mean(&self) -> Option<f64> {
        (self.answers > 0).then(|| self.loss as f64 / self.answers as f64)
    }
}

impl Flow {
    /// How many visits.
    pub fn events(&self) -> i64 {
        total(self.steps().iter().map(|step| step.events))
    }

    /// Visits that repeat an earlier one of their journey.
    pub fn repeats(&self) -> i64 {
        total(self.steps().iter().map(Step::repeats))
    }

    /// Visits to the step that the journey was just at.
    pub fn self_loops(&self) -> i64 {
        total(self.handoffs().iter().filter(|handoff| handoff.is_self_loop()).map(Handoff::count))
    }

    /// From the start of a journey to its end.
    pub fn duration(&self) -> Durations {
        let mut all = Durations::default();
        self.sums
            .series_like(Series::SequenceDuration(0))
            .values()
            .for_each(|sequence| all.merge(sequence));
        all
    }

    /// The steps that journeys visited, passed over, or got a date from.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps: BTreeMap<u16, Step> = BTreeMap::new();
        for ((from, to), waits) in self.sums.series_like(Series::Wait(0, 0)) {
            steps.entry(to).or_default().wait_before.merge(&waits.clone().parted().0);
            // Whoever went on from a step did not end there.
            let last = &mut steps.entry(from).or_default().last;
            *last = last.wrapping_sub(waits.count());
        }
        for ((step, _), durations) in self.sums.series_like(Series::Processing(0)) {
            steps.entry(step).or_default().processing = durations;
        }
        for ((step, _), durations) in self.sums.series_like(Series::Offered(0)) {
            steps.entry(step).or_default().offered = durations;
        }
        let mut repeats: BTreeMap<u16, i64> = BTreeMap::new();
        for ([step, at, _], count) in self.sums.like(Count::Step(0, StepCount::First)) {
            if at == StepCount::First as u16 {
                steps.entry(step).or_default().first = count;
            } else if at == StepCount::Skipped as u16 {
                steps.entry(step).or_default().skipped = count;
            } else {
                repeats.insert(step, count);
            }
        }
        let whole = |(number, step): (u16, Step)| {
            let events = step.first.wrapping_add(step.wait_before.count());
            let journeys = events.wrapping_sub(repeats.get(&number).copied().unwrap_or(0));
            Step { step: number, events, journeys, last: events.wrapping_add(step.last), ..step }
        };
        steps.into_iter().map(whole).collect()
    }

    /// Each pair of a step and the one after it.
    pub fn handoffs(&self) -> Vec<Handoff> {
        let mut ages = self.sums.series_like(Series::Age(0, 0));
        let returns: BTreeMap<(u16, u16), i64> = self
            .sums
            .like(Count::Returns(0, 0))
            .map(|([from, to, _], count)| ((from, to), count))
            .collect();
        let mut overlaps = self.sums.series_like(Series::Overlap(0, 0));
        let handoff = |((from, to), waits): (_, Durations)| {
            // Flows summed before overlaps were kept have them as waits below zero.
            let (wait, before) = waits.parted();
            let mut overlap = overlaps.remove(&(from, to)).unwrap_or_default();
            overlap.merge(&before);
            let returns = returns.get(&(from, to)).copied().unwrap_or(0);
            let age = ages.remove(&(from, to)).unwrap_or_default();
            Handoff { from, to, returns, wait, overlap, age }
        };
        self.sums.series_like(Series::Wait(0, 0)).into_iter().map(handoff).collect()
    }

    /// The promises, by the element that made them.
    pub fn promises(&self) -> Vec<Promise> {
        let promises = self.sums.series_like(Series::Lateness(0)).into_iter();
        promises.map(|((element, _), lateness)| Promise { element, lateness }).collect()
    }

    /// The sequences; those without a number together as the last of them, [`OTHER`].
    pub fn sequences(&self) -> Vec<StepSequence> {
        let mut sequences: BTreeMap<u16, StepSequence> = BTreeMap::new();
        for ((sequence, _), durations) in self.sums.series_like(Series::SequenceDuration(0)) {
            sequences.entry(sequence).or_default().duration = durations;
        }
        for ((sequence, _), durations) in self.sums.series_like(Series::SequenceWaiting(0)) {
            sequences.entry(sequence).or_default().waiting = durations;
        }
        for ((sequence, version), [answers, loss, squares]) in self.outcomes() {
            sequences.entry(sequence).or_default().outcomes.push(Outcome {
                version,
                answers,
                loss,
                squares,
            });
        }
        sequences
            .into_iter()
            .map(|(number, sequence)| StepSequence { sequence: number, ..sequence })
            .collect()
    }

    fn outcomes(&self) -> BTreeMap<(u16, u16), [i64; 3]> {
        let mut outcomes: BTreeMap<(u16, u16), [i64; 3]> = BTreeMap::new();
        for ([sequence, version, what], sum) in
            self.sums.like(Count::Answers { sequence: 0, version: 0, what: 0 })
        {
            if let Some(place) =
                outcomes.entry((sequence, version)).or_default().get_mut(usize::from(what))
            {
                *place = sum;
            }
        }
        outcomes
    }
}

/// A sum that wraps, as all sums of a flow do: bytes may say anything.
fn total(counts: impl Iterator<Item = i64>) -> i64 {
    counts.fold(0, i64::wrapping_add)
}
