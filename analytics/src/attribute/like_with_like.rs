//! The reference as it would be with the focus's journeys: its weeks and its variants.
//!
//! A place that opened later in a falling season, or whose journeys take longer variants, has
//! lower means without doing worse. So each of the focus's answers is compared with the
//! reference's of the same week and variant.

use super::plan::Plan;
use super::stratum::Role;
use super::unit_sums::UnitKey;
use crate::cell::{FIRST, LATENESS, OUTCOME};
use std::collections::{BTreeMap, BTreeSet};

/// One side's answers by week, variant and version, and what each replicate group holds of them.
pub(super) struct Blocks {
    keys: BTreeMap<BlockKey, usize>,
    /// The coordinates that a variant has.
    having: BTreeMap<UnitKey, BTreeSet<usize>>,
    /// Sums and counts by coordinate of the fit, block by block; the last coordinate counts the
    /// answers, whether or not their lateness is known.
    whole: Vec<Sum>,
    groups: BTreeMap<i64, Vec<(usize, Sum)>>,
    width: usize,
}

/// A week, and a variant and version.
type BlockKey = (i64, UnitKey);

/// A coordinate's sum over the answers that know it, in points or days.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    sum: f64,
    count: f64,
}

/// The reference's means with the focus's weeks and variants.
pub(super) struct Alike {
    /// By rated element of the plan; `None` where nobody of the reference rated it.
    pub(super) ratings: Vec<Option<f64>>,
    /// Mean lateness over the answers whose variant has the element, 0 for the others.
    pub(super) rating_lateness: Vec<f64>,
    /// `D̄` and `T̄` with the focus's weeks and variants.
    pub(super) outcome: f64,
    pub(super) lateness: f64,
    /// The same with its variants alone.
    pub(super) outcome_by_variant: f64,
    pub(super) lateness_by_variant: f64,
}

impl Blocks {
    /// The blocks of a side.
    pub(super) fn new(plan: &Plan<'_>, side: Role) -> Self {
        let mut blocks = Self {
            keys: BTreeMap::new(),
            having: BTreeMap::new(),
            whole: Vec::new(),
            groups: BTreeMap::new(),
            width: plan.size() + 1,
        };
        let answers = blocks.width - 1;
        for (week, (variant, version), groups) in plan.sample.weeks_of_side(side) {
            let Some(unit) = plan.unit(variant, version) else { continue };
            let own = blocks.having.entry((variant, version)).or_default();
            own.extend(&unit.coordinates);
            let block = blocks.block((week, (variant, version)));
            let coordinates = unit.coordinates.iter().enumerate();
            let known = coordinates.filter(|(_, at)| unit.is_timed || **at != LATENESS);
            let known: Vec<(usize, usize)> =
                known.map(|(i, at)| (i, *at)).chain([(LATENESS, answers)]).collect();
            for (group, marginals) in groups.iter() {
                for &(i, coordinate) in &known {
                    let sum = marginals.sums[i] as f64 * unit.worth[i];
                    let known = Sum { sum, count: marginals.known[i] as f64 };
                    let at = block * blocks.width + coordinate;
                    blocks.whole[at].add(known, 1.0);
                    blocks.groups.entry(group).or_default().push((at, known));
                }
            }
        }
        blocks
    }

    fn block(&mut self, key: BlockKey) -> usize {
        let next = self.keys.len();
        let block = *self.keys.entry(key).or_insert(next);
        self.whole.resize(self.keys.len() * self.width, Sum::default());
        block
    }

    /// Their sums, a replicate group left out where one is named.
    pub(super) fn sums(&self, without: Option<i64>) -> BlockSums<'_> {
        let mut sums = self.whole.clone();
        let gone = without.and_then(|group| self.groups.get(&group));
        gone.into_iter().flatten().for_each(|(at, known)| sums[*at].add(*known, -1.0));
        BlockSums { blocks: self, sums }
    }
}

/// The sums of a side's blocks.
pub(super) struct BlockSums<'a> {
    blocks: &'a Blocks,
    sums: Vec<Sum>,
}

impl BlockSums<'_> {
    fn row(&self, block: usize) -> &[Sum] {
        &self.sums[block * self.blocks.width..][..self.blocks.width]
    }

    /// The blocks by their keys.
    fn all(&self) -> impl Iterator<Item = (BlockKey, &[Sum])> {
        self.blocks.keys.iter().map(|(key, &block)| (*key, self.row(block)))
    }

    /// The blocks that have a key in common, together.
    fn by<K: Ord>(&self, key: impl Fn(BlockKey) -> K) -> BTreeMap<K, Vec<Sum>> {
        let mut together = BTreeMap::new();
        for (block, row) in self.all() {
            let sums = together.entry(key(block)).or_insert_with(|| none(row.len()));
            sums.iter_mut().zip(row).for_each(|(sum, known)| sum.add(*known, 1.0));
        }
        together
    }
}

