//! The three cross-product matrices of a cell: `P = Σ (r∘z)(r∘z)ᵀ`, `Q = Σ (r∘z) rᵀ`,
//! `N = Σ r rᵀ`.

use super::bytes::{Reader, write_run};
use super::error::DecodeError;

/// The coordinate of the outcome loss, `D`.
pub(crate) const OUTCOME: usize = 0;
/// The coordinate of the lateness, `T`, which is always known.
pub(crate) const LATENESS: usize = 1;
/// The coordinate of the first rated element.
pub(crate) const FIRST: usize = 2;

/// A known coordinate and its value, which fits once the row was checked. Small, since every
/// answer clears a table of them.
pub(super) type KnownCoordinate = (u32, i32);

/// Integer moments over `(D, T, x_1 … x_p)`. What two coordinates come to together stands side by
/// side, since answers and fits always need all of it at once. Sums wrap, so that taking out is
/// always the inverse of adding; within the limits of a row they would only do so beyond thirty
/// million answers a year late.
#[derive(Clone, Debug)]
pub(crate) struct Moments {
    size: usize,
    pairs: Pairs,
}

/// The upper triangle, row by row. Most stored cells hold a few answers that know a few
/// coordinates each: a network's hundred thousand of them take a tenth of the memory, and of the
/// time to add up, when only what is met is kept.
#[derive(Clone, Debug)]
enum Pairs {
    /// Every pair.
    All(Vec<Pair>),
    /// Those that are met, by their place, in order.
    Met(Vec<(u16, Pair)>),
}

/// Of so many pairs at most one may be met, else all are kept.
const SPARSE: usize = 3;

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
    /// Of two rated elements, the sum of the outcome over those of the answers that know it; of
    /// any others 0. It belongs to the third moments.
    pub(crate) outcome: i64,
}

impl Moments {
    /// All zero, over `size` coordinates; for sums that many answers go into.
    pub(crate) fn new(size: usize) -> Self {
        Self { size, pairs: Pairs::All(vec![Pair::default(); size * (size + 1) / 2]) }
    }

    /// The number of coordinates.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// How many answers know a coordinate, and its sum over them.
    pub(crate) fn marginal(&self, i: usize) -> (i64, i64) {
        let pair = self.at(self.begin(i));
        (pair.count, pair.sum)
    }

    /// How many answers know a coordinate, and its sum and sum of squares over them.
    pub(crate) fn own(&self, i: usize) -> (i64, i64, i64) {
        let pair = self.at(self.begin(i));
        (pair.count, pair.sum, pair.product)
    }

    /// What coordinates `i ≤ j` come to together.
    pub(crate) fn pair(&self, i: usize, j: usize) -> Pair {
        self.at(self.begin(i) + j - i)
    }

    /// The pairs that some answer knows, row by row: `i`, `j` and what they come to.
    pub(crate) fn met(&self, mut tell: impl FnMut(usize, usize, &Pair)) {
        let (mut i, mut end) = (0, self.size);
        let mut one = |place: usize, pair: &Pair| {
            while place >= end {
                i += 1;
                end += self.size - i;
            }
            if pair.count > 0 {
                tell(i, self.size - (end - place), pair);
            }
        };
        match &self.pairs {
            Pairs::All(pairs) => {
                pairs.iter().enumerate().for_each(|(place, pair)| one(place, pair))
            }
            Pairs::Met(pairs) => {
                pairs.iter().for_each(|(place, pair)| one(usize::from(*place), pair))
            }
        }
    }

    fn at(&self, place: usize) -> Pair {
        match &self.pairs {
            Pairs::All(pairs) => pairs[place],
            Pairs::Met(pairs) => {
                let found = pairs.binary_search_by_key(&place, |(place, _)| usize::from(*place));
                found.map_or_else(|_| Pair::default(), |at| pairs[at].1)
            }
        }
    }

    /// Every pair, kept as such from now on.
    fn all(&mut self) -> &mut Vec<Pair> {
        if let Pairs::Met(met) = &self.pairs {
            let mut all = vec![Pair::default(); self.size * (self.size + 1) / 2];
            met.iter().for_each(|(place, pair)| all[usize::from(*place)] = *pair);
            self.pairs = Pairs::All(all);
        }
        match &mut self.pairs {
            Pairs::All(pairs) => pairs,
            Pairs::Met(_) => unreachable!("all pairs are kept"),
        }
    }

    fn begin(&self, i: usize) -> usize {
        i * (2 * self.size - i + 1) / 2
    }

