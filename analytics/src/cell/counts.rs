//! The counts behind the figures beside the breakdown: frictions, rescued journeys, pressure, who
//! answered.

use super::bytes::{Reader, write_signed};
use super::details::{Details, Frictions};
use super::error::DecodeError;
use super::margin::{self, AnswerSums, Margin, UNKNOWN_JOURNEY};
use super::row::Row;
use super::sign_counts::{self, COUNTS, SignCounts};
use super::tally::Tally;
use crate::Position;
use crate::rating::is_high;

/// Asked, any ticked, then of each kind how often it was offered and ticked.
const FRICTION: usize = 2 + 2 * Frictions::KINDS;
/// The sums of [`AnswerSums`].
const ANSWERED: usize = 4;
/// With those that the signs of coached answers are read from.
const MARGIN: usize = ANSWERED + COUNTS;

/// Counts of answers that merge like the cells which hold them. Positions are those of the
/// catalogue, so frictions, rescued journeys and pressure of several variants may be added up.
///
/// ```
/// use relais_analytics::cell::{Cell, Details, Frictions, Row};
///
/// let row = Row { outcome: Some(1), lateness: 0, items: &[Some(0), Some(1)], time: &[] };
/// let details = Details {
///     offered: Frictions::of(0..5),
///     frictions: &[(7, Frictions::of([1]))],
///     steps: &[(3, 0)],
///     outcome_range: 4,
///     step_range: 4,
///     ..Details::default()
/// };
/// let mut cell = Cell::new(2);
/// cell.add_with(&row, &details)?;
/// let frictions = cell.counts().frictions(7).expect("the handoff was asked by frictions");
/// assert_eq!((frictions.asked, frictions.any, frictions.ticked[1]), (1, 1, 1));
/// let rescued = cell.counts().rescued();
/// assert_eq!((rescued.trouble, rescued.rescued), (1, 1), "friction, and four of five points");
/// assert_eq!(cell.counts().frictions(3), None);
/// # Ok::<(), relais_analytics::cell::RowError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    frictions: Tally<FRICTION>,
    rescued: [i64; 3],
    steps: Tally<2>,
    pressure: [i64; 2],
    margins: Tally<MARGIN>,
}

/// What was ticked on a handoff.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrictionCounts {
    /// Answers that were asked for frictions and answered.
    pub asked: i64,
    /// Those that ticked any.
    pub any: i64,
    /// Of each kind, how many of the asked were offered it: a questionnaire may offer fewer than
    /// all.
    pub offered: [i64; Frictions::KINDS],
    /// Of each kind, how many ticked it.
    pub ticked: [i64; Frictions::KINDS],
}

impl FrictionCounts {
    /// The counts of these answers and those together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            asked: self.asked + other.asked,
            any: self.any + other.any,
            offered: std::array::from_fn(|kind| self.offered[kind] + other.offered[kind]),
            ticked: std::array::from_fn(|kind| self.ticked[kind] + other.ticked[kind]),
        }
    }
}

/// Journeys that met trouble and ended well all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RescueCounts {
    /// Answers that know the outcome.
    pub known: i64,
    /// Those whose journey met friction on a handoff that was asked about, or a broken promise.
    pub trouble: i64,
    /// Of these, the ones whose outcome [is high](crate::rescued::is_high).
    pub rescued: i64,
}

/// Who was told what to answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pressure {
    /// Answers that say whether somebody suggested an answer.
    pub asked: i64,
    /// Those to whom somebody did.
    pub told: i64,
}

impl Counts {
    /// What was ticked on a handoff; `None` when it never was asked by frictions.
    pub fn frictions(&self, handoff: Position) -> Option<FrictionCounts> {
        let sums = self.frictions.get(handoff);
        let kinds = |first: usize| std::array::from_fn(|kind| sums[first + 2 * kind]);
        (sums[0] != 0).then(|| FrictionCounts {
            asked: sums[0],
            any: sums[1],
            offered: kinds(2),
            ticked: kinds(3),
        })
    }

    /// Journeys that met trouble and ended well.
    pub fn rescued(&self) -> RescueCounts {
        let [known, trouble, rescued] = self.rescued;
        RescueCounts { known, trouble, rescued }
    }

