//! Signs of coached answers: a group whose customers say "ideal" more often than journeys like
//! theirs explain.
//!
//! Whoever begs for the best mark gets it whatever happened, and that shows. Four one-sided signs
//! compare a group of journeys, such as a site's, with all others of the same variant,
//! questionnaire and lateness:
//!
//! 1. [`Sign::Ideal`]: ideal outcomes,
//! 2. [`Sign::DespiteParts`]: ideal outcomes although a part that was asked about lost points,
//! 3. [`Sign::Straight`]: ideal outcomes with every part that was asked about ideal too,
//! 4. [`Sign::Spotless`]: every part that was asked about ideal, whatever the outcome.
//!
//! Each is the statistic of Cochran (1954) and Mantel & Haenszel (1959) over strata of variant,
//! version and lateness, with the continuity correction: `z = (Σ (x − E) − ½) / √Σ V`, where in a
//! stratum of `N` answers, `n` of them the group's, `m` of all `N` show the sign, `x` in the
//! group, `E = n m / N` and `V = n (N − n) m (N − m) / (N² (N − 1))`. A group is flagged at two
//! signs beyond 2.33. Who is told to give the best mark to everything shows 1, 3 and 4; who only
//! gives it to the outcome shows 1 and 2. Simulated groups of 100 answers with 15 in a hundred
//! coached are caught in 84 % (five points) to 89 % (`0-10`) of cases when everything was to be
//! the best, in 52 to 60 % when only the outcome was; 0.6 % of honest groups are flagged
//! (`tests/it/coached.rs`).
//!
//! It is for the organisation alone: it is a fault of its incentives. It cannot see what all
//! groups do alike, and a group that truly is far better than journeys like its own looks the
//! same; so a flag asks, it does not accuse.

use crate::cell::{Cell, SignCounts};
use crate::lateness::Class;
use std::collections::BTreeMap;

/// A sign is seen when it is beyond this: the upper hundredth of the normal distribution.
pub const BEYOND: f64 = 2.33;
/// A group is flagged at so many signs.
pub const FLAGGED_AT: usize = 2;

/// A sign of coached answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// More ideal outcomes.
    Ideal,
    /// More ideal outcomes although a part lost points.
    DespiteParts,
    /// More answers that are ideal throughout.
    Straight,
    /// More answers whose parts are all ideal.
    Spotless,
}

impl Sign {
    /// In the order of the module's list.
    pub const ALL: [Self; 4] = [Self::Ideal, Self::DespiteParts, Self::Straight, Self::Spotless];

    /// Of the answers of a stratum that know the outcome, how many could show the sign, and how
    /// many do.
    fn of(self, known: i64, [ideal, rated, spotless, straight, despite]: SignCounts) -> [f64; 2] {
        let [could, do_show] = match self {
            Self::Ideal => [known, ideal],
            Self::DespiteParts => [rated.wrapping_sub(spotless), despite],
            Self::Straight => [rated, straight],
            Self::Spotless => [rated, spotless],
        };
        [could as f64, do_show as f64]
    }
}

/// A group of journeys and those it is compared with, stratum by stratum.
///
/// ```
/// use relais_analytics::cell::{Cell, Details, Row};
/// use relais_analytics::coached::{Comparison, Sign};
///
/// // Of a hundred answers the group has forty ideal ones, all others twenty in a hundred; the
/// // parts are alike.
/// let cell = |answers: i64, ideal: i64| {
///     let mut cell = Cell::new(1);
///     for i in 0..answers {
///         let outcome = i64::from(i % 100 >= ideal);
///         let row = Row { outcome: Some(outcome), lateness: 0, items: &[Some(i % 3)], time: &[] };
///         let details = Details { channel: Some(0), ..Details::default() };
///         cell.add_with(&row, &details).expect("in range");
///     }
///     cell
/// };
/// let mut comparison = Comparison::new();
/// comparison.group(0, 1, &cell(100, 40));
/// comparison.others(0, 1, &cell(900, 20));
/// let signs = comparison.signs();
/// assert!(signs.z(Sign::Ideal).is_some_and(|z| z > 4.0));
/// assert!(signs.z(Sign::Spotless).is_some_and(|z| z < 1.0));
/// assert!(signs.flagged());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// By variant, version and lateness (`None` where nobody knows the journey): the group's
    /// counts and the others'.
    strata: BTreeMap<(u32, u32, Option<Class>), [GroupCounts; 2]>,
}

/// A group's part of a stratum: its answers that know the outcome, and their counts.
#[derive(Clone, Copy, Debug, Default)]
struct GroupCounts {
    known: i64,
    counts: SignCounts,
}

impl Comparison {
    /// No answers on either side.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds answers of the group, of one variant and version of the questionnaire.
    pub fn group(&mut self, variant: u32, version: u32, cell: &Cell) {
        self.add(0, variant, version, cell);
    }

    /// Adds answers of those it is compared with. They must not be the group's own.
    pub fn others(&mut self, variant: u32, version: u32, cell: &Cell) {
        self.add(1, variant, version, cell);
    }

    fn add(&mut self, side: usize, variant: u32, version: u32, cell: &Cell) {
        for (margin, known, counts) in cell.counts().coached() {
            let stratum = self
                .strata
                .entry((variant, version, margin.map(|margin| margin.class)))
                .or_default();
            let side = &mut stratum[side];
            side.known = side.known.wrapping_add(known);
            side.counts
                .iter_mut()
                .zip(counts)
                .for_each(|(sum, count)| *sum = sum.wrapping_add(count));
        }
    }

    /// The signs of the group.
    pub fn signs(&self) -> Signs {
        Signs(Sign::ALL.map(|sign| self.z(sign)))
    }

    fn z(&self, sign: Sign) -> Option<f64> {
        let (mut above, mut variance) = (0.0, 0.0);
        for stratum in self.strata.values() {
            let [[n, x], others] = stratum.map(|side| sign.of(side.known, side.counts));
            let [all, m] = [n + others[0], x + others[1]];
            if all > 1.0 {
                above += x - n * m / all;
                variance += n * (all - n) * m * (all - m) / (all * all * (all - 1.0));
            }
        }
        (variance > 0.0).then(|| (above - 0.5) / variance.sqrt())
    }
}

/// What the four signs say of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signs([Option<f64>; 4]);

impl Signs {
    /// How far above the others the group is, in standard errors; `None` where nothing can be
    /// compared.
    pub fn z(&self, sign: Sign) -> Option<f64> {
        self.0[sign as usize]
    }

    /// The signs that are seen: those [`BEYOND`] what chance explains.
    pub fn seen(&self) -> impl Iterator<Item = Sign> + '_ {
        Sign::ALL.into_iter().filter(|sign| self.z(*sign).is_some_and(|z| z > BEYOND))
    }

    /// Whether the group is flagged: at least [`FLAGGED_AT`] signs are seen.
    pub fn flagged(&self) -> bool {
        self.seen().count() >= FLAGGED_AT
    }
}