    /// Adds `sign` times one answer, given as its known coordinates in ascending order.
    pub(super) fn add(&mut self, known: &[KnownCoordinate], sign: i64) {
        let size = self.size;
        let of_all = known.first().filter(|(i, _)| *i as usize == OUTCOME);
        let of_all = of_all.map_or(0, |(_, outcome)| i64::from(*outcome));
        let pairs = self.all();
        for (a, &(i, x)) in known.iter().enumerate() {
            let (i, x) = (i as usize, i64::from(x));
            let row = &mut pairs[i * (2 * size - i + 1) / 2..][..size - i];
            let mut outcome = 0;
            for &(j, y) in &known[a..] {
                let (j, y) = (j as usize, i64::from(y));
                let seen = Pair { count: 1, product: x * y, sum: x, other: y, outcome };
                row[j - i] = if sign < 0 { row[j - i].less(&seen) } else { row[j - i].plus(&seen) };
                // Beyond the first, which is the element with itself, rows are pairs of two.
                outcome = if i < FIRST { 0 } else { of_all };
            }
        }
    }

    /// Forgets the outcomes of pairs, which are worth nothing without the other third moments.
    pub(super) fn forget_outcomes(&mut self) {
        match &mut self.pairs {
            Pairs::All(pairs) => pairs.iter_mut().for_each(|pair| pair.outcome = 0),
            Pairs::Met(pairs) => {
                pairs.iter_mut().for_each(|(_, pair)| pair.outcome = 0);
                pairs.retain(|(_, pair)| *pair != Pair::default());
            }
        }
    }

    /// The elements and the pairs of two elements by their place: those that some answer knows,
    /// then the others. What is summed beside the moments is written in this order, so that what
    /// nobody knows is one run of zeros.
    pub(super) fn met_first(&self) -> [Vec<usize>; 4] {
        let mut order: [Vec<usize>; 4] = Default::default();
        let corners = (FIRST..self.size).flat_map(|i| (i..self.size).map(move |j| (i, j)));
        for (place, (i, j)) in (self.begin(FIRST)..).zip(corners) {
            let unmet = usize::from(self.at(place).count == 0);
            if i == j {
                order[unmet].push(i - FIRST);
            } else {
                order[2 + unmet].push(place);
            }
        }
        order
    }

    /// The outcomes of pairs, by their place.
    pub(super) fn outcomes(&self, places: &[usize]) -> Vec<i64> {
        places.iter().map(|&place| self.at(place).outcome).collect()
    }

    /// Puts the outcomes of pairs into their places.
    pub(super) fn set_outcomes(&mut self, places: &[usize], outcomes: &[i64]) {
        for (&place, &outcome) in places.iter().zip(outcomes).filter(|(_, sum)| **sum != 0) {
            match &mut self.pairs {
                Pairs::All(pairs) => pairs[place].outcome = outcome,
                Pairs::Met(pairs) => {
                    match pairs.binary_search_by_key(&place, |(place, _)| usize::from(*place)) {
                        Ok(at) => pairs[at].1.outcome = outcome,
                        // Places of a sparse list fit its numbers.
                        Err(at) => {
                            let pair = Pair { outcome, ..Pair::default() };
                            pairs.insert(at, (place as u16, pair));
                        }
                    }
                }
            }
        }
    }

    /// Adds `sign`, 1 or −1, times other moments of the same size. The sign decides which loop
    /// runs and stands in neither, so that both run several sums at a time.
    pub(crate) fn merge(&mut self, other: &Self, sign: i64) {
        let put = if sign < 0 { Pair::less } else { Pair::plus };
        match (&mut self.pairs, &other.pairs) {
            (Pairs::Met(mine), Pairs::Met(theirs)) => {
                let joined = join(mine, theirs, put);
                let sparse = joined.len() * SPARSE <= self.size * (self.size + 1) / 2;
                self.pairs = Pairs::Met(joined);
                if !sparse {
                    self.all();
                }
            }
            (Pairs::All(mine), Pairs::Met(theirs)) => {
                for (place, pair) in theirs {
                    let place = usize::from(*place);
                    mine[place] = put(&mine[place], pair);
                }
            }
            (_, Pairs::All(theirs)) => {
                let pairs = self.all().iter_mut().zip(theirs);
                if sign < 0 {
                    pairs.for_each(|(pair, other)| *pair = pair.less(other));
                } else {
                    pairs.for_each(|(pair, other)| *pair = pair.plus(other));
                }
            }
        }
    }

    /// Appends the moments: `N` and `P` as upper triangles, `Q` whole between them.
    pub(crate) fn encode(&self, out: &mut Vec<u8>) {
        let places = 0..self.size * (self.size + 1) / 2;
        let triangle = |read: fn(&Pair) -> i64| {
            places.clone().map(|place| read(&self.at(place))).collect::<Vec<_>>()
        };
        let mut sums = vec![0; self.size * self.size];
        let corners = (0..self.size).flat_map(|i| (i..self.size).map(move |j| (i, j)));
        for (place, (i, j)) in corners.enumerate() {
            let pair = self.at(place);
            sums[i * self.size + j] = pair.sum;
            sums[j * self.size + i] = pair.other;
        }
        write_run(out, &triangle(|pair| pair.count));
        write_run(out, &sums);
        write_run(out, &triangle(|pair| pair.product));
    }

