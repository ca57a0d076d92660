//! Cells: the integer statistics of some answers, which add up in any order and on any machine to
//! the same bits.
//!
//! With `z = (D, T, x_1 … x_p)` (outcome loss, lateness, losses of the rated elements) and `r`
//! saying what is known, a [`Cell`] holds `P = Σ (r∘z)(r∘z)ᵀ`, `Q = Σ (r∘z) rᵀ` and `N = Σ r rᵀ`:
//! all that available-pair means and covariances need; and [`Counts`], the counts behind the
//! figures that stand beside the breakdown; and what third moments need beside them, of which the
//! size of a rated effect is read. A [`Population`] holds the sums over all journeys,
//! answered or not. Both are commutative groups: merging has an inverse, so that one respondent,
//! or one replicate group, can be taken out again.

pub(crate) mod bytes;
mod counts;
mod details;
mod error;
mod limits;
mod margin;
mod moments;
mod population;
mod row;
mod sign_counts;
mod tally;
mod thirds;
mod waits;

pub use counts::{Counts, FrictionCounts, Pressure, RescueCounts};
pub use details::{Details, Frictions};
pub use error::{DecodeError, RowError, ShapeError};
pub use limits::{LARGEST_LOSS, MOST_ELEMENTS};
pub use margin::{AnswerSums, Channel, Margin, NO_CHANNEL, OTHER_CHANNEL};
pub use population::{Journey, Population};
pub use row::Row;
pub use waits::WAIT_ERROR;

pub(crate) use moments::{FIRST, LATENESS, Moments, OUTCOME};
pub(crate) use sign_counts::SignCounts;
pub(crate) use tally::Tally;
pub(crate) use thirds::{HOUR, Thirds, common_range, factors};

use crate::{Position, Sums};
use bytes::{Reader, write_run, write_unsigned};
use thirds::{EACH, LACKING, WHOLE};

/// The first byte of an encoded cell: which format it is in.
const FORMAT: u8 = 0xC3;
/// The format before cells held third moments.
const WITHOUT_THIRDS: u8 = 0xC2;
/// The format before cells held [`Counts`].
const WITHOUT_COUNTS: u8 = 0xC1;

/// Integer sums of the answers of one variant, questionnaire version and replicate group.
///
/// ```
/// use relais_analytics::cell::{Cell, Row};
///
/// let items = [Some(1), None, Some(4)];
/// let answer = Row { outcome: Some(2), lateness: 90, items: &items, time: &[(3, 90, 0)] };
/// let mut cell = Cell::new(3);
/// cell.add(&answer)?;
/// assert_eq!((cell.count(), cell.asked(0), cell.asked(1)), (1, 1, 0));
///
/// let mut twice = Cell::decode(&cell.encode()).expect("it was just written");
/// twice.merge(&cell).expect("same variant");
/// twice.remove(&answer)?;
/// assert_eq!(twice, cell);
/// # Ok::<(), relais_analytics::cell::RowError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    moments: Moments,
    time: Tally<2>,
    outcomes: Tally<1>,
    counts: Counts,
    /// `None` where some of the answers were summed before there were any, or in another unit.
    thirds: Option<Thirds>,
}

impl Cell {
    /// An empty cell of a variant with so many rated elements, all asked on one scale.
    ///
    /// # Panics
    /// Above [`MOST_ELEMENTS`], which no variant has.
    pub fn new(elements: usize) -> Self {
        Self::empty(elements, Some(Thirds::new(elements)))
    }

    /// An empty cell of a variant whose elements are asked on scales of these ranges (ideal −
    /// worst, in raw steps, in the variant's order). Third moments add up over elements, so they
    /// need to know that a friction of three is more than a point of four.
    ///
    /// # Panics
    /// Above [`MOST_ELEMENTS`], which no variant has.
    pub fn of_ranges(ranges: &[i64]) -> Self {
        Self::empty(ranges.len(), Thirds::of_ranges(ranges))
    }

    fn empty(elements: usize, thirds: Option<Thirds>) -> Self {
        assert!(elements <= MOST_ELEMENTS, "a variant has at most {MOST_ELEMENTS} rated elements");
        let moments = Moments::new(FIRST + elements);
        let (time, outcomes, counts) = Default::default();
        Self { moments, time, outcomes, counts, thirds }
    }

    /// How many rated elements the variant has.
    pub fn elements(&self) -> usize {
        self.moments.size() - FIRST
    }

