//! The three cross-product matrices of a cell: `P = Σ (r∘z)(r∘z)ᵀ`, `Q = Σ (r∘z) rᵀ`, `N = Σ r rᵀ`.

use super::DecodeError;
use super::bytes::{Reader, write_run};
use super::row::Known;

/// The coordinate of the outcome loss, `D`.
pub(crate) const OUTCOME: usize = 0;
/// The coordinate of the lateness, `T`, which is always known.
pub(crate) const LATENESS: usize = 1;
/// The coordinate of the first rated element.
pub(crate) const FIRST: usize = 2;

/// Integer moments over `(D, T, x_1 … x_p)`. What two coordinates come to together stands side by side, since answers
/// and fits always need all of it at once. Sums wrap, so that taking out is always the inverse of adding; within the
/// limits of a row they would only do so beyond thirty million answers a year late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moments {
    size: usize,
    /// The upper triangle, row by row.
    pairs: Vec<Pair>,
}

/// What coordinates `i ≤ j` come to over the answers that know both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pair {
    /// `N_ij`: how many.
    pub(crate) count: i64,
    /// `P_ij`.
    pub(crate) product: i64,
    /// `Q_ij`: the sum of coordinate `i`.
    pub(crate) sum: i64,
    /// `Q_ji`: the sum of coordinate `j`; where `i = j` the same once more.
    pub(crate) other: i64,
}

impl Moments {
    /// All zero, over `size` coordinates.
    pub(crate) fn new(size: usize) -> Self {
        Self { size, pairs: vec![Pair::default(); size * (size + 1) / 2] }
    }

    /// The number of coordinates.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// How many answers know a coordinate, and its sum over them.
    pub(crate) fn marginal(&self, i: usize) -> (i64, i64) {
        let pair = self.pairs[self.begin(i)];
        (pair.count, pair.sum)
    }

    /// How many answers know a coordinate, and its sum and sum of squares over them.
    pub(crate) fn own(&self, i: usize) -> (i64, i64, i64) {
        let pair = self.pairs[self.begin(i)];
        (pair.count, pair.sum, pair.product)
    }

    /// The pairs of coordinate `i` with itself and all that come after it.
    pub(crate) fn row(&self, i: usize) -> &[Pair] {
        &self.pairs[self.begin(i)..][..self.size - i]
    }

    fn row_mut(&mut self, i: usize) -> &mut [Pair] {
        let begin = self.begin(i);
        &mut self.pairs[begin..][..self.size - i]
    }

    fn begin(&self, i: usize) -> usize {
        i * (2 * self.size - i + 1) / 2
    }

    /// Adds `sign` times one answer, given as its known coordinates in ascending order.
    pub(super) fn add(&mut self, known: &[Known], sign: i64) {
        for (a, &(i, x)) in known.iter().enumerate() {
            let (i, x) = (i as usize, i64::from(x));
            let row = self.row_mut(i);
            for &(j, y) in &known[a..] {
                let (j, y) = (j as usize, i64::from(y));
                let seen = Pair { count: 1, product: x * y, sum: x, other: y };
                row[j - i] = if sign < 0 { row[j - i].less(&seen) } else { row[j - i].plus(&seen) };
            }
        }
    }

    /// Adds `sign`, 1 or −1, times other moments of the same size. The sign decides which loop runs and stands in
    /// neither, so that both run several sums at a time.
    pub(crate) fn merge(&mut self, other: &Self, sign: i64) {
        let pairs = self.pairs.iter_mut().zip(&other.pairs);
        if sign < 0 {
            pairs.for_each(|(pair, other)| *pair = pair.less(other));
        } else {
            pairs.for_each(|(pair, other)| *pair = pair.plus(other));
        }
    }

    /// Appends the moments: `N` and `P` as upper triangles, `Q` whole between them.
    pub(crate) fn encode(&self, out: &mut Vec<u8>) {
        let triangle = |read: fn(&Pair) -> i64| self.pairs.iter().map(read).collect::<Vec<_>>();
        let mut sums = vec![0; self.size * self.size];
        for i in 0..self.size {
            for (j, pair) in (i..).zip(self.row(i)) {
                sums[i * self.size + j] = pair.sum;
                sums[j * self.size + i] = pair.other;
            }
        }
        write_run(out, &triangle(|pair| pair.count));
        write_run(out, &sums);
        write_run(out, &triangle(|pair| pair.product));
    }

    /// Reads moments of a known size.
    pub(crate) fn decode(reader: &mut Reader<'_>, size: usize) -> Result<Self, DecodeError> {
        let mut moments = Self::new(size);
        let mut numbers = vec![0; moments.pairs.len()];
        reader.run(&mut numbers)?;
        if numbers.iter().any(|&count| count < 0) {
            return Err(reader.impossible("negative count before it"));
        }
        moments.pairs.iter_mut().zip(&numbers).for_each(|(pair, &count)| pair.count = count);
        let mut sums = vec![0; size * size];
        reader.run(&mut sums)?;
        reader.run(&mut numbers)?;
        moments.pairs.iter_mut().zip(&numbers).for_each(|(pair, &product)| pair.product = product);
        for i in 0..size {
            for (j, pair) in (i..).zip(moments.row_mut(i)) {
                (pair.sum, pair.other) = (sums[i * size + j], sums[j * size + i]);
            }
        }
        Ok(moments)
    }
}

impl Pair {
    fn plus(&self, other: &Self) -> Self {
        self.with(other, i64::wrapping_add)
    }

    fn less(&self, other: &Self) -> Self {
        self.with(other, i64::wrapping_sub)
    }

    fn with(&self, other: &Self, put: impl Fn(i64, i64) -> i64) -> Self {
        Self {
            count: put(self.count, other.count),
            product: put(self.product, other.product),
            sum: put(self.sum, other.sum),
            other: put(self.other, other.other),
        }
    }
}
