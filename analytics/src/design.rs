//! Which elements a journey is asked about, as probabilities: the drawing itself is the survey's.

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
    Three,
    /// Unknown (imported answers): probabilities are the observed shares of a variant and version in the pooled fit.
    Observed,
    /// A simple random choice of so many elements of the variant.
    Simple {
        /// Elements asked.
        asked: usize,
    },
}

/// One way of drawing: so many steps and so many handoffs, each chosen at random without replacement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Draw {
    /// Steps asked.
    pub steps: usize,
    /// Handoffs asked.
    pub handoffs: usize,
    /// The probability of this way.
    pub chance: f64,
}

/// The ways [`Design::Three`] draws from a variant with so many steps and handoffs; the survey picks one by its
/// chance, then that many steps and handoffs at random. Chances add up to 1.
pub fn draws(steps: usize, handoffs: usize) -> Vec<Draw> {
    let _ = (steps, handoffs);
    unimplemented!()
}

/// A design that never asks some pair of a variant's elements together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the design never asks elements {0} and {1} of the variant together")]
pub struct DesignError(pub usize, pub usize);
