//! The three cross-product matrices of a cell: `P = Σ (r∘z)(r∘z)ᵀ`, `Q = Σ (r∘z) rᵀ`, `N = Σ r rᵀ`.

use super::DecodeError;
use super::bytes::{Reader, write_run};

/// The coordinate of the outcome loss, `D`.
pub(crate) const OUTCOME: usize = 0;
/// The coordinate of the lateness, `T`, which is always known.
pub(crate) const LATENESS: usize = 1;
/// The coordinate of the first rated element.
pub(crate) const FIRST: usize = 2;

/// Integer moments over `(D, T, x_1 … x_p)`. `P` and `N` are symmetric and kept as upper triangles, `Q` whole. Sums
/// wrap, so that taking out is always the inverse of adding; within the limits of a row they would only do so beyond
/// thirty million answers a year late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moments {
    size: usize,
    products: Vec<i64>,
    sums: Vec<i64>,
    counts: Vec<i64>,
}

impl Moments {
    /// All zero, over `size` coordinates.
    pub(crate) fn new(size: usize) -> Self {
        let triangle = size * (size + 1) / 2;
        Self { size, products: vec![0; triangle], sums: vec![0; size * size], counts: vec![0; triangle] }
    }

    /// The number of coordinates.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// `P_ij`.
    pub(crate) fn product(&self, i: usize, j: usize) -> i64 {
        self.products[self.corner(i, j)]
    }

    /// `Q_ij`: the sum of coordinate `i` over the answers that know `j` too.
    pub(crate) fn sum(&self, i: usize, j: usize) -> i64 {
        self.sums[i * self.size + j]
    }

    /// `N_ij`: how many answers know both.
    pub(crate) fn count(&self, i: usize, j: usize) -> i64 {
        self.counts[self.corner(i, j)]
    }

    /// Adds `sign` times one answer, given as its known coordinates in ascending order.
    pub(crate) fn add(&mut self, known: &[(usize, i64)], sign: i64) {
        for (a, &(i, x)) in known.iter().enumerate() {
            for &(j, y) in &known[a..] {
                let corner = self.corner(i, j);
                self.products[corner] = self.products[corner].wrapping_add(sign * x * y);
                self.counts[corner] = self.counts[corner].wrapping_add(sign);
            }
            let row = &mut self.sums[i * self.size..(i + 1) * self.size];
            for &(j, _) in known {
                row[j] = row[j].wrapping_add(sign * x);
            }
        }
    }

    /// Adds `sign` times other moments of the same size.
    pub(crate) fn merge(&mut self, other: &Self, sign: i64) {
        accumulate(&mut self.products, &other.products, sign);
        accumulate(&mut self.sums, &other.sums, sign);
        accumulate(&mut self.counts, &other.counts, sign);
    }

    /// Appends the moments.
    pub(crate) fn encode(&self, out: &mut Vec<u8>) {
        write_run(out, &self.counts);
        write_run(out, &self.sums);
        write_run(out, &self.products);
    }

    /// Reads moments of a known size.
    pub(crate) fn decode(reader: &mut Reader<'_>, size: usize) -> Result<Self, DecodeError> {
        let mut moments = Self::new(size);
        reader.run(&mut moments.counts)?;
        if moments.counts.iter().any(|&count| count < 0) {
            return Err(reader.impossible("negative count before it"));
        }
        reader.run(&mut moments.sums)?;
        reader.run(&mut moments.products)?;
        Ok(moments)
    }

    /// Where the pair stands in an upper triangle, row by row.
    fn corner(&self, i: usize, j: usize) -> usize {
        let (i, j) = (i.min(j), i.max(j));
        i * (2 * self.size - i + 1) / 2 + j - i
    }
}

/// Adds `sign` times one slice to another.
fn accumulate(into: &mut [i64], from: &[i64], sign: i64) {
    for (sum, &value) in into.iter_mut().zip(from) {
        *sum = sum.wrapping_add(value.wrapping_mul(sign));
    }
}