/// The reference's means, the nearest first.
struct Nearest<'a> {
    blocks: &'a BlockSums<'a>,
    weeks: BTreeMap<(i64, u32), Vec<Sum>>,
    variants: BTreeMap<u32, Vec<Sum>>,
    all: Vec<Sum>,
}

impl<'a> Nearest<'a> {
    fn new(blocks: &'a BlockSums<'a>) -> Self {
        Self {
            weeks: blocks.by(|(week, (variant, _))| (week, variant)),
            variants: blocks.by(|(_, (variant, _))| variant),
            all: blocks.by(|_| ()).remove(&()).unwrap_or_else(|| none(blocks.blocks.width)),
            blocks,
        }
    }

    /// Of the same week, variant and version, else of any version, of any week, of any variant.
    fn mean(&self, (week, unit): BlockKey, at: usize) -> Option<f64> {
        let block = self.blocks.blocks.keys.get(&(week, unit));
        let same = block.and_then(|&block| self.blocks.row(block)[at].mean());
        let version = || self.weeks.get(&(week, unit.0)).and_then(|row| row[at].mean());
        same.or_else(version).or_else(|| self.of_variant(unit.0, at))
    }

    fn of_variant(&self, variant: u32, at: usize) -> Option<f64> {
        let own = self.variants.get(&variant).and_then(|row| row[at].mean());
        own.or_else(|| self.all[at].mean())
    }
}

/// The reference's means with the focus's weeks and variants; `None` where a side has no outcome.
pub(super) fn alike(focus: &BlockSums<'_>, reference: &BlockSums<'_>) -> Option<Alike> {
    let nearest = Nearest::new(reference);
    let own = focus.by(|(_, unit)| unit);
    let width = focus.blocks.width;
    let here = |row: &[Sum]| row[width - 1].count;
    let answers: f64 = own.values().map(|row| here(row)).sum();
    let mut means = vec![(answers > 0.0).then_some(0.0); width - 1];
    let mut by_variant = means.clone();
    let mut late = vec![0.0; width - 1];
    let weekly = weekly(focus, &nearest);
    for (unit, row) in own.iter().filter(|(_, row)| here(row) > 0.0) {
        let share = here(row) / answers;
        let put = |sum: &mut Option<f64>, mean: Option<f64>| {
            *sum = sum.zip(mean).map(|(sum, mean)| sum + share * mean);
        };
        let mean = |at: usize| {
            weekly.get(unit).and_then(|row| row[at].mean()).or(nearest.of_variant(unit.0, at))
        };
        let lateness = mean(LATENESS).unwrap_or(0.0);
        for &at in focus.blocks.having.get(unit).into_iter().flatten() {
            put(&mut means[at], mean(at));
            put(&mut by_variant[at], nearest.of_variant(unit.0, at));
            late[at] += share * lateness;
        }
    }
    Some(Alike {
        outcome: means[OUTCOME]?,
        lateness: means[LATENESS]?,
        outcome_by_variant: by_variant[OUTCOME]?,
        lateness_by_variant: by_variant[LATENESS]?,
        ratings: means.split_off(FIRST),
        rating_lateness: late.split_off(FIRST),
    })
}

/// What the focus's answers would have said in the reference, by variant and version.
fn weekly(focus: &BlockSums<'_>, nearest: &Nearest<'_>) -> BTreeMap<UnitKey, Vec<Sum>> {
    let mut weekly: BTreeMap<UnitKey, Vec<Sum>> = BTreeMap::new();
    for (key, row) in focus.all() {
        let sums = weekly.entry(key.1).or_insert_with(|| none(row.len()));
        for (at, known) in row.iter().enumerate().filter(|(_, known)| known.count > 0.0) {
            if let Some(mean) = nearest.mean(key, at) {
                sums[at].add(Sum { sum: mean * known.count, count: known.count }, 1.0);
            }
        }
    }
    weekly
}

fn none(width: usize) -> Vec<Sum> {
    vec![Sum::default(); width]
}

impl Sum {
    fn add(&mut self, other: Self, sign: f64) {
        self.sum += sign * other.sum;
        self.count += sign * other.count;
    }

    fn mean(self) -> Option<f64> {
        (self.count > 0.0).then(|| self.sum / self.count)
    }
}
