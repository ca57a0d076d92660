//! What a fit is made from: cells summed by stratum, side and replicate group.

use super::grouped::{Grouped, Groups, Journeys, Marginals, Replicates};
use super::strata::Strata;
use super::stratum::{RatedElement, Role, Scale, Stratum};
use super::unit_sums::UnitKey;
use crate::Position;
use crate::cell::{Cell, MOST_ELEMENTS, Population, Thirds, factors};
use crate::design::{Design, DesignError, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// So many replicates are one week.
const THIRDS_OF_A_WEEK: i64 = 3;

/// Why something cannot enter a sample.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// A variant that was not declared.
    #[error("variant {0} was not declared")]
    Variant(u32),
    /// A version that was not declared.
    #[error("questionnaire version {0} was not declared")]
    Version(u32),
    /// A cell over another number of elements than its variant has.
    #[error("variant {variant} has {expected} elements and the cell {found}")]
    Elements {
        /// The variant.
        variant: u32,
        /// Its elements.
        expected: usize,
        /// The cell's.
        found: usize,
    },
    /// A scale without a range.
    #[error("questionnaire version {0} has a scale without a range")]
    Scale(u32),
    /// A variant that names an element twice, or more than [`MOST_ELEMENTS`].
    #[error("variant {0} names an element twice, or more than {MOST_ELEMENTS}")]
    Twice(u32),
    /// A variant or version declared a second time in another way.
    #[error("number {0} was declared before, in another way")]
    Redeclared(u32),
    /// A place whose strata are closed.
    #[error("place {0} is closed: it takes no further cells")]
    Closed(u32),
    /// A design that leaves a pair out.
    #[error("variant {variant} under version {version}: {source}")]
    Design {
        /// The variant.
        variant: u32,
        /// The version.
        version: u32,
        /// The pair.
        source: DesignError,
    },
}

/// Everything a fit needs, added cell by cell in any order. No cell is kept: memory grows with the
/// strata and with at most [`MAXIMUM_GROUPS`](super::MAXIMUM_GROUPS) replicate groups in each, and
/// sums stay integers, so that the order of adding leaves no trace. Whoever adds place by place
/// and [closes](Self::close) each keeps only the strata of one.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    pub(super) variants: BTreeMap<u32, Vec<RatedElement>>,
    pub(super) versions: BTreeMap<u32, (Scale, Design)>,
    /// Versions whose answers are about journeys of unknown lateness.
    pub(super) of_unknown_lateness: BTreeSet<u32>,
    pub(super) timed: BTreeSet<Position>,
    replicates: Replicates,
    pub(super) strata: Strata,
    /// None for [`Role::Other`], whose cells serve the pooled fit alone.
    sides: BTreeMap<(Role, UnitKey), Grouped<Marginals>>,
    /// The same week by week, without times: contrasts compare like with like.
    weeks: BTreeMap<(Role, i64, UnitKey), Groups<Marginals>>,
    pub(super) populations: BTreeMap<Role, Grouped<Journeys>>,
    /// By variant and version, how many common units a step of each item's scale is.
    factors: BTreeMap<UnitKey, Option<Vec<i64>>>,
    lacks_thirds: bool,
    /// Whether delays are part of no figure.
    pub(super) withholds_delays: bool,
}

impl Sample {
    /// An empty sample.
    pub fn new() -> Self {
        Self::default()
    }

    /// Declares a variant and its rated elements, in the order in which its cells hold them.
    ///
    /// # Errors
    /// [`SampleError::Twice`], or [`SampleError::Redeclared`] when the number means another
    /// variant already.
    pub fn variant(&mut self, number: u32, elements: Vec<RatedElement>) -> Result<(), SampleError> {
        let distinct: BTreeSet<Position> = elements.iter().map(|rated| rated.position).collect();
        if distinct.len() != elements.len() || elements.len() > MOST_ELEMENTS {
            return Err(SampleError::Twice(number));
        }
        declare(&mut self.variants, number, elements)
    }

    /// Declares a questionnaire version.
    ///
    /// # Errors
    /// [`SampleError::Scale`] unless all three ranges are above 0, or [`SampleError::Redeclared`].
    pub fn version(
        &mut self,
        number: u32,
        scale: Scale,
        design: Design,
    ) -> Result<(), SampleError> {
        if scale.outcome.min(scale.step).min(scale.handoff) <= 0 {
            return Err(SampleError::Scale(number));
        }
        declare(&mut self.versions, number, (scale, design))
    }

