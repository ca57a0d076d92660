//! Bytes that earlier versions wrote, and what they mean: every later version must read them.
//!
//! The bytes are frozen. A new format gets new bytes beside them; the old ones stay, and so does
//! what they decode to.

use relais_analytics::attribute::{EffectSize, RatedElement, Role, Scale, Stratum, Unmeasured};
use relais_analytics::cell::{Cell, Journey, Population, Row};
use relais_analytics::design::{Design, Kind};
use relais_analytics::lateness::LONGEST;
use relais_analytics::timings::Timings;
use relais_analytics::{Attribution, Options, Sample, attribute};

/// Format 0xC1: an empty cell over two elements.
const EMPTY_CELL: &str = "c1020009000f00090000";
/// Format 0xC1: [`three_answers`].
const THREE_ANSWERS: &str = "c103040404000002060400000404000002000104dc04dc04dc0400000480ab40daab4080ab400000daab401616160000020004080808000008a8fe0a80d68001f42e000010d2df9cc7951080ab40000080ac8102ca01000008000120020380ab4000b905b4015a020202aa0202";
/// Format 0xC1: [`many_answers`] over two elements, one cell for each of eight groups.
const MANY_ANSWERS: [&str; 8] = [
    "c10250503436503436341a36d601d6018a019401b054b054d032a03868686836686834688e06a0dd01f402d60280fdf403d05fc070b4027ed8020109b05400070008010e0110010e0110010a0102",
    "c10250503636503636361c36d801d80194019001f08f02f08f02c0bb0190c1016e6e6e386c6c346c800690fb059003ca0280e9801ee09803908403ce028601f4020109f08f0200070006010e01100112011001080102",
    "c10250503634503634361a34dc01dc0192019001b0cb03b0cb03b0c402d093026a6a6a326c6c386ca00680dd099a03ee0280a5c853b0b404f09505be028c01f4020109b0cb0300070006010e011001100110010a0102",
    "c10250503436503436341a36d801d8018c019201f08605f0860590840380c20368686836686834689806908e0df202cc0280b1cba401f0ba06c09306b4027ed8020109f0860500070008010e010e01100110010a0102",
    "c10250503636503636361c36d801d80194019001b0c206b0c206a0c504f0ca046e6e6e386c6c346c8806f09612a203ca02808d8a9102c0e409d09709ce028601f4020109b0c20600070006010e01120110010e010a0102",
    "c10250503634503634361a34da01da0190018e01f0fd07f0fd0790ce0590e5046a6a6a326c6c386c8e0690c6158203ee0280b9849903b0d709b0a90bbe028c01f4020109f0fd0700070006010e01100110011201080102",
    "c10250503436503436341a36dc01dc0190019601b0b909b0b909d0d505e0cb066868683668683468b406f0bf1a8003c00280b5babc0490960cc0b60bb4027ed8020109b0b90900070008010c01100110011001080104",
    "c10250503636503636361c36d601d60194018e01f0f40af0f40a80cf07d0d4076e6e6e386c6c346c8e06e0b11cae03e6028081acfb05a0b01090ab0fce028601f4020109f0f40a00070008010e0110010e0110010a0102",
];
/// Format 0xC2: [`three_answers`].
const THREE_ANSWERS_SECOND: &str = "c203040404000002060400000404000002000104dc04dc04dc0400000480ab40daab4080ab400000daab401616160000020004080808000008a8fe0a80d68001f42e000010d2df9cc7951080ab40000080ac8102ca01000008000120020380ab4000b905b4015a020202aa02020000000000000000";
/// Format 0xC3: [`three_answers`].
const THREE_ANSWERS_THIRD: &str = "c303040404000002060400000404000002000104dc04dc04dc0400000480ab40daab4080ab400000daab401616160000020004080808000008a8fe0a80d68001f42e000010d2df9cc7951080ab40000080ac8102ca01000008000120020380ab4000b905b4015a020202aa0202000000000000000001a4d503c4d503d210fa1080c895930182c0eedbb927842f14ea0122c0920280ca0880e4ca498090aba602a08901809411a0ae0580b915040007";
/// Format 0xA1: no journeys.
const EMPTY_POPULATION: &str = "a10000000000";
/// Format 0xA1: [`two_journeys`].
const TWO_JOURNEYS: &str = "a104b4010203f00100b905003c0103040202040200021f020501d80102";
/// Format 0xA2: [`two_journeys`] and one that is half an hour late, through channel 2.
const THREE_JOURNEYS: &str =
    "a206f0010203f00100b905003c0103040202040200021f020501d8010203000212020102";