    /// How many answers the cell holds.
    pub fn count(&self) -> i64 {
        self.moments.marginal(LATENESS).0
    }

    /// How many answers know the item of the variant's `k`-th element; 0 beyond the last.
    pub fn asked(&self, k: usize) -> i64 {
        if k < self.elements() { self.moments.marginal(FIRST + k).0 } else { 0 }
    }

    /// What the item of the variant's `k`-th element lost: how many answers, the sum of their
    /// losses and of the squares, on the questionnaire's own scale. All 0 beyond the last element.
    pub fn losses(&self, k: usize) -> Sums {
        if k >= self.elements() {
            return Sums::default();
        }
        let (count, sum, squares) = self.moments.own(FIRST + k);
        Sums { count, sum, squares }
    }

    /// Whether the cell holds the third moments that the size of a rated effect is read from. Not
    /// where any of its answers were summed before there were any: what is lacking stays lacking,
    /// whatever is added or taken out.
    pub fn has_thirds(&self) -> bool {
        self.thirds.is_some()
    }

    /// Minutes lost and won by the timed elements of these answers' journeys: position, lost, won.
    pub fn time(&self) -> impl Iterator<Item = (Position, i64, i64)> + '_ {
        self.time.iter().map(|(position, [lost, won])| (position, lost, won))
    }

    /// The histogram of outcomes: raw loss and count, in order of loss.
    pub fn outcomes(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        self.outcomes.iter().map(|(loss, [count])| (i64::from(loss), count))
    }

    /// What the figures beside the breakdown are counted from.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The answers by the margin of their journeys; what was summed without [`Details`] stands
    /// under `None`, and answers of journeys that nobody knows are left out, since no population
    /// has them.
    pub fn margins(&self) -> impl Iterator<Item = (Option<Margin>, AnswerSums)> + '_ {
        let (known, loss, squares) = self.moments.own(OUTCOME);
        let all = AnswerSums { count: self.count(), known, loss, squares };
        self.counts.margins(all)
    }

    /// Adds one answer of which nothing is known but what the method needs. Only the sums of what
    /// is known are touched.
    ///
    /// # Errors
    /// See [`RowError`]; the cell is then unchanged.
    pub fn add(&mut self, row: &Row<'_>) -> Result<(), RowError> {
        self.count_in(row, 1)
    }

    /// Takes one answer out again: the inverse of [`Cell::add`].
    ///
    /// # Errors
    /// See [`RowError`]; the cell is then unchanged.
    pub fn remove(&mut self, row: &Row<'_>) -> Result<(), RowError> {
        self.count_in(row, -1)
    }

    /// Adds one answer with what the figures beside the breakdown need.
    ///
    /// # Errors
    /// See [`RowError`]; the cell is then unchanged.
    pub fn add_with(&mut self, row: &Row<'_>, details: &Details<'_>) -> Result<(), RowError> {
        self.count_in(row, 1)?;
        self.counts.count_in(row, details, 1);
        Ok(())
    }

    /// Takes such an answer out again: the inverse of [`Cell::add_with`].
    ///
    /// # Errors
    /// See [`RowError`]; the cell is then unchanged.
    pub fn remove_with(&mut self, row: &Row<'_>, details: &Details<'_>) -> Result<(), RowError> {
        self.count_in(row, -1)?;
        self.counts.count_in(row, details, -1);
        Ok(())
    }

    /// Adds another cell of the same variant and version.
    ///
    /// # Errors
    /// [`ShapeError`] when they have different numbers of elements; the cell is then unchanged.
    pub fn merge(&mut self, other: &Self) -> Result<(), ShapeError> {
        self.combine(other, 1)
    }

    /// Takes another cell out again: the inverse of [`Cell::merge`].
    ///
    /// # Errors
    /// [`ShapeError`] when they have different numbers of elements; the cell is then unchanged.
    pub fn subtract(&mut self, other: &Self) -> Result<(), ShapeError> {
        self.combine(other, -1)
    }

    /// The cell as versioned compact bytes; equal cells give equal bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![FORMAT];
        write_unsigned(&mut out, self.elements() as u64);
        self.moments.encode(&mut out);
        self.time.encode(&mut out);
        self.outcomes.encode(&mut out);
        self.counts.encode(&mut out);
        self.encode_thirds(&mut out);
        out
    }

    /// Reads what [`Cell::encode`] wrote, also before there were [`Counts`] and third moments:
    /// see [`Cell::has_thirds`]. Never panics.
    ///
    /// # Errors
    /// [`DecodeError`] says what is wrong with the bytes, and where.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let formats = [FORMAT, WITHOUT_THIRDS, WITHOUT_COUNTS];
        let (mut reader, format) = Reader::new(bytes, &formats)?;
        let elements = reader.at_most(MOST_ELEMENTS as u64, "number of elements")? as usize;
        let mut moments = Moments::decode(&mut reader, FIRST + elements)?;
        let time = Tally::decode(&mut reader)?;
        let outcomes = Tally::decode(&mut reader)?;
        let counts =
            if format == WITHOUT_COUNTS { Counts::default() } else { Counts::decode(&mut reader)? };
        let thirds = if format == FORMAT {
            decode_thirds(&mut reader, &mut moments)?
        } else {
            // No answers lack nothing.
            (moments.marginal(LATENESS).0 == 0).then(|| Thirds::new(elements))
        };
        reader.finish()?;
        Ok(Self { moments, time, outcomes, counts, thirds })
    }

    fn encode_thirds(&self, out: &mut Vec<u8>) {
        let Some(thirds) = &self.thirds else {
            write_unsigned(out, LACKING);
            return;
        };
        thirds.encode_factors(out);
        let [asked, unasked, met, unmet] = self.moments.met_first();
        let mut sums = thirds.whole_sums().to_vec();
        for (elements, pairs) in [(asked, met), (unasked, unmet)] {
            sums.extend(thirds.listed(&elements));
            sums.extend(self.moments.outcomes(&pairs));
        }
        write_run(out, &sums);
    }

    pub(crate) fn moments(&self) -> &Moments {
        &self.moments
    }

    pub(crate) fn thirds(&self) -> Option<&Thirds> {
        self.thirds.as_ref()
    }

    pub(crate) fn times(&self) -> &Tally<2> {
        &self.time
    }

    fn count_in(&mut self, row: &Row<'_>, sign: i64) -> Result<(), RowError> {
        row.check(self.elements())?;
        let mut known = [(0, 0); FIRST + MOST_ELEMENTS];
        let found = row.known(&mut known);
        self.moments.add(&known[..found], sign);
        match &mut self.thirds {
            Some(thirds) => thirds.add(row, sign),
            None => self.moments.forget_outcomes(),
        }
        for &(position, lost, won) in row.time {
            self.time.add(position, [lost, won], sign);
        }
        if let Some(loss) = row.outcome {
            self.outcomes.add(loss as u16, [1], sign);
        }
        Ok(())
    }

    fn combine(&mut self, other: &Self, sign: i64) -> Result<(), ShapeError> {
        if self.elements() != other.elements() {
            return Err(ShapeError(self.elements(), other.elements()));
        }
        self.moments.merge(&other.moments, sign);
        let both = self.thirds.as_mut().zip(other.thirds.as_ref());
        if !both.is_some_and(|(mine, theirs)| mine.merge(theirs, sign)) {
            self.thirds = None;
            self.moments.forget_outcomes();
        }
        self.time.merge(&other.time, sign);
        self.outcomes.merge(&other.outcomes, sign);
        self.counts.combine(&other.counts, sign);
        Ok(())
    }
}

fn decode_thirds(
    reader: &mut Reader<'_>,
    moments: &mut Moments,
) -> Result<Option<Thirds>, DecodeError> {
    let elements = moments.size() - FIRST;
    let Some(mut thirds) = Thirds::decode_factors(reader, elements)? else { return Ok(None) };
    let [asked, unasked, met, unmet] = moments.met_first();
    let mut sums = vec![0; WHOLE + EACH * elements + met.len() + unmet.len()];
    reader.run(&mut sums)?;
    let (whole, mut rest) = sums.split_at(WHOLE);
    thirds.whole_sums_mut().copy_from_slice(whole);
    for (elements, pairs) in [(asked, met), (unasked, unmet)] {
        let (each, tail) = rest.split_at(EACH * elements.len());
        thirds.take(&elements, each);
        moments.set_outcomes(&pairs, &tail[..pairs.len()]);
        rest = &tail[pairs.len()..];
    }
    Ok(Some(thirds))
}

impl From<&Cell> for Sums {
    /// The outcome losses of a cell's answers.
    fn from(cell: &Cell) -> Self {
        let (count, sum, squares) = cell.moments.own(OUTCOME);
        Self { count, sum, squares }
    }
}
