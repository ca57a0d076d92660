//! Bytes that were stored by earlier versions are read for ever.

use relais_analytics::cell::{Cell, Journey, Population, Row};

/// Written before cells held what stands beside the breakdown: three elements, two answers.
const CELL: &str = "c103020202000002040202020200000202000002040404000004b401b401b4010000b4010202020000020000a09c010000a09c01000008080800000808e80204000010c87eb4010000d005020000088084af5f0000200203b401000600b817010202";
/// Written before populations held margins: two journeys.
const POPULATION: &str = "a1047801047800010402000102021902bf0102";

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("two digits")).collect()
}

#[test]
fn cells_of_the_first_format_are_still_read() {
    let mut cell = Cell::new(3);
    let first = Row { outcome: Some(2), lateness: 90, items: &[Some(1), None, Some(4)], time: &[(3, 90, 0)] };
    let second = Row { outcome: None, lateness: 0, items: &[None, Some(10_000), None], time: &[(9, 0, 1_500)] };
    [first, second].iter().for_each(|row| cell.add(row).expect("in range"));
    let read = Cell::decode(&bytes(CELL)).expect("what was stored is read");
    assert_eq!(read, cell, "with nothing beside");
    assert_eq!(read.beside().frictions(0), None, "not asked is not none");
    assert_eq!(read.encode()[0], 0xC2, "and written in the present format");
}

#[test]
fn populations_of_the_first_format_are_still_read() {
    let read = Population::decode(&bytes(POPULATION)).expect("what was stored is read");
    let mut all = Population::new();
    all.add(&Journey { lateness: 60, time: &[(4, 60, 0)], promises: &[(4, false)], waits: &[(2, 25)], channel: 3 });
    all.add(&Journey { waits: &[(2, 100_000)], ..Journey::default() });
    assert_eq!((read.count(), read.lateness(), read.wait_quantile(2, 0.5)), (2, 60, all.wait_quantile(2, 0.5)));
    assert_eq!(read.promises().collect::<Vec<_>>(), [(4, 1, 0)]);
    assert_eq!(read.margins().collect::<Vec<_>>(), [(None, 2)], "nobody knows how late and through which channel");
    assert_eq!(Population::decode(&read.encode()), Ok(read.clone()));
    let mut both = read;
    both.merge(&all);
    assert_eq!(both.margins().map(|(_, count)| count).sum::<i64>(), 4);
}