#[test]
fn populations_before_timings_are_read_and_say_that_they_lack_them() {
    let mut three = two_journeys();
    let third = Journey { lateness: 30, channel: 2, ..Journey::default() };
    three.add(&third);
    let read = Population::decode(&bytes(THREE_JOURNEYS)).expect("a population");
    assert_eq!((read.count(), read.lateness()), (3, 120));
    assert!(read.margins().eq(three.margins()) && read.time().eq(three.time()));
    assert_eq!((read.coverage().unstated, read.coverage().share()), (3, None));
    assert_eq!(read, three, "nobody looked whose timings are whole");
    three.add(&Journey { timings: Timings::Whole, ..third });
    assert_eq!((three.coverage().share(), three.lateness()), (Some(1.0), 150));
    assert_eq!(read.encode()[0], 0xA3, "and is written in the present format");
    assert_eq!(Population::decode(&read.encode()), Ok(read));
}

#[test]
fn cells_of_the_first_format_are_read() {
    let empty = cell(EMPTY_CELL);
    assert_eq!((empty.elements(), empty.count(), empty.outcomes().count()), (2, 0, 0));

    let three = cell(THREE_ANSWERS);
    assert_eq!((three.elements(), three.count()), (3, 3));
    assert_eq!([0, 1, 2].map(|k| three.asked(k)), [2, 0, 2]);
    assert_eq!(three.outcomes().collect::<Vec<_>>(), [(2, 1), (300, 1)]);
    assert_eq!(three.time().collect::<Vec<_>>(), [(3, LONGEST, 0), (700, 90, 45)]);
    assert_eq!(three.counts().frictions(0), None, "what was not asked is not none");
    assert_eq!(three.encode()[0], 0xC3, "and is written in the present format");
    assert!(!three.has_thirds() && empty.has_thirds(), "only what has answers lacks anything");
    let mut gone = three.clone();
    gone.subtract(&three_answers()).expect("the same variant");
    let mut lacking = three.clone();
    lacking.subtract(&three).expect("the same variant");
    assert_eq!(gone.encode(), lacking.encode(), "every sum is the one that was written");
    assert!((gone.count(), gone.asked(0), gone.has_thirds()) == (0, 0, false));
}

#[test]
fn cells_of_the_later_formats_are_read() {
    let second = Cell::decode(&bytes(THREE_ANSWERS_SECOND)).expect("a cell of the second format");
    let present = Cell::decode(&bytes(THREE_ANSWERS_THIRD)).expect("a cell of this format");
    assert_eq!((second.has_thirds(), second.encode()[0]), (false, 0xC3));
    assert_eq!(present, three_answers());
    let mut gone = second.clone();
    gone.subtract(&present).expect("the same variant");
    let mut lacking = second.clone();
    lacking.subtract(&second).expect("the same variant");
    assert_eq!(gone, lacking, "every sum that it has is the one that was written");
}

#[test]
fn a_breakdown_from_cells_of_the_first_format_is_the_same() {
    let written = breakdown(MANY_ANSWERS.iter().map(|hex| cell(hex)));
    assert!(written.is_split() && written.untraced.is_some());
    let not_told = Some(EffectSize::AtLeast(Unmeasured::NotSummed));
    assert_eq!(written.effect_size, not_told, "such cells hold no third moments");
    let mut present = breakdown((0..8).map(many_answers));
    assert_ne!(present.effect_size, not_told);
    present.effect_size = not_told;
    assert_eq!(written, present);
}