    /// Reads moments of a known size.
    pub(crate) fn decode(reader: &mut Reader<'_>, size: usize) -> Result<Self, DecodeError> {
        let mut counts = vec![0; size * (size + 1) / 2];
        reader.run(&mut counts)?;
        if counts.iter().any(|&count| count < 0) {
            return Err(reader.impossible("negative count before it"));
        }
        let mut sums = vec![0; size * size];
        reader.run(&mut sums)?;
        let mut products = vec![0; counts.len()];
        reader.run(&mut products)?;
        let corners = (0..size).flat_map(|i| (i..size).map(move |j| (i, j)));
        let pair = |(place, (i, j)): (usize, (usize, usize))| Pair {
            count: counts[place],
            product: products[place],
            sum: sums[i * size + j],
            other: sums[j * size + i],
            outcome: 0,
        };
        let all = corners.enumerate().map(pair);
        let met = counts.iter().filter(|count| **count != 0).count();
        if met * SPARSE > counts.len() || counts.len() > usize::from(u16::MAX) {
            return Ok(Self { size, pairs: Pairs::All(all.collect()) });
        }
        let kept = (0_u16..).zip(all).filter(|(_, pair)| *pair != Pair::default());
        Ok(Self { size, pairs: Pairs::Met(kept.collect()) })
    }
}

/// However they are kept, moments are equal when their pairs are.
impl PartialEq for Moments {
    fn eq(&self, other: &Self) -> bool {
        let places = 0..self.size * (self.size + 1) / 2;
        self.size == other.size && places.into_iter().all(|place| self.at(place) == other.at(place))
    }
}

impl Eq for Moments {}

/// Two lists in order as one, what both have put together.
fn join(
    mine: &[(u16, Pair)],
    theirs: &[(u16, Pair)],
    put: fn(&Pair, &Pair) -> Pair,
) -> Vec<(u16, Pair)> {
    let mut joined = Vec::with_capacity(mine.len() + theirs.len());
    let (mut mine, mut theirs) = (mine.iter().peekable(), theirs.iter().peekable());
    loop {
        let place = match (mine.peek(), theirs.peek()) {
            (Some(a), Some(b)) => a.0.min(b.0),
            (Some(one), None) | (None, Some(one)) => one.0,
            (None, None) => break joined,
        };
        let own = mine.next_if(|one| one.0 == place).map_or_else(Pair::default, |one| one.1);
        let other = theirs.next_if(|one| one.0 == place).map_or_else(Pair::default, |one| one.1);
        joined.push((place, put(&own, &other)));
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
            outcome: put(self.outcome, other.outcome),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(moments: &Moments) -> Moments {
        let mut out = Vec::new();
        moments.encode(&mut out);
        Moments::decode(
            &mut Reader::new(&[&[0xC2], out.as_slice()].concat(), &[0xC2]).unwrap().0,
            moments.size(),
        )
        .unwrap()
    }

    /// Answers that each know outcome, lateness and three of twenty-three items.
    fn answers(from: i32, count: i32) -> Moments {
        let mut moments = Moments::new(25);
        for n in from..from + count {
            let mut items = [2 + n % 7, 9 + n % 8, 17 + n % 8];
            items.sort_unstable();
            let known: Vec<KnownCoordinate> = [(0, n % 5), (1, 60 * n)]
                .into_iter()
                .chain(items.map(|item| (item, n % 4)))
                .map(|(i, x)| (i as _, x as _))
                .collect();
            moments.add(&known, 1);
        }
        // The outcomes of pairs are not written with the moments but with the third ones.
        moments.forget_outcomes();
        moments
    }

    #[test]
    fn few_answers_are_kept_sparsely_and_many_are_not_and_sums_do_not_mind() {
        let (few, more, many) = (answers(0, 2), answers(2, 3), answers(5, 400));
        assert!(
            matches!(decoded(&few).pairs, Pairs::Met(_))
                && matches!(decoded(&many).pairs, Pairs::All(_))
        );
        let whole = answers(0, 405);
        for order in [[&few, &more, &many], [&many, &few, &more], [&more, &many, &few]] {
            let mut sum = decoded(order[0]);
            order[1..].iter().for_each(|part| sum.merge(&decoded(part), 1));
            assert_eq!(sum, whole);
            order.iter().for_each(|part| sum.merge(&decoded(part), -1));
            assert_eq!(sum, Moments::new(25));
        }
        let mut sparse = decoded(&few);
        sparse.merge(&decoded(&more), 1);
        assert!(matches!(sparse.pairs, Pairs::Met(_)) && sparse == answers(0, 5));
        let five = answers(0, 5);
        assert_eq!((sparse.own(0), sparse.marginal(1)), (five.own(0), five.marginal(1)));
        let mut met = Vec::new();
        sparse.met(|i, j, pair| met.push((i, j, pair.count)));
        let mut of_all = Vec::new();
        five.met(|i, j, pair| of_all.push((i, j, pair.count)));
        assert_eq!(met, of_all);
        assert!(
            met.contains(&(0, 1, 5)) && met.iter().all(|(i, j, _)| i <= j && *j < 25),
            "{met:?}"
        );
    }
}
