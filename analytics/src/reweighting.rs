//! Journeys whose times are all known speak for the others of their path at their place.

use crate::cell::{Population, Tally};
use std::collections::BTreeMap;

/// A path at a place: numbers of the caller's own.
pub type Stratum = (u32, u32);

/// Journeys by path × site, so that those of whole timings speak for the others.
///
/// Populations of one stratum (the weeks of a report, say) are [added](Self::add) first; then each
/// of them is [reweighted](Self::reweighted) and used in its place. A stratum without any whole
/// timings is spoken for by its path at all places.
///
/// ```
/// use relais_analytics::cell::{Journey, Population};
/// use relais_analytics::reweighting::Strata;
/// use relais_analytics::timings::Timings;
///
/// // Four journeys, of which two have whole timings: 60 and 120 minutes late.
/// let mut week = Population::new();
/// for (timings, lateness) in
///     [(Timings::Whole, 60), (Timings::Whole, 120), (Timings::Partial, 0), (Timings::Partial, 0)]
/// {
///     week.add(&Journey { timings, lateness, time: &[(3, lateness, 0)], ..Journey::default() });
/// }
/// assert_eq!(week.lateness(), 180);
/// let mut strata = Strata::default();
/// strata.add((1, 7), &week);
/// let spoken_for = strata.reweighted((1, 7), &week).expect("some are whole");
/// assert_eq!((spoken_for.count(), spoken_for.lateness()), (4, 360), "90 minutes each");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Strata {
    of: BTreeMap<Stratum, Sums>,
    of_path: BTreeMap<u32, Sums>,
}

/// What the whole ones of a stratum lost and won.
#[derive(Clone, Debug, Default)]
struct Sums {
    journeys: i64,
    /// Journeys whose minutes are in the sums: whole, or summed before it was asked.
    charged: i64,
    credited: i64,
    time: Tally<2>,
    credits: Tally<1>,
}

impl Sums {
    fn add(&mut self, population: &Population) {
        self.journeys = self.journeys.wrapping_add(population.count());
        self.charged = self.charged.wrapping_add(population.charged());
        self.credited = self.credited.wrapping_add(population.credited());
        self.time.merge(population.times(), 1);
        self.credits.merge(population.credit_sums(), 1);
    }
}

impl Strata {
    /// Adds journeys of a path (`stratum.1`) at a place (`stratum.0`).
    pub fn add(&mut self, stratum: Stratum, population: &Population) {
        self.of.entry(stratum).or_default().add(population);
        self.of_path.entry(stratum.1).or_default().add(population);
    }

    /// A population of the stratum with the minutes that all of its journeys are taken to have lost
    /// and won: its own times `n_h / w_h`, or, where nobody at that place has whole timings, as
    /// many a journey as the path has elsewhere. Each sum is a whole number, so off by half a
    /// minute at most, and `Σ lost − Σ won` is the lateness as before. `None` where nothing is
    /// known of the path: its delays are unknown.
    ///
    /// The [coverage](Population::coverage) of what comes back is whole, since all of its journeys
    /// are spoken for: the one to be told is that of the population itself.
    pub fn reweighted(&self, stratum: Stratum, population: &Population) -> Option<Population> {
        if let Some(own) = self.of.get(&stratum).filter(|sums| sums.charged > 0) {
            let by = Ratio { times: own.journeys, over: own.charged };
            let (time, credits) = (population.times(), population.credit_sums());
            return Some(scaled(population, time, credits, population.credited(), by));
        }
        let path = self.of_path.get(&stratum.1).filter(|sums| sums.charged > 0)?;
        let by = Ratio { times: population.count(), over: path.charged };
        Some(scaled(population, &path.time, &path.credits, path.credited, by))
    }
}

#[derive(Clone, Copy)]
struct Ratio {
    times: i64,
    over: i64,
}

