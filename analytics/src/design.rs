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
    /// Three elements: two steps and one handoff, or one step and two handoffs, with equal chance.
    /// See [`draws`] for variants that have too few of one kind.
    Three,
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

/// The ways [`Design::Three`] draws from a variant with so many steps and handoffs: the survey
/// picks one by its chance, then that many steps and handoffs at random. Chances add up to 1.
///
/// Two steps and one handoff, or one step and two handoffs, with equal chance; only the first way
/// where there is one handoff, only the second where there is one step; three of the one kind
/// where the other is missing; and simply all of a variant that has three elements or fewer. So
/// every pair can be asked together in every variant.
///
/// ```
/// use relais_analytics::design::draws;
///
/// let usual = draws(4, 3);
/// let drawn: Vec<_> = usual.iter().map(|d| (d.steps, d.handoffs, d.chance)).collect();
/// assert_eq!(drawn, [(2, 1, 0.5), (1, 2, 0.5)]);
/// assert_eq!(draws(2, 1).len(), 1);
/// ```
pub fn draws(steps: usize, handoffs: usize) -> Vec<Draw> {
    let certain = |steps, handoffs| vec![Draw { steps, handoffs, chance: 1.0 }];
    match (steps, handoffs) {
        (s, h) if s + h <= 3 => certain(s, h),
        (_, 0) => certain(3, 0),
        (0, _) => certain(0, 3),
        (_, 1) => certain(2, 1),
        (1, _) => certain(1, 2),
        _ => vec![
            Draw { steps: 2, handoffs: 1, chance: 0.5 },
            Draw { steps: 1, handoffs: 2, chance: 0.5 },
        ],
    }
}

/// A design that never asks some pair of a variant's elements together (or, twice the same, some
/// element at all).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the design never asks elements {0} and {1} of the variant together")]
pub struct DesignError(pub usize, pub usize);

impl Design {
    /// `π_kl` of a variant's elements, `π_kk = π_k`; `None` for [`Design::Observed`], whose shares
    /// come from the fit.
    ///
    /// # Errors
    /// [`DesignError`] names a pair that is never asked together: such a design is refused.
    pub fn inclusion(&self, elements: &[Kind]) -> Result<Option<Inclusion>, DesignError> {
        let chance: Box<dyn Fn(usize, usize) -> f64> = match *self {
            Self::Observed => return Ok(None),
            Self::Simple { asked } => Box::new(move |k, l| together(elements.len(), asked, k == l)),
            Self::Three => Box::new(|k, l| three(elements, k, l)),
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

/// The chance that elements `k` and `l` are asked together under [`Design::Three`].
fn three(elements: &[Kind], k: usize, l: usize) -> f64 {
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
    draws(steps, handoffs).iter().map(chance).sum()
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
        for (steps, handoffs) in (0..=20).flat_map(|s| (0..=20).map(move |h| (s, h))) {
            let all = elements(steps, handoffs);
            let inclusion =
                Design::Three.inclusion(&all).expect("no pair is missing").expect("it is known");
            let asked: f64 = (0..all.len()).map(|k| inclusion.pair(k, k)).sum();
            assert!(
                (asked - all.len().min(3) as f64).abs() < 1e-12,
                "{steps} steps, {handoffs} handoffs: {asked}"
            );
            for k in 0..all.len() {
                // Given that k is asked, the others asked number one fewer: the pairs tell.
                let others: f64 =
                    (0..all.len()).filter(|&l| l != k).map(|l| inclusion.pair(k, l)).sum();
                assert!(
                    (others - inclusion.pair(k, k) * (all.len().min(3) as f64 - 1.0)).abs() < 1e-12
                );
            }
        }
    }

    #[test]
    fn three_of_four_steps_and_three_handoffs() {
        let inclusion = Design::Three.inclusion(&elements(4, 3)).expect("possible").expect("known");
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
