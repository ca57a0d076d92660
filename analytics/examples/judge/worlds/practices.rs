//! What the usual practices conclude of the same answers.

/// Sums of an element's losses and the outcome's: count, `x`, `y`, `x²`, `y²`, `xy`.
type Seen = [f64; 6];

/// By element, at site 0 and elsewhere.
pub(crate) struct Practices {
    steps: usize,
    sides: [Vec<Seen>; 2],
}

impl Practices {
    pub(crate) fn new(steps: usize, rated: usize) -> Self {
        Self { steps, sides: [vec![[0.0; 6]; rated], vec![[0.0; 6]; rated]] }
    }

    pub(crate) fn add(&mut self, here: bool, k: usize, loss: i64, outcome: i64) {
        let (x, y) = (loss as f64, outcome as f64);
        let seen = [1.0, x, y, x * x, y * y, x * y];
        let sums = &mut self.sides[usize::from(!here)][k];
        sums.iter_mut().zip(seen).for_each(|(sum, value)| *sum += value);
    }

    /// The element with the largest drop beside the other sites, the step with the lowest score,
    /// and the element whose rating goes most with the outcome.
    pub(crate) fn blamed(&self) -> [usize; 3] {
        let [here, there] = &self.sides;
        let mean = |seen: &Seen| seen[1] / seen[0].max(1.0);
        let all = 0..here.len();
        [
            largest(all.clone(), |k| mean(&here[k]) - mean(&there[k])),
            largest(0..self.steps, |k| mean(&here[k])),
            largest(all, |k| correlation(&here[k])),
        ]
    }
}

fn correlation([n, x, y, xx, yy, xy]: &Seen) -> f64 {
    let spread = ((n * xx - x * x) * (n * yy - y * y)).sqrt();
    if spread > 0.0 { (n * xy - x * y) / spread } else { -1.0 }
}

fn largest(some: std::ops::Range<usize>, of: impl Fn(usize) -> f64) -> usize {
    some.rev().max_by(|&a, &b| of(a).total_cmp(&of(b))).unwrap_or_default()
}
