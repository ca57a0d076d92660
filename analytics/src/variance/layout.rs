//! Which cells share a variant, a level within it, or two: worked out once, counted again for
//! every replicate.

use std::collections::BTreeMap;

/// Cells by variant, by level of each factor, and by two factors' levels.
pub(super) struct Layout {
    /// Cells of one variant.
    pub(super) variants: Classes,
    /// For each factor, cells of one variant and level.
    pub(super) within: Vec<Classes>,
    /// For each factor, cells of one level, whatever the variant.
    pub(super) levels: Vec<Classes>,
    /// For each two factors, cells of one variant and one level of each.
    pub(super) pairs: Vec<Pair>,
}

/// Cells in classes.
pub(super) struct Classes {
    /// The class of each cell.
    of: Vec<usize>,
    /// How many classes.
    count: usize,
}

/// Two factors, crossed.
pub(super) struct Pair {
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) classes: Classes,
    /// The classes in [`Layout::within`], of the first factor and of the second, that each class
    /// of the pair belongs to.
    pub(super) parents: Vec<(usize, usize)>,
}

impl Layout {
    /// Of cells given by their variant and one level for each factor.
    pub(super) fn new(factors: usize, cells: &[&(u32, Vec<u32>)]) -> Self {
        let by = |f: usize| cells.iter().map(move |(variant, levels)| (*variant, levels[f]));
        let within: Vec<Classes> = (0..factors).map(|f| classes(by(f)).0).collect();
        let pair = |first: usize, second: usize| {
            let both = within[first].of.iter().zip(&within[second].of).map(|(&i, &j)| (i, j));
            let (classes, parents) = classes(both);
            Pair { first, second, classes, parents }
        };
        let pairs = (0..factors)
            .flat_map(|a| (a + 1..factors).map(move |b| (a, b)))
            .map(|(a, b)| pair(a, b))
            .collect();
        let levels = (0..factors).map(|f| classes(by(f).map(|(_, level)| level)).0).collect();
        let variants = classes(cells.iter().map(|(variant, _)| *variant)).0;
        Self { variants, within, levels, pairs }
    }
}

impl Classes {
    /// Sums a figure over the cells of each class.
    pub(super) fn total(&self, figures: &[f64]) -> Vec<f64> {
        let mut totals = vec![0.0; self.count];
        self.of.iter().zip(figures).for_each(|(&class, &figure)| totals[class] += figure);
        totals
    }

    /// For each cell, the figure of its class.
    pub(super) fn spread<'a>(&'a self, totals: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        self.of.iter().map(|&class| totals[class])
    }
}

/// Numbers the different keys in ascending order: the class of each, and the keys by class.
fn classes<K: Ord + Copy>(keys: impl Iterator<Item = K> + Clone) -> (Classes, Vec<K>) {
    let mut numbers: BTreeMap<K, usize> = keys.clone().map(|key| (key, 0)).collect();
    numbers.values_mut().zip(0..).for_each(|(number, next)| *number = next);
    let of = keys.map(|key| numbers[&key]).collect();
    (Classes { of, count: numbers.len() }, numbers.into_keys().collect())
}