    /// Says that the answers of a version are about journeys that nobody knows the lateness of:
    /// they are taken to be as late as the other answers of their variant, and say nothing of what
    /// a day costs. Whoever sums them writes 0, and a questionnaire whose answers are about both
    /// kinds has two numbers.
    ///
    /// ```
    /// use relais_analytics::attribute::{Role, Sample, Scale, Stratum};
    /// use relais_analytics::cell::{Cell, Row};
    /// use relais_analytics::design::Design;
    /// use relais_analytics::{Options, attribute};
    ///
    /// // Four answers: two whose journeys were two days late, and two of unknown lateness.
    /// let mut sample = Sample::new();
    /// sample.variant(1, Vec::new())?;
    /// for (version, lateness) in [(1, 2 * 1440), (2, 0)] {
    ///     sample.version(version, Scale::same(10, 10), Design::Simple { asked: 1 })?;
    ///     let mut cell = Cell::new(0);
    ///     let row = Row { outcome: Some(4), lateness, items: &[], time: &[] };
    ///     cell.add(&row).expect("in range");
    ///     cell.add(&row).expect("in range");
    ///     sample.add(Role::Focus, Stratum { place: 0, variant: 1, version }, 0, &cell)?;
    /// }
    /// sample.of_unknown_lateness(2);
    /// assert_eq!(attribute(&sample, &Options::default()).responses, 4);
    /// # Ok::<(), relais_analytics::attribute::SampleError>(())
    /// ```
    pub fn of_unknown_lateness(&mut self, version: u32) {
        self.of_unknown_lateness.insert(version);
    }

    /// Names a timed element (promise, or handoff with a wait), so that it is reported even where
    /// it lost nothing.
    pub fn timed(&mut self, position: Position) {
        self.timed.insert(position);
    }

    /// Adds a cell of answers of a replicate group: three times the number of its week, and which
    /// third of the week (Monday and Tuesday, Wednesday and Thursday, Friday to Sunday).
    ///
    /// # Errors
    /// [`SampleError`] when variant, version, shape or design do not fit, or the place is closed;
    /// the sample is then unchanged.
    pub fn add(
        &mut self,
        side: Role,
        stratum: Stratum,
        replicate: i64,
        cell: &Cell,
    ) -> Result<(), SampleError> {
        self.check(stratum, cell)?;
        let group = self.group(replicate);
        self.timed.extend(cell.times().iter().map(|(position, _)| position));
        self.note_thirds(stratum, cell);
        self.strata.add(stratum, group, cell);
        self.put(side, (stratum.variant, stratum.version), replicate, cell);
        Ok(())
    }

    /// Adds a cell of all journeys of a replicate group.
    pub fn add_population(&mut self, side: Role, replicate: i64, population: &Population) {
        let group = self.group(replicate);
        self.timed.extend(population.times().iter().map(|(position, _)| position));
        self.put_population(side, group, population);
    }

    /// Takes all journeys out again, answered or not.
    pub fn forget_populations(&mut self) {
        self.populations.clear();
    }

    /// Says that too few timings are whole for any delay to be told
    /// ([`Withheld`](crate::timings::Withheld)): what lateness costs is then part of what is not
    /// traced, and levels are those of the answers, not calibrated.
    pub fn withhold_delays(&mut self) {
        self.withholds_delays = true;
    }

    /// Says that no further cell of any place up to and with this one comes. Once the replicate
    /// groups are as many as they may be, such places are only kept as what they bring to the fit,
    /// so that memory does not grow with them.
    pub fn close(&mut self, place: u32) {
        if self.replicates.are_hashed() {
            self.strata.close(place);
        }
    }

    /// Says that no further cell of any place comes. From then on sides only [move](Self::turn).
    pub fn close_all(&mut self) {
        self.strata.close(u32::MAX);
    }

    /// Moves a cell that was added on one side to another. The pooled fit is of all sides and
    /// stays as it is, so that one sample serves the reports about all of its groups.
    pub fn turn(
        &mut self,
        (from, to): (Role, Role),
        unit: (u32, u32),
        replicate: i64,
        cell: &Cell,
    ) {
        let group = self.replicates.group(replicate);
        if let Some(grouped) = self.sides.get_mut(&(from, unit)) {
            grouped.take(group, &Marginals::of(cell));
        }
        if let Some(groups) = self.weeks.get_mut(&(from, week(replicate), unit)) {
            groups.take(group, &Marginals::without_time(cell));
        }
        self.put(to, unit, replicate, cell);
    }

    /// The same of all journeys.
    pub fn turn_population(
        &mut self,
        (from, to): (Role, Role),
        replicate: i64,
        population: &Population,
    ) {
        let group = self.replicates.group(replicate);
        if let Some(grouped) = self.populations.get_mut(&from) {
            grouped.take(group, &Journeys::of(population));
        }
        self.put_population(to, group, population);
    }

    /// Moves everything on one side to another, on which there is nothing yet.
    pub fn turn_all(&mut self, from: Role, to: Role) {
        let sides = std::mem::take(&mut self.sides).into_iter();
        self.sides = sides
            .filter_map(|((side, unit), grouped)| {
                let side = if side == from { to } else { side };
                (side != Role::Other).then_some(((side, unit), grouped))
            })
            .collect();
        let weeks = std::mem::take(&mut self.weeks).into_iter();
        self.weeks = weeks
            .filter_map(|((side, week, unit), grouped)| {
                let side = if side == from { to } else { side };
                (side != Role::Other).then_some(((side, week, unit), grouped))
            })
            .collect();
        let journeys = self.populations.remove(&from).filter(|_| to != Role::Other);
        self.populations.extend(journeys.map(|journeys| (to, journeys)));
    }

