//! Which elements a journey is asked about, as probabilities. The drawing itself is the survey's.
//!
//! With inclusion probabilities `π_k` and `π_kl` known, sums over those who were asked stand for
//! sums over all (Horvitz & Thompson 1952): each is weighted by `1/π`. Every pair of a variant's
//! elements must have `π_kl > 0`.

/// What kind of rated element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A step.
    Step,
    /// A handoff.
    Handoff,
}

/// How the asked elements are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// So many elements, two to five, half of them steps and half handoffs; see [`draws`] for odd
    /// numbers, and for variants that have too few of one kind.
    Drawn {
        /// Elements asked.
        asked: usize,
    },
    /// Unknown (imported answers): probabilities are the observed shares of a variant and version
    /// in the pooled fit.
    Observed,
    /// A simple random choice of so many elements of the variant, or all of them where it has
    /// fewer.
    Simple {
        /// Elements asked.
        asked: usize,
    },
}

/// One way of drawing: so many steps and so many handoffs, each chosen at random without
/// replacement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Draw {
    /// Steps asked.
    pub steps: usize,
    /// Handoffs asked.
    pub handoffs: usize,
    /// The probability of this way.
    pub chance: f64,
}

/// The ways [`Design::Drawn`] draws `asked` elements from a variant with so many steps and
/// handoffs: the survey picks one by its chance, then that many steps and handoffs at random.
/// Chances add up to 1.
///
/// As many steps as handoffs; of an odd number one more of either, with equal chance; of two, two
/// of one kind as often as one of each, since every pair of elements must be asked together now and
/// then. What a variant has too few of is made up from the other kind, and of a variant that has no
/// more than `asked` elements all are asked.
///
/// ```
/// use relais_analytics::design::draws;
///
/// let ways = |steps, handoffs, asked| -> Vec<_> {
///     draws(steps, handoffs, asked).iter().map(|d| (d.steps, d.handoffs, d.chance)).collect()
/// };
/// assert_eq!(ways(4, 3, 3), [(2, 1, 0.5), (1, 2, 0.5)]);
/// assert_eq!(ways(4, 3, 2), [(2, 0, 0.25), (1, 1, 0.5), (0, 2, 0.25)]);
/// assert_eq!(ways(4, 1, 3), [(2, 1, 1.0)]);
/// ```
pub fn draws(steps: usize, handoffs: usize, asked: usize) -> Vec<Draw> {
    if steps + handoffs <= asked {
        return vec![Draw { steps, handoffs, chance: 1.0 }];
    }
    let (more, fewer) = (asked.div_ceil(2), asked / 2);
    let wished = match asked {
        2 => vec![(2, 0.25), (1, 0.5), (0, 0.25)],
        _ if more == fewer => vec![(more, 1.0)],
        _ => vec![(more, 0.5), (fewer, 0.5)],
    };
    let mut ways: Vec<Draw> = Vec::new();
    for (wished, chance) in wished {
        let few_handoffs = asked.saturating_sub(wished).min(handoffs);
        let drawn = (asked - few_handoffs).min(steps);
        match ways.iter_mut().find(|way| way.steps == drawn) {
            Some(way) => way.chance += chance,
            None => ways.push(Draw { steps: drawn, handoffs: asked - drawn, chance }),
        }
    }
    ways
}

/// A design that never asks some pair of a variant's elements together (or, twice the same, some
/// element at all).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the design never asks elements {0} and {1} of the variant together")]
pub struct DesignError(pub usize, pub usize);

impl Design {
    /// Three elements, which is short enough for two minutes and long enough for handoffs.
    pub const THREE: Self = Self::Drawn { asked: 3 };

    /// `π_kl` of a variant's elements, `π_kk = π_k`; `None` for [`Design::Observed`], whose shares
    /// come from the fit.
    ///
    /// # Errors
    /// [`DesignError`] names a pair that is never asked together: such a design is refused.
    pub fn inclusion(&self, elements: &[Kind]) -> Result<Option<Inclusion>, DesignError> {
        let chance: Box<dyn Fn(usize, usize) -> f64> = match *self {
            Self::Observed => return Ok(None),
            Self::Simple { asked } => Box::new(move |k, l| together(elements.len(), asked, k == l)),
            Self::Drawn { asked } => Box::new(move |k, l| drawn(elements, asked, k, l)),
        };
        let inclusion = Inclusion::new(elements.len(), chance);
        match inclusion.missing() {
            Some((k, l)) => Err(DesignError(k, l)),
            None => Ok(Some(inclusion)),
        }
    }
}