impl Ratio {
    /// The nearest whole number, halves away from zero.
    fn of(self, sum: i64) -> i64 {
        let (times, over) = (i128::from(self.times), i128::from(self.over).max(1));
        let product = i128::from(sum) * times;
        let half = if product < 0 { -over / 2 } else { over / 2 };
        i64::try_from((product + half) / over).unwrap_or(0)
    }
}

fn scaled(
    population: &Population,
    time: &Tally<2>,
    credits: &Tally<1>,
    credited: i64,
    by: Ratio,
) -> Population {
    let (mut times, mut all) = (Tally::default(), Tally::default());
    for (position, minutes) in time.iter() {
        times.add(position, minutes.map(|sum| by.of(sum)), 1);
    }
    credits.iter().for_each(|(position, [sum])| all.add(position, [by.of(sum)], 1));
    population.spoken_for(times, all, by.of(credited))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Journey;
    use crate::timings::*;
    use proptest::prelude::*;

    fn population(journeys: &[(bool, i64)]) -> Population {
        let mut all = Population::new();
        for &(whole, late) in journeys {
            let timings = if whole { Timings::Whole } else { Timings::Partial };
            let (time, credits) = ([(1, late, 0), (2, 0, late / 3)], [(1, late)]);
            let lateness = late - late / 3;
            let credits = Some(&credits[..]);
            all.add(&Journey { timings, lateness, time: &time, credits, ..Journey::default() });
        }
        all
    }

    #[test]
    fn a_place_without_whole_timings_is_spoken_for_by_its_path_elsewhere() {
        let (known, unknown) = (population(&[(true, 30), (true, 90)]), population(&[(false, 900)]));
        let mut strata = Strata::default();
        strata.add((0, 5), &known);
        strata.add((1, 5), &unknown);
        strata.add((1, 6), &unknown);
        let spoken_for = strata.reweighted((1, 5), &unknown).expect("the path is known elsewhere");
        assert_eq!((spoken_for.count(), spoken_for.lateness()), (1, 40));
        assert_eq!((spoken_for.credited(), spoken_for.coverage().partial), (1, 0));
        assert_eq!(strata.reweighted((1, 6), &unknown), None);
    }

    #[test]
    fn nothing_is_told_of_nobody_of_few_and_of_what_did_not_say() {
        let told = |journeys, partial, unstated| Coverage { journeys, partial, unstated }.told();
        assert_eq!(told(0, 0, 0), Err(Withheld::NoJourneys));
        assert_eq!(told(10, 0, 10), Err(Withheld::Unstated));
        assert_eq!(told(10, 2, 5), Ok(0.6), "three of the five that say it");
        assert_eq!(told(10, 5, 0), Err(Withheld::FewWhole { share: 0.5 }));
    }

    proptest! {
        #[test]
        fn weeks_together_have_the_mean_of_the_whole_ones(
            weeks in prop::collection::vec(prop::collection::vec((any::<bool>(), 0..5000i64), 1..30), 1..8),
        ) {
            let mut strata = Strata::default();
            let weeks: Vec<Population> = weeks.iter().map(|week| population(week)).collect();
            weeks.iter().for_each(|week| strata.add((0, 0), week));
            let mut before = Population::new();
            weeks.iter().for_each(|week| before.merge(week));
            let mut after = Population::new();
            for week in &weeks {
                match strata.reweighted((0, 0), week) {
                    Some(week) => after.merge(&week),
                    None => prop_assert_eq!(before.charged(), 0),
                }
            }
            if before.charged() > 0 {
                let mean = |all: &Population, of: i64| all.lateness() as f64 / of as f64;
                let off = mean(&after, after.count()) - mean(&before, before.charged());
                prop_assert!(off.abs() <= weeks.len() as f64 / after.count() as f64 + 1e-9);
                let time: i64 = after.time().map(|(_, lost, won)| lost - won).sum();
                prop_assert_eq!(time, after.lateness());
            }
        }
    }
}
