//! Cells and populations are commutative groups, and their bytes are safe to read.

use proptest::collection::vec;
use proptest::prelude::*;
use relais_analytics::cell::{
    Cell, DecodeError, Details, Frictions, Journey, LARGEST_LOSS, MOST_ELEMENTS, Population, Row,
    RowError,
};
use relais_analytics::lateness::LONGEST;
use relais_analytics::timings::Timings;

/// An answer that owns its parts.
#[derive(Clone, Debug)]
struct Answer {
    outcome: Option<i64>,
    lateness: i64,
    items: Vec<Option<i64>>,
    time: Vec<(u16, i64, i64)>,
    beside: AnswerDetails,
}

/// Channel, a broken promise, frictions, rated steps, pressure; of an answer that tells them.
type AnswerDetails =
    Option<(Option<u16>, bool, Vec<(u16, Frictions)>, Vec<(u16, i64)>, Option<bool>)>;

impl Answer {
    fn enter(&self, cell: &mut Cell) {
        let entered = match self.details() {
            Some(details) => cell.add_with(&self.row(), &details),
            None => cell.add(&self.row()),
        };
        entered.expect("the answer is in range");
    }

    fn leave(&self, cell: &mut Cell) {
        let left = match self.details() {
            Some(details) => cell.remove_with(&self.row(), &details),
            None => cell.remove(&self.row()),
        };
        left.expect("it was in");
    }

    fn details(&self) -> Option<Details<'_>> {
        let (channel, broken, frictions, steps, pressed) = self.beside.as_ref()?;
        let (channel, broken, pressed) = (*channel, *broken, *pressed);
        let offered = Frictions::of([0, 1, 4]);
        Some(Details {
            channel,
            broken,
            offered,
            frictions,
            steps,
            outcome_range: 10,
            step_range: 10,
            pressed,
        })
    }

    fn row(&self) -> Row<'_> {
        Row { outcome: self.outcome, lateness: self.lateness, items: &self.items, time: &self.time }
    }
}

fn answers(elements: usize) -> impl Strategy<Value = Vec<Answer>> {
    let minutes = || prop_oneof![0..3000i64, Just(LONGEST)];
    let loss = || prop_oneof![0..11i64, Just(LARGEST_LOSS)];
    let time = vec((0..60u16, minutes(), minutes()), 0..4);
    let items = vec(proptest::option::of(loss()), elements);
    let answer = (proptest::option::of(loss()), minutes(), items, time, beside());
    let answer = answer.prop_map(|(outcome, lateness, items, time, beside)| Answer {
        outcome,
        lateness,
        items,
        time,
        beside,
    });
    vec(answer, 0..12)
}

fn beside() -> impl Strategy<Value = AnswerDetails> {
    let frictions = vec(
        (
            0..60u16,
            (0..32usize).prop_map(|set| Frictions::of((0..5).filter(|k| set >> k & 1 == 1))),
        ),
        0..3,
    );
    let steps = vec((0..60u16, 0..11i64), 0..3);
    let channel = proptest::option::of(prop_oneof![0..20u16, Just(u16::MAX)]);
    proptest::option::of((channel, any::<bool>(), frictions, steps, any::<Option<bool>>()))
}

fn cell(elements: usize, answers: &[Answer]) -> Cell {
    let mut cell = Cell::new(elements);
    answers.iter().for_each(|answer| answer.enter(&mut cell));
    cell
}

fn sum(a: &Cell, b: &Cell) -> Cell {
    let mut sum = a.clone();
    sum.merge(b).expect("same variant");
    sum
}

/// Into which of five parts each of at most twelve goes.
fn dealing() -> impl Strategy<Value = Vec<usize>> {
    vec(0..5usize, 12)
}

fn dealt<T: Clone>(all: &[T], deal: &[usize]) -> Vec<Vec<T>> {
    let part = |part| {
        all.iter()
            .zip(deal)
            .filter(move |(_, of)| **of == part)
            .map(|(one, _)| one.clone())
            .collect()
    };
    (0..5).map(part).collect()
}