    /// Whether some answers were summed without third moments, or in another unit than their
    /// version's: then no size of a rated effect can be told of all.
    pub(super) fn lacks_thirds(&self) -> bool {
        self.lacks_thirds
    }

    fn note_thirds(&mut self, stratum: Stratum, cell: &Cell) {
        let Stratum { variant, version, .. } = stratum;
        let (variants, versions) = (&self.variants, &self.versions);
        let expected = self.factors.entry((variant, version)).or_insert_with(|| {
            let (elements, (scale, _)) = variants.get(&variant).zip(versions.get(&version))?;
            factors(&scale.ranges(elements))
        });
        let held = cell.thirds().map(Thirds::factors);
        let fits = held.zip(expected.as_deref()).is_some_and(|(held, expected)| held == expected);
        self.lacks_thirds |= cell.count() != 0 && !fits;
    }

    fn put(&mut self, side: Role, unit: UnitKey, replicate: i64, cell: &Cell) {
        if side != Role::Other {
            let group = self.replicates.group(replicate);
            let own = Marginals::of(cell);
            let weekly = self.weeks.entry((side, week(replicate), unit)).or_default();
            match weekly.get_mut(group) {
                Some(sums) => sums.add_answers(&own),
                None => weekly.add(group, Marginals::without_time(cell)),
            }
            let grouped = self.sides.entry((side, unit));
            let new = || Grouped::new(Marginals::new(cell.moments().size()));
            grouped.or_insert_with(new).add(group, own);
        }
    }

    fn put_population(&mut self, side: Role, group: i64, population: &Population) {
        if side != Role::Other {
            let grouped = self.populations.entry(side);
            grouped
                .or_insert_with(|| Grouped::new(Journeys::default()))
                .add(group, Journeys::of(population));
        }
    }

    /// One side's answers by variant and version.
    pub(super) fn of_side(
        &self,
        side: Role,
    ) -> impl Iterator<Item = (UnitKey, &Grouped<Marginals>)> {
        let range = (side, (0, 0))..=(side, (u32::MAX, u32::MAX));
        self.sides.range(range).map(|(&(_, unit), grouped)| (unit, grouped))
    }

    /// One side's answers by week, variant and version.
    pub(super) fn weeks_of_side(
        &self,
        side: Role,
    ) -> impl Iterator<Item = (i64, UnitKey, &Groups<Marginals>)> {
        let range = (side, i64::MIN, (0, 0))..=(side, i64::MAX, (u32::MAX, u32::MAX));
        self.weeks.range(range).map(|(&(_, week, unit), grouped)| (week, unit, grouped))
    }

    fn check(&self, stratum: Stratum, cell: &Cell) -> Result<(), SampleError> {
        let Stratum { place, variant, version } = stratum;
        if self.strata.is_closed(place) {
            return Err(SampleError::Closed(place));
        }
        let elements = self.variants.get(&variant).ok_or(SampleError::Variant(variant))?;
        let (_, design) = self.versions.get(&version).ok_or(SampleError::Version(version))?;
        if elements.len() != cell.elements() {
            return Err(SampleError::Elements {
                variant,
                expected: elements.len(),
                found: cell.elements(),
            });
        }
        if self.strata.is_open(stratum) {
            return Ok(());
        }
        let kinds: Vec<Kind> = elements.iter().map(|rated| rated.kind).collect();
        match design.inclusion(&kinds) {
            Ok(_) => Ok(()),
            Err(source) => Err(SampleError::Design { variant, version, source }),
        }
    }

    /// The group that a replicate counts in; the first one too many hashes all of them down.
    fn group(&mut self, replicate: i64) -> i64 {
        if self.replicates.overflow(replicate) {
            self.strata.hash();
            self.sides.values_mut().for_each(Grouped::hash);
            self.weeks.values_mut().for_each(Groups::hash);
            self.populations.values_mut().for_each(Grouped::hash);
        }
        self.replicates.group(replicate)
    }
}

/// The week of a replicate: a third of an ISO week, numbered on and on.
fn week(replicate: i64) -> i64 {
    replicate.div_euclid(THIRDS_OF_A_WEEK)
}

/// Keeps a declaration; saying the same again is fine.
fn declare<T: PartialEq>(
    known: &mut BTreeMap<u32, T>,
    number: u32,
    value: T,
) -> Result<(), SampleError> {
    match known.get(&number) {
        Some(before) if *before != value => Err(SampleError::Redeclared(number)),
        _ => {
            known.insert(number, value);
            Ok(())
        }
    }
}