    /// Steps rated on rescued journeys: position, how many rated it, how many of these high.
    pub fn rescuing_steps(&self) -> impl Iterator<Item = (Position, i64, i64)> + '_ {
        self.steps.iter().map(|(position, [rated, high])| (position, rated, high))
    }

    /// Who was told what to answer.
    pub fn pressure(&self) -> Pressure {
        let [asked, told] = self.pressure;
        Pressure { asked, told }
    }

    /// What the signs of coached answers are read from, by margin (`None` where nobody knows the
    /// journey): answers that know the outcome, and their counts.
    pub(crate) fn coached(&self) -> impl Iterator<Item = (Option<Margin>, i64, SignCounts)> + '_ {
        let counts = |sums: [i64; MARGIN]| std::array::from_fn(|at| sums[ANSWERED + at]);
        self.margins.iter().map(move |(key, sums)| (margin::of_key(key), sums[1], counts(sums)))
    }

    /// Adds other counts: of another variant, say. Margins are then of no use, their losses
    /// standing on other scales.
    pub fn merge(&mut self, other: &Self) {
        self.combine(other, 1);
    }

    /// The answers by margin, of so many in all; what is left was summed before there were
    /// margins.
    pub(super) fn margins(
        &self,
        all: AnswerSums,
    ) -> impl Iterator<Item = (Option<Margin>, AnswerSums)> + '_ {
        let mut rest = all;
        for (_, sums) in self.margins.iter() {
            rest.count = rest.count.wrapping_sub(sums[0]);
            rest.known = rest.known.wrapping_sub(sums[1]);
            rest.loss = rest.loss.wrapping_sub(sums[2]);
            rest.squares = rest.squares.wrapping_sub(sums[3]);
        }
        let known = self.margins.iter().filter_map(|(key, [count, known, loss, squares, ..])| {
            Some((Some(margin::of_key(key)?), AnswerSums { count, known, loss, squares }))
        });
        known.chain((rest.count != 0).then_some((None, rest)))
    }

    pub(super) fn count_in(&mut self, row: &Row<'_>, details: &Details<'_>, sign: i64) {
        for &(handoff, ticked) in details.frictions {
            self.frictions.add(handoff, friction_sums(details.offered, ticked), sign);
        }
        if let Some(told) = details.pressed {
            add(&mut self.pressure, [1, i64::from(told)], sign);
        }
        if let Some(loss) = row.outcome {
            self.rescue(loss, details, sign);
        }
        let key =
            details.channel.map_or(UNKNOWN_JOURNEY, |channel| margin::key(row.lateness, channel));
        self.margins.add(key, margin_sums(row), sign);
    }

    fn rescue(&mut self, loss: i64, details: &Details<'_>, sign: i64) {
        let trouble = details.met_trouble();
        let rescued = trouble && is_high(loss, details.outcome_range);
        add(&mut self.rescued, [1, i64::from(trouble), i64::from(rescued)], sign);
        if rescued {
            for &(step, loss) in details.steps {
                self.steps.add(step, [1, i64::from(is_high(loss, details.step_range))], sign);
            }
        }
    }

    pub(super) fn combine(&mut self, other: &Self, sign: i64) {
        self.frictions.merge(&other.frictions, sign);
        add(&mut self.rescued, other.rescued, sign);
        self.steps.merge(&other.steps, sign);
        add(&mut self.pressure, other.pressure, sign);
        self.margins.merge(&other.margins, sign);
    }

    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        self.frictions.encode(out);
        self.rescued.iter().for_each(|&sum| write_signed(out, sum));
        self.steps.encode(out);
        self.pressure.iter().for_each(|&sum| write_signed(out, sum));
        self.margins.encode(out);
    }

    pub(super) fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let frictions = Tally::decode(reader)?;
        let mut counts = Self { frictions, ..Self::default() };
        for sum in &mut counts.rescued {
            *sum = reader.signed()?;
        }
        counts.steps = Tally::decode(reader)?;
        for sum in &mut counts.pressure {
            *sum = reader.signed()?;
        }
        counts.margins = margin::decode(reader)?;
        Ok(counts)
    }
}

fn friction_sums(offered: Frictions, ticked: Frictions) -> [i64; FRICTION] {
    let mut sums = [0; FRICTION];
    sums[0] = 1;
    sums[1] = i64::from(!ticked.is_empty());
    for kind in 0..Frictions::KINDS {
        // Who ticked it was offered it, whatever the questionnaire says by now.
        sums[2 + 2 * kind] = i64::from(offered.has(kind) || ticked.has(kind));
        sums[3 + 2 * kind] = i64::from(ticked.has(kind));
    }
    sums
}

fn margin_sums(row: &Row<'_>) -> [i64; MARGIN] {
    let mut sums = [0; MARGIN];
    sums[0] = 1;
    if let Some(loss) = row.outcome {
        sums[1..ANSWERED].copy_from_slice(&[1, loss, loss * loss]);
        sums[ANSWERED..].copy_from_slice(&sign_counts::counts(loss, row.items));
    }
    sums
}

/// Adds `sign` times some counts to others.
fn add<const W: usize>(into: &mut [i64; W], counts: [i64; W], sign: i64) {
    for (sum, count) in into.iter_mut().zip(counts) {
        *sum = sum.wrapping_add(count.wrapping_mul(sign));
    }
}