/// The parts in an order that the dealing decides, summed on two machines whose sums are then
/// summed.
fn together<T: Clone>(parts: &[T], deal: &[usize], zero: &T, sum: impl Fn(&T, &T) -> T) -> T {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&part| deal[part]);
    let (here, there) = order.split_at(deal[5]);
    let fold =
        |some: &[usize]| some.iter().fold(zero.clone(), |all, &part| sum(&all, &parts[part]));
    sum(&fold(there), &fold(here))
}

fn one() -> impl Strategy<Value = (usize, Vec<Answer>)> {
    (0..=MOST_ELEMENTS).prop_flat_map(|n| (Just(n), answers(n)))
}

fn three() -> impl Strategy<Value = (usize, [Vec<Answer>; 3])> {
    (0..=MOST_ELEMENTS).prop_flat_map(|n| (Just(n), [answers(n), answers(n), answers(n)]))
}

proptest! {
    #[test]
    fn cells_merge_in_any_order((n, parts) in three()) {
        let [a, b, c] = parts.clone().map(|part| cell(n, &part));
        prop_assert_eq!(sum(&sum(&a, &b), &c), sum(&a, &sum(&b, &c)));
        prop_assert_eq!(sum(&a, &b), sum(&b, &a));
        prop_assert_eq!(sum(&sum(&a, &b), &c), cell(n, &parts.concat()));
        prop_assert_eq!(sum(&a, &Cell::new(n)), a);
    }

    #[test]
    fn any_order_and_any_split_give_cells_of_the_same_bits((n, all) in one(), deal in dealing()) {
        let parts: Vec<Cell> = dealt(&all, &deal).iter().map(|part| cell(n, part)).collect();
        let whole = cell(n, &all);
        prop_assert_eq!(together(&parts, &deal, &Cell::new(n), sum).encode(), whole.encode());
    }

    #[test]
    fn taking_out_is_the_inverse((n, [some, others, _]) in three()) {
        let kept = cell(n, &some);
        let mut whole = sum(&kept, &cell(n, &others));
        let mut one_by_one = whole.clone();
        whole.subtract(&cell(n, &others)).expect("same variant");
        prop_assert_eq!(&whole, &kept);
        prop_assert_eq!(whole.encode(), kept.encode());
        others.iter().for_each(|answer| answer.leave(&mut one_by_one));
        prop_assert_eq!(one_by_one.encode(), kept.encode());
    }

    #[test]
    fn cells_come_back_from_their_bytes((n, [some, others, _]) in three()) {
        let mut cell = cell(n, &some);
        prop_assert_eq!(Cell::decode(&cell.encode()), Ok(cell.clone()));
        let apart = self::cell(n, &others);
        cell.merge(&apart).expect("same variant");
        prop_assert_eq!(Cell::decode(&cell.encode()), Ok(cell));
    }

    #[test]
    fn hostile_bytes_are_refused_or_are_a_cell((n, [some, ..]) in three(), at in any::<prop::sample::Index>(), byte in any::<u8>(), noise in vec(any::<u8>(), 0..200)) {
        let mut bytes = cell(n, &some).encode();
        let cut = at.index(bytes.len());
        prop_assert!(Cell::decode(&bytes[..cut]).is_err(), "a part of a cell is no cell");
        bytes[cut] = byte;
        let heads = [0xA1, 0xA2, 0xA3, 0xC1, 0xC2, 0xC3];
        let begun = heads.map(|head| [vec![head], noise.clone()].concat());
        for bytes in [bytes, noise].into_iter().chain(begun) {
            if let Ok(cell) = Cell::decode(&bytes) {
                prop_assert_eq!(Cell::decode(&cell.encode()), Ok(cell.clone()));
                prop_assert!(cell.margins().count() <= 66 && cell.counts().frictions(3).is_none_or(|f| f.asked != 0));
            }
            if let Ok(all) = Population::decode(&bytes) {
                prop_assert_eq!(Population::decode(&all.encode()), Ok(all));
            }
        }
    }
}

/// A journey that owns its parts.
type SampleJourney = (i64, Vec<(u16, i64, i64)>, Vec<(u16, bool)>, Vec<(u16, i64)>, u16);