/// The inclusion probabilities of a variant's elements.
#[derive(Clone, Debug, PartialEq)]
pub struct Inclusion {
    size: usize,
    chances: Vec<f64>,
}

impl Inclusion {
    pub(crate) fn new(size: usize, chance: impl Fn(usize, usize) -> f64) -> Self {
        let chances = (0..size * size).map(|i| chance(i / size, i % size)).collect();
        Self { size, chances }
    }

    /// The probability that elements `k` and `l` of the variant are asked together; of `k` at all
    /// where `l = k`.
    ///
    /// # Panics
    /// Where the variant has no such element.
    pub fn pair(&self, k: usize, l: usize) -> f64 {
        self.chances[k * self.size + l]
    }

    fn missing(&self) -> Option<(usize, usize)> {
        let first = self.chances.iter().position(|&chance| chance <= 0.0)?;
        Some((first / self.size, first % self.size))
    }
}

/// The chance that one given element, or two, are among `asked` of `size` chosen at random.
fn together(size: usize, asked: usize, same: bool) -> f64 {
    let (size, asked) = (size as f64, asked.min(size) as f64);
    let one = asked / size;
    if same { one } else { one * (asked - 1.0) / (size - 1.0) }
}

/// The chance that elements `k` and `l` are asked together under [`Design::Drawn`].
fn drawn(elements: &[Kind], asked: usize, k: usize, l: usize) -> f64 {
    let of = |kind| elements.iter().filter(|&&e| e == kind).count();
    let (steps, handoffs) = (of(Kind::Step), of(Kind::Handoff));
    let within = |draw: &Draw, kind, same| match kind {
        Kind::Step => together(steps, draw.steps, same),
        Kind::Handoff => together(handoffs, draw.handoffs, same),
    };
    let chance = |draw: &Draw| {
        let joint = if elements[k] == elements[l] {
            within(draw, elements[k], k == l)
        } else {
            within(draw, elements[k], true) * within(draw, elements[l], true)
        };
        draw.chance * joint
    };
    draws(steps, handoffs, asked).iter().map(chance).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Kind::{Handoff, Step};

    fn elements(steps: usize, handoffs: usize) -> Vec<Kind> {
        [vec![Step; steps], vec![Handoff; handoffs]].concat()
    }

    #[test]
    fn every_pair_of_every_variant_can_be_asked_together() {
        let variants = (0..=20).flat_map(|s| (0..=20).map(move |h| (s, h)));
        for (number, (steps, handoffs)) in
            (2..=5).flat_map(|n| variants.clone().map(move |v| (n, v)))
        {
            let all = elements(steps, handoffs);
            let design = Design::Drawn { asked: number };
            let inclusion =
                design.inclusion(&all).expect("no pair is missing").expect("it is known");
            let asked: f64 = (0..all.len()).map(|k| inclusion.pair(k, k)).sum();
            assert!(
                (asked - all.len().min(number) as f64).abs() < 1e-12,
                "{number} of {steps} steps, {handoffs} handoffs: {asked}"
            );
            for k in 0..all.len() {
                // Given that k is asked, the others asked number one fewer: the pairs tell.
                let others: f64 =
                    (0..all.len()).filter(|&l| l != k).map(|l| inclusion.pair(k, l)).sum();
                assert!(
                    (others - inclusion.pair(k, k) * (all.len().min(number) as f64 - 1.0)).abs()
                        < 1e-12
                );
            }
        }
    }

    #[test]
    fn three_of_four_steps_and_three_handoffs() {
        let inclusion = Design::THREE.inclusion(&elements(4, 3)).expect("possible").expect("known");
        assert!((inclusion.pair(0, 0) - (0.5 * 2.0 / 4.0 + 0.5 / 4.0)).abs() < 1e-12);
        assert!((inclusion.pair(0, 1) - 0.5 / 6.0).abs() < 1e-12);
        assert!((inclusion.pair(4, 5) - 0.5 / 3.0).abs() < 1e-12);
        assert!((inclusion.pair(0, 4) - (0.5 * 0.5 / 3.0 + 0.5 * 0.25 * 2.0 / 3.0)).abs() < 1e-12);
    }

    #[test]
    fn a_design_that_leaves_a_pair_out_is_refused() {
        let one = Design::Simple { asked: 1 };
        assert_eq!(one.inclusion(&elements(2, 0)), Err(DesignError(0, 1)));
        assert_eq!(Design::Simple { asked: 0 }.inclusion(&elements(1, 0)), Err(DesignError(0, 0)));
        assert!(one.inclusion(&elements(1, 0)).is_ok());
        assert_eq!(Design::Observed.inclusion(&elements(2, 0)), Ok(None));
    }
}
