//! The one step that everything here is made of: Cholesky's, on a packed lower triangle.
//!
//! Row `k` of a packed triangle holds its entries `0..=k` and starts at `k (k + 1) / 2`, so that
//! the first `k` rows are a triangle themselves, without copying: leaving out the last variable is
//! forgetting the last row.

/// Variances and eigenvalues of correlations below this are rounding.
pub(super) const SINGULAR: f64 = 1e-10;

/// Where row `k` starts; also the length of a triangle of `k` rows.
pub(super) const fn start(k: usize) -> usize {
    k * (k + 1) / 2
}

/// Takes from the covariances of some variables what one more variable explains of them:
/// `S_ij − s_i s_j / s_kk`, with `row` = `(s_0 … s_k)` the covariances of the one more with them
/// and with itself.
///
/// This is a column of Cholesky's factor (`s_i / √s_kk`) and the remainder that the next column is
/// taken from. A variable whose own variance is used up, since those before explain it, takes
/// nothing.
#[inline(always)]
pub(super) fn eliminate(kept: &mut [f64], row: &[f64]) {
    let Some((&pivot, row)) = row.split_last() else { return };
    if pivot <= SINGULAR {
        return;
    }
    let inverse = 1.0 / pivot;
    let mut rest = kept;
    for (i, &own) in row.iter().enumerate() {
        let (entries, after) = rest.split_at_mut(i + 1);
        let factor = own * inverse;
        entries.iter_mut().zip(row).for_each(|(entry, &other)| *entry -= factor * other);
        rest = after;
    }
}

/// Takes the last `count` variables of a triangle of `size` in turn, each with what the later ones
/// have left of it, and leaves what remains of the others in the rows before.
pub(super) fn eliminate_last(triangle: &mut [f64], size: usize, count: usize) {
    for k in (size - count..size).rev() {
        let (kept, row) = triangle[..start(k + 1)].split_at_mut(start(k));
        eliminate(kept, row);
    }
}