/// The lateness decides whether timings are whole, and whether a journey was credited.
fn journey((lateness, time, promises, waits, channel): &SampleJourney) -> Journey<'_> {
    let timings = match lateness.rem_euclid(3) {
        0 => Timings::Partial,
        1 => Timings::Unstated,
        _ => Timings::Whole,
    };
    let credits = (lateness % 2 == 0).then_some(&waits[..]);
    Journey { timings, lateness: *lateness, time, credits, promises, waits, channel: *channel }
}

fn samples() -> impl Strategy<Value = Vec<SampleJourney>> {
    let minutes = || prop_oneof![-50..5000i64, Just(i64::MAX), Just(i64::MIN)];
    let time = vec((0..60u16, 0..5000i64, 0..5000i64), 0..4);
    vec(
        (
            0..5000i64,
            time,
            vec((0..60u16, any::<bool>()), 0..3),
            vec((0..60u16, minutes()), 0..4),
            0..20u16,
        ),
        0..12,
    )
}

fn population(samples: &[SampleJourney]) -> Population {
    let mut all = Population::new();
    samples.iter().for_each(|sample| all.add(&journey(sample)));
    all
}

fn both(a: &Population, b: &Population) -> Population {
    let mut both = a.clone();
    both.merge(b);
    both
}

proptest! {
    #[test]
    fn any_order_and_any_split_give_populations_of_the_same_bits(all in samples(), deal in dealing()) {
        let parts: Vec<Population> = dealt(&all, &deal).iter().map(|part| population(part)).collect();
        let whole = population(&all);
        prop_assert_eq!(together(&parts, &deal, &Population::new(), both).encode(), whole.encode());
    }

    #[test]
    fn populations_are_a_group_too(some in samples(), others in samples()) {
        let (a, b) = (population(&some), population(&others));
        let whole = population(&[some.clone(), others].concat());
        let mut sum = both(&b, &a);
        prop_assert_eq!(&sum, &whole);
        prop_assert_eq!(Population::decode(&sum.encode()), Ok(whole));
        sum.subtract(&b);
        prop_assert_eq!(&sum, &a);
        prop_assert_eq!(sum.encode(), a.encode());
        some.iter().for_each(|sample| sum.remove(&journey(sample)));
        prop_assert_eq!(sum, Population::new());
        prop_assert_eq!(a.margins().map(|(_, count)| count).sum::<i64>(), a.count());
    }
}

#[test]
fn a_row_that_does_not_fit_changes_nothing() {
    let mut cell = Cell::new(2);
    let row = |items| Row { outcome: Some(1), lateness: 0, items, time: &[] };
    assert_eq!(cell.add(&row(&[None])), Err(RowError::Items { expected: 2, found: 1 }));
    assert_eq!(cell.add(&row(&[None, Some(-1)])), Err(RowError::Loss(-1)));
    assert_eq!(
        cell.add(&Row { outcome: Some(LARGEST_LOSS + 1), ..row(&[None, None]) }),
        Err(RowError::Loss(LARGEST_LOSS + 1))
    );
    assert_eq!(
        cell.add(&Row { lateness: LONGEST + 1, ..row(&[None, None]) }),
        Err(RowError::Minutes(LONGEST + 1))
    );
    assert_eq!(
        cell.add(&Row { time: &[(1, -4, 0)], ..row(&[None, None]) }),
        Err(RowError::Minutes(-4))
    );
    assert_eq!(cell, Cell::new(2));
    assert!(cell.merge(&Cell::new(3)).is_err());
}

#[test]
fn the_error_says_what_is_wrong_with_the_bytes() {
    let good = Cell::new(1).encode();
    assert_eq!(Cell::decode(&[]), Err(DecodeError::Truncated(0)));
    assert_eq!(Cell::decode(&[9]), Err(DecodeError::Format(9)));
    assert_eq!(
        Cell::decode(&[0xC1, 41]),
        Err(DecodeError::Impossible { what: "number of elements", at: 1 })
    );
    assert_eq!(
        Cell::decode(&[good.clone(), vec![0]].concat()),
        Err(DecodeError::Trailing(good.len()))
    );
    assert_eq!(Cell::decode(&good[..3]), Err(DecodeError::Truncated(3)));
}
