//! Slips of journeys: what each lost and won of a journey's lateness, and what they are worth
//! beside those of all journeys of the same path.

use std::collections::BTreeSet;

use relais_analytics::lateness::share_out;
use relais_analytics::swap::Reference;
use rustc_hash::FxHashMap;

use super::key::Key;

/// Minutes by element, for as few elements as a journey has.
#[derive(Clone, Debug, Default)]
pub(super) struct Slips(Vec<(u16, i64)>);

impl Slips {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, place: u16, minutes: i64) {
        match self.0.iter_mut().find(|(known, _)| *known == place) {
            Some((_, slip)) => *slip += minutes,
            None => self.0.push((place, minutes)),
        }
    }

    /// What could cost time, whether it did or not.
    pub(super) fn places(&self) -> impl Iterator<Item = u16> {
        self.0.iter().map(|(place, _)| *place)
    }

    /// Lateness felt, and what each element lost and won of it.
    pub(super) fn share_out(&self, buffer: i64) -> (i64, Vec<(u16, i64, i64)>) {
        let minutes: Vec<i64> = self.0.iter().map(|(_, minutes)| *minutes).collect();
        let shares = share_out(&minutes, buffer);
        let shared = self.0.iter().zip(shares.lost.iter().zip(&shares.won));
        let time = shared.map(|((place, _), (lost, won))| (*place, *lost, *won));
        (shares.felt, time.filter(|(_, lost, won)| (*lost, *won) != (0, 0)).collect())
    }

    fn of(&self, places: &[u16]) -> Vec<i64> {
        let minutes = |place: &u16| self.0.iter().find(|(at, _)| at == place).map_or(0, |at| at.1);
        places.iter().map(minutes).collect()
    }
}

/// The slips of a release's journeys, by variant: a slip's worth is known when all are there.
#[derive(Debug, Default)]
pub(super) struct PathSlips(FxHashMap<i32, Vec<(Key, Slips)>>);

impl PathSlips {
    /// Adds a journey whose timings are whole.
    pub(super) fn add(&mut self, key: Key, slips: &Slips) {
        self.0.entry(key.variant).or_default().push((key, slips.clone()));
    }

    /// Tells what the slips of each journey are credited with, in parts of a minute by element.
    pub(super) fn credit(self, buffer: i64, mut tell: impl FnMut(&Key, &[(u16, i64)])) {
        for journeys in self.0.into_values() {
            // What nobody lost or won anything at is worth nothing.
            let slips = journeys.iter().flat_map(|(_, slips)| &slips.0);
            let places: BTreeSet<u16> =
                slips.filter(|(_, minutes)| *minutes != 0).map(|(place, _)| *place).collect();
            let places: Vec<u16> = places.into_iter().collect();
            let rows: Vec<Vec<i64>> = journeys.iter().map(|(_, slips)| slips.of(&places)).collect();
            let Some(reference) = Reference::new(&rows, buffer) else { continue };
            // Most journeys are on time, and so alike.
            let mut known: FxHashMap<&[i64], Vec<(u16, i64)>> = FxHashMap::default();
            for ((key, _), row) in journeys.iter().zip(&rows) {
                let credits = known.entry(row).or_insert_with(|| {
                    let credits = places.iter().copied().zip(reference.credit(row));
                    credits.filter(|(_, credit)| *credit != 0).collect()
                });
                tell(key, credits);
            }
        }
    }
}
