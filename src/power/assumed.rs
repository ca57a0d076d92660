//! The noise of a place whose answers are not there yet, or too few: from what goes through it and
//! the rate of answers.

use std::collections::{BTreeMap, BTreeSet};

use relais_analytics::power::{Assumption, Noise, Path, RATED_SPREAD, TIMED_SPREAD};

use super::{Assumed, QUARTER, Volume};
use crate::error::Result;
use crate::organisation::Site;
use crate::privacy::Place;
use crate::publication::Published;
use crate::publication::traffic::{LogTraffic, SitePath};
use crate::survey::wording::USUAL_PARTS;

/// What goes through a place and the rest of the network in a week, by path.
pub(super) struct PlaceTraffic {
    paths: Vec<Path>,
}

impl PlaceTraffic {
    /// What the log says of a place.
    pub(super) fn of_log(log: &LogTraffic, place: &Place, sites: &[Site]) -> Self {
        let a_week = |path: &SitePath| path.journeys / f64::from(log.weeks);
        let mut paths: BTreeMap<(&[u16], &[u16]), [f64; 2]> = BTreeMap::new();
        for path in &log.paths {
            let key = (path.rated.as_slice(), path.timed.as_slice());
            let side = usize::from(!is_in(path.site.as_deref(), place, sites));
            paths.entry(key).or_default()[side] += a_week(path);
        }
        let path = |((rated, timed), [focus, rest]): ((&[u16], &[u16]), [f64; 2])| Path {
            focus,
            rest,
            rated: rated.to_vec(),
            timed: timed.to_vec(),
        };
        Self { paths: paths.into_iter().map(path).collect() }.on_both_sides()
    }

    /// What was released of a place; elsewhere journeys take the same paths as often. `told` are
    /// the positions that may be told of.
    pub(super) fn of_releases(
        published: &Published,
        place: &Place,
        (here, rest): (f64, f64),
        told: &BTreeSet<u16>,
    ) -> Result<Self> {
        let mut counts: BTreeMap<i32, (f64, BTreeSet<u16>)> = BTreeMap::new();
        for cell in published.journeys(|atom| published.is_in(atom, place)) {
            let cell = cell?;
            let (count, timed) = counts.entry(cell.variant).or_default();
            *count += cell.state.count() as f64;
            timed.extend(cell.state.promises().map(|(position, ..)| position));
        }
        let all: f64 = counts.values().map(|(count, _)| count).sum();
        let is_told = |position: &&u16| told.contains(*position);
        let path = |(variant, (count, timed)): (&i32, &(f64, BTreeSet<u16>))| {
            let rated = published.variants.get(variant).into_iter().flatten();
            let share = count / all.max(1.0);
            Path {
                focus: here * share / f64::from(QUARTER),
                rest: rest * share / f64::from(QUARTER),
                rated: rated.filter(is_told).copied().collect(),
                timed: timed.iter().filter(is_told).copied().collect(),
            }
        };
        Ok(Self { paths: counts.iter().map(path).collect() }.on_both_sides())
    }

    /// The noise of a quarter; `None` without journeys on both sides.
    pub(super) fn noise(self, assumed: Assumed) -> Option<Noise> {
        Noise::assumed(&Assumption {
            paths: self.paths,
            weeks: QUARTER,
            response: assumed.response,
            asked: assumed.asked,
            rated_spread: RATED_SPREAD,
            timed_spread: TIMED_SPREAD,
        })
    }

    /// What a quarter brings, at the place and elsewhere.
    pub(super) fn volumes(&self, response: f64) -> [Volume; 2] {
        let of = |side: fn(&Path) -> f64| {
            let journeys = self.paths.iter().map(side).sum::<f64>() * f64::from(QUARTER);
            Volume { journeys, answers: journeys * response }
        };
        [of(|path| path.focus), of(|path| path.rest)]
    }

    /// The positions of what is not only timed.
    pub(super) fn positions(&self) -> BTreeSet<u16> {
        self.paths.iter().flat_map(|path| path.rated.iter().chain(&path.timed)).copied().collect()
    }

    /// Without the elements that only one of the sides has: nobody can compare them. What is both
    /// rated and timed is rated.
    fn on_both_sides(mut self) -> Self {
        let mut sides: BTreeMap<u16, [f64; 2]> = BTreeMap::new();
        let rated: BTreeSet<u16> =
            self.paths.iter().flat_map(|path| path.rated.iter().copied()).collect();
        for path in &self.paths {
            for position in path.rated.iter().chain(&path.timed) {
                let [focus, rest] = sides.entry(*position).or_default();
                *focus += path.focus;
                *rest += path.rest;
            }
        }
        let both = |position: &u16| sides[position].iter().all(|count| *count > 0.0);
        for path in &mut self.paths {
            path.rated.retain(both);
            path.timed.retain(|position| both(position) && !rated.contains(position));
        }
        self
    }
}

/// About how many parts customers were asked about.
pub(super) fn parts_asked(asked: u64, answers: u64) -> usize {
    let mean = asked as f64 / answers.max(1) as f64;
    if mean > 0.0 { (mean.round() as usize).max(1) } else { USUAL_PARTS }
}

fn is_in(site: Option<&str>, place: &Place, sites: &[Site]) -> bool {
    match place {
        Place::Network => true,
        Place::Site(code) => site == Some(code.as_str()),
        Place::Region(region) => sites.iter().any(|known| {
            site == Some(known.code.as_str()) && known.region.as_ref() == Some(region)
        }),
    }
}
