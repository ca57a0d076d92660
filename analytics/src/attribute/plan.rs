//! What stays the same whichever replicate group is left out: coordinates, scales and designs.

use super::sample::Sample;
use super::strata::Closed;
use super::unit_sums::UnitKey;
use crate::Position;
use crate::cell::{FIRST, LATENESS, OUTCOME, common_range};
use crate::design::{Inclusion, Kind};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Minutes in the unit of lateness: slopes are points a day.
const DAY: f64 = 1440.0;
/// Results are on 0 to 100.
const FULL: f64 = 100.0;

/// The coordinates of a fit.
pub(crate) struct Plan<'a> {
    pub(crate) sample: &'a Sample,
    /// The rated elements of all variants; coordinate [`FIRST`]` + k` of the fit is `rated[k]`.
    pub(crate) rated: Vec<Position>,
    /// Every element that is reported, rated or timed.
    pub(crate) positions: Vec<Position>,
    /// What the strata bring.
    pub(crate) strata: Cow<'a, Closed>,
    units: BTreeMap<UnitKey, Unit>,
}

/// A variant under a questionnaire version: how its cells read.
pub(crate) struct Unit {
    /// The fit's coordinate of each of the cell's.
    pub(crate) coordinates: Vec<usize>,
    /// What one raw unit of each of the cell's coordinates is worth: points, or days of lateness.
    pub(crate) worth: Vec<f64>,
    /// What the unit common to all its elements is worth, in points; `None` where their scales have
    /// none.
    pub(crate) common: Option<f64>,
    /// Whether the lateness of its journeys is known.
    pub(crate) is_timed: bool,
    /// The probabilities of being asked; `None` where they are the observed shares.
    pub(crate) inclusion: Option<Inclusion>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(sample: &'a Sample) -> Self {
        let rated: BTreeSet<Position> =
            sample.variants.values().flatten().map(|rated| rated.position).collect();
        let positions = rated.union(&sample.timed).copied().collect();
        let rated: Vec<Position> = rated.into_iter().collect();
        let strata = sample.strata.all();
        let units = strata
            .units
            .keys()
            .filter_map(|key| Some((*key, unit(sample, &rated, *key)?)))
            .collect();
        Self { sample, rated, positions, strata, units }
    }

    /// The size of the fit's matrices.
    pub(crate) fn size(&self) -> usize {
        FIRST + self.rated.len()
    }

    /// How the cells of a variant and version read.
    pub(super) fn unit(&self, variant: u32, version: u32) -> Option<&Unit> {
        self.units.get(&(variant, version))
    }

    /// The replicate groups that hold answers.
    pub(crate) fn groups(&self) -> Vec<i64> {
        self.strata.changes.keys().copied().collect()
    }

    /// The fit's coordinate of a rated element.
    pub(crate) fn coordinate(&self, position: Position) -> Option<usize> {
        self.rated.binary_search(&position).ok().map(|k| FIRST + k)
    }
}

fn unit(sample: &Sample, rated: &[Position], (variant, version): UnitKey) -> Option<Unit> {
    let elements = sample.variants.get(&variant)?;
    let (scale, design) = sample.versions.get(&version)?;
    let kinds: Vec<Kind> = elements.iter().map(|element| element.kind).collect();
    let mut coordinates = vec![OUTCOME, LATENESS];
    for element in elements {
        coordinates.push(FIRST + rated.binary_search(&element.position).ok()?);
    }
    let mut worth = vec![FULL / scale.outcome as f64, 1.0 / DAY];
    worth.extend(kinds.iter().map(|kind| FULL / scale.of(*kind) as f64));
    let common = common_range(&scale.ranges(elements)).map(|range| FULL / range as f64);
    let is_timed = !sample.of_unknown_lateness.contains(&version);
    Some(Unit { coordinates, worth, common, is_timed, inclusion: design.inclusion(&kinds).ok()? })
}

/// Minutes as days.
pub(crate) fn days(minutes: f64) -> f64 {
    minutes / DAY
}
