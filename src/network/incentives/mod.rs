//! How the score is used: how many customers were told what to answer, and whether answers look
//! coached. Both are faults of the organisation's incentives and are told of the organisation
//! alone: no place, no team, no week is named, and how many sites show signs is a number without a
//! list behind it.

mod panel;
pub mod read;
pub mod web;

use relais_analytics::interval::Share;
use std::collections::BTreeMap;

use relais_analytics::Cell;
use relais_analytics::cell::Counts;
use relais_analytics::coached::{Comparison, Sign};
use relais_analytics::funnel::FEWEST_UNITS;
use relais_analytics::pressure::pressure;

use crate::breakdown::attribution::period;
use crate::breakdown::disclosure::{Gate, Reading};
use crate::breakdown::{LEVEL, Period};
use crate::error::{Error, Result};
use crate::limits;
use crate::privacy::{Disclosed, Place, PlaceFigure, Subject};
use crate::publication::Published;

/// What is told of the organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct Incentives {
    pub(super) period: Period,
    /// The share of customers who say that somebody suggested an answer; absent where too few were
    /// asked.
    pub(super) pressure: Option<Share>,
    /// How many were asked and said either; absent below the floor.
    pub(super) asked: Option<u64>,
    /// How many sites' answers look coached; absent where too few sites may be looked at.
    pub(super) signs: Option<Signs>,
}

/// Sites whose answers look coached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signs {
    /// Sites that could be looked at.
    pub(super) sites: usize,
    /// Those that show so many signs that it is worth asking how the score is used.
    pub(super) flagged: usize,
    /// By sign, sites that show it.
    pub(super) seen: [(Sign, usize); 4],
}

/// What of each site is compared with all others: its answers by variant and version.
type Sums = BTreeMap<(i32, i32), Cell>;

pub(super) fn incentives(published: &Published, gate: &Gate) -> Result<Reading<Incentives>> {
    let units = published.units();
    let (whole, sites) = sums(published)?;
    let sites = sites.into_iter().map(|(place, cells)| PlaceFigure {
        place,
        answers: cells.values().map(|cell| cell.count().unsigned_abs()).sum(),
        content: cells,
    });
    let sites = gate.each(&units, &Subject::Whole, sites.collect()).into_iter();
    let shown = sites.filter_map(|(_, site)| site.ok()).collect();
    let signs = Disclosed::together(shown, |sites| signs(&whole, &sites));
    let mut counts = Counts::default();
    whole.values().for_each(|cell| counts.merge(cell.counts()));
    let pressure =
        pressure(&counts, LEVEL).filter(|share| share.of >= i64::from(limits::MINIMUM_ANSWERS));
    Ok(gate.whole(&units, &Place::Network, || Incentives {
        period: period(published),
        pressure,
        asked: pressure.map(|share| share.of.unsigned_abs()),
        signs: signs.and_then(|signs| (*signs).clone()),
    }))
}

/// The answers of all together, and of each site by itself.
fn sums(published: &Published) -> Result<(Sums, BTreeMap<Place, Sums>)> {
    let (mut whole, mut sites) = (Sums::new(), BTreeMap::<Place, Sums>::new());
    for cell in published.answers(|_| true) {
        let cell = cell?;
        let key = (cell.variant, cell.version);
        put(&mut whole, key, &cell.state)?;
        let place = &published.atoms[cell.atom].unit.place;
        if matches!(place, Place::Site(_)) {
            put(sites.entry(place.clone()).or_default(), key, &cell.state)?;
        }
    }
    Ok((whole, sites))
}

fn put(sums: &mut Sums, key: (i32, i32), cell: &Cell) -> Result<()> {
    let sum = sums.entry(key).or_insert_with(|| Cell::new(cell.elements()));
    sum.merge(cell)
        .map_err(|why| Error::Internal(format!("published cells do not fit together: {why}")))
}

/// How many sites show signs against all others; too few sites are not counted, since each would be
/// known.
fn signs(whole: &Sums, sites: &[Sums]) -> Option<Signs> {
    if sites.len() < FEWEST_UNITS {
        return None;
    }
    let found: Vec<_> = sites.iter().map(|own| compared(whole, own).signs()).collect();
    let seen = |sign: Sign| {
        (sign, found.iter().filter(|signs| signs.seen().any(|seen| seen == sign)).count())
    };
    let flagged = found.iter().filter(|signs| signs.flagged()).count();
    Some(Signs { sites: sites.len(), flagged, seen: Sign::ALL.map(seen) })
}

fn compared(whole: &Sums, own: &Sums) -> Comparison {
    let mut comparison = Comparison::new();
    for ((variant, version), cell) in own {
        let (number, of) = (variant.unsigned_abs(), version.unsigned_abs());
        let mut others =
            whole.get(&(*variant, *version)).cloned().unwrap_or_else(|| Cell::new(cell.elements()));
        // The whole is made of the parts, so they have the same shape.
        if others.subtract(cell).is_ok() {
            comparison.group(number, of, cell);
            comparison.others(number, of, &others);
        }
    }
    comparison
}

#[cfg(test)]
mod tests {
    use relais_analytics::cell::{Details, Row};

    use crate::network::incentives::*;

    fn site(answers: i64, ideal: i64) -> Sums {
        let mut cell = Cell::new(1);
        for n in 0..answers {
            let (outcome, part) = if n % 10 < ideal { (0, 0) } else { (1 + n % 3, n % 2) };
            let row = Row { outcome: Some(outcome), lateness: 0, items: &[Some(part)], time: &[] };
            cell.add_with(&row, &Details { channel: Some(0), ..Details::default() }).unwrap();
        }
        [((1, 1), cell)].into()
    }

    fn whole(sites: &[Sums]) -> Sums {
        let mut whole = Sums::new();
        sites.iter().flatten().for_each(|(key, cell)| put(&mut whole, *key, cell).unwrap());
        whole
    }

    #[test]
    fn one_coached_site_is_counted_and_honest_ones_are_not() {
        let mut sites: Vec<Sums> = (0..11).map(|_| site(120, 3)).collect();
        assert_eq!(signs(&whole(&sites), &sites).unwrap().flagged, 0);
        sites.push(site(120, 7));
        let told = signs(&whole(&sites), &sites).unwrap();
        assert_eq!((told.sites, told.flagged), (12, 1));
        assert!(told.seen.iter().all(|(_, count)| *count <= 1), "{:?}", told.seen);
    }

    #[test]
    fn of_nine_sites_nothing_is_counted() {
        let sites: Vec<Sums> = (0..9).map(|_| site(120, 3)).collect();
        assert_eq!(signs(&whole(&sites), &sites), None);
    }
}