#[test]
fn populations_of_the_first_format_are_read() {
    let empty = population(EMPTY_POPULATION);
    assert_eq!(
        (empty.count(), empty.lateness(), empty.time().count(), empty.promises().count()),
        (0, 0, 0, 0)
    );

    let two = population(TWO_JOURNEYS);
    assert_eq!((two.count(), two.lateness()), (2, 90));
    assert_eq!(two.time().collect::<Vec<_>>(), [(3, 120, 0), (700, 0, 30)]);
    assert_eq!(two.promises().collect::<Vec<_>>(), [(3, 2, 1)]);
    assert_eq!((two.waits(4), two.wait_quantile(4, 1.0), two.waits(5)), (2, Some(31.0), 1));
    assert_eq!(
        two.margins().collect::<Vec<_>>(),
        [(None, 2)],
        "nobody knows how late and through which channel"
    );
    assert_eq!(Population::decode(&two.encode()), Ok(two.clone()));
    let mut gone = two;
    gone.subtract(&two_journeys());
    let left = (gone.time().count(), gone.promises().count(), gone.waits(4), gone.waits(5));
    assert_eq!(
        (gone.count(), gone.lateness(), left),
        (0, 0, (0, 0, 0, 0)),
        "every sum is the one that was written"
    );
}

fn cell(hex: &str) -> Cell {
    let bytes = bytes(hex);
    assert_eq!(bytes[0], 0xC1);
    Cell::decode(&bytes).expect("a cell of the first format")
}

fn population(hex: &str) -> Population {
    let bytes = bytes(hex);
    assert_eq!(bytes[0], 0xA1);
    Population::decode(&bytes).expect("a population of the first format")
}

fn bytes(hex: &str) -> Vec<u8> {
    let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal");
    (0..hex.len()).step_by(2).map(byte).collect()
}

/// One late by a year, one without an outcome, one with a loss that takes two bytes.
fn three_answers() -> Cell {
    let mut cell = Cell::new(3);
    for row in [
        Row {
            outcome: Some(2),
            lateness: LONGEST,
            items: &[Some(1), None, Some(4)],
            time: &[(3, LONGEST, 0)],
        },
        Row { outcome: None, lateness: 45, items: &[None, None, Some(0)], time: &[(700, 90, 45)] },
        Row { outcome: Some(300), lateness: 0, items: &[Some(10), None, None], time: &[] },
    ] {
        cell.add(&row).expect("in range");
    }
    cell
}

/// Forty answers of a replicate group.
fn many_answers(group: i64) -> Cell {
    let mut cell = Cell::new(2);
    for n in (0..40).map(|n| group * 40 + n) {
        let lateness = if n % 4 == 0 { n * 30 } else { 0 };
        let items = [(n % 3 > 0).then_some(n % 5), (n % 3 < 2).then_some(n * n % 5)];
        let row = Row {
            outcome: Some(n % 5 + n % 7 / 3),
            lateness,
            items: &items,
            time: &[(9, lateness, 0)],
        };
        cell.add(&row).expect("in range");
    }
    cell
}

fn two_journeys() -> Population {
    let mut all = Population::new();
    let time = [(3, 120, 0), (700, 0, 30)];
    all.add(&Journey {
        lateness: 90,
        time: &time,
        promises: &[(3, false)],
        waits: &[(4, 31), (5, 100_000)],
        channel: 3,
        ..Journey::default()
    });
    all.add(&Journey { promises: &[(3, true)], waits: &[(4, -2)], ..Journey::default() });
    all
}

fn breakdown(cells: impl Iterator<Item = Cell>) -> Attribution {
    let mut sample = Sample::new();
    let rated = [(0, Kind::Step), (1, Kind::Handoff)]
        .map(|(position, kind)| RatedElement { position, kind });
    sample.variant(0, rated.to_vec()).expect("the variant is sound");
    sample.version(0, Scale::same(10, 4), Design::Observed).expect("the scale is sound");
    for (group, cell) in (0..).zip(cells) {
        sample
            .add(Role::Focus, Stratum { place: 0, variant: 0, version: 0 }, group, &cell)
            .expect("it fits");
    }
    attribute(&sample, &Options::default())
}
