//! All that can be worked out from some sums by adding and subtracting them, as often as one likes:
//! their row space, over a prime field so that it is exact.

use std::collections::HashMap;

const PRIME: u64 = 2_147_483_647;

/// The space that some rows of zeros and ones span.
pub(super) struct Space {
    columns: usize,
    /// Reduced rows with their leading column, which no other row has.
    rows: Vec<(usize, Vec<u64>)>,
}

impl Space {
    /// That of rows over so many columns, each given by the columns where it is one.
    pub(super) fn of(columns: usize, rows: impl Iterator<Item = Vec<usize>>) -> Self {
        let mut space = Self { columns, rows: Vec::new() };
        let mut rows: Vec<Vec<usize>> = rows.collect();
        // Short rows first: most long ones are sums of them, and are gone after a few steps.
        rows.sort_by_key(Vec::len);
        rows.iter().for_each(|row| space.add(row));
        space
    }

    pub(super) fn rank(&self) -> usize {
        self.rows.len()
    }

    fn add(&mut self, row: &[usize]) {
        let mut left = vec![0; self.columns];
        row.iter().for_each(|at| left[*at] = 1);
        for (lead, known) in &self.rows {
            take(&mut left, *lead, known);
        }
        let Some(lead) = left.iter().position(|x| *x != 0) else { return };
        let by = inverse(left[lead]);
        left.iter_mut().for_each(|x| *x = *x * by % PRIME);
        for (_, known) in &mut self.rows {
            take(known, lead, &left);
        }
        self.rows.push((lead, left));
    }

    /// How many independent combinations of these columns alone the space has.
    ///
    /// A combination of `inside` is in the space exactly when nothing that is perpendicular to the
    /// space sees it. So there is none when the perpendicular, looked at in these columns, has full
    /// rank.
    pub(super) fn known_of(&self, inside: &[usize]) -> usize {
        let leads: HashMap<usize, &Vec<u64>> =
            self.rows.iter().map(|(lead, row)| (*lead, row)).collect();
        let free: Vec<usize> = (0..self.columns).filter(|at| !leads.contains_key(at)).collect();
        // The perpendicular has one vector for each free column: 1 there, and at each lead what
        // cancels it.
        let seen = inside.iter().map(|at| match leads.get(at) {
            Some(row) => free.iter().map(|free| (PRIME - row[*free]) % PRIME).collect(),
            None => free.iter().map(|free| u64::from(free == at)).collect(),
        });
        inside.len() - rank(seen.collect())
    }
}

/// Takes out of a row what a known one explains of it.
fn take(row: &mut [u64], lead: usize, known: &[u64]) {
    let by = row[lead];
    if by != 0 {
        row.iter_mut()
            .zip(known)
            .filter(|(_, k)| **k != 0)
            .for_each(|(x, k)| *x = (*x + PRIME - by * k % PRIME) % PRIME);
    }
}

fn rank(mut rows: Vec<Vec<u64>>) -> usize {
    let mut rank = 0;
    while let Some(row) = rows.pop() {
        if let Some(lead) = row.iter().position(|x| *x != 0) {
            rank += 1;
            let by = inverse(row[lead]);
            let row: Vec<u64> = row.iter().map(|x| x * by % PRIME).collect();
            rows.iter_mut().for_each(|other| take(other, lead, &row));
        }
    }
    rank
}

fn inverse(x: u64) -> u64 {
    let (mut power, mut base, mut left) = (1, x, PRIME - 2);
    while left > 0 {
        if left % 2 == 1 {
            power = power * base % PRIME;
        }
        base = base * base % PRIME;
        left /= 2;
    }
    power
}

/// The columns of a group.
pub(super) fn columns(group: u128) -> Vec<usize> {
    (0..128).filter(|at| group >> at & 1 == 1).collect()
}

#[test]
fn a_space_says_what_can_be_isolated() {
    let space = |rows: &[u128]| Space::of(4, rows.iter().map(|row| columns(*row)));
    assert_eq!(space(&[0b0111, 0b0011]).known_of(&[2]), 1, "a sum less a part of it");
    assert_eq!(space(&[0b0111, 0b1001]).known_of(&[1]), 0);
    assert_eq!(
        space(&[0b0111, 0b1001, 0b1110]).known_of(&[0]),
        1,
        "(a + b − c) / 2, which no pair or triple finds"
    );
    assert_eq!(space(&[]).known_of(&[0]), 0);
    assert_eq!(space(&[0b0011, 0b0110, 0b0101, 0b0011]).rank(), 3);
}
