//! What stands above what in a column: lanes first, then loops above the main line and the rest
//! below it, and within these in the order that crosses least, by the barycentre of what each is
//! joined with.

use std::collections::BTreeMap;

use super::grid::{Grid, What};

/// How often the columns are put in order, there and back.
const SWEEPS: usize = 12;

/// Puts every column in order.
pub(super) fn sort(grid: &mut Grid) {
    let groups: Vec<i8> = (0..grid.items.len()).map(|item| group(grid, item)).collect();
    let joined = joined(grid);
    let mut places = vec![0.0; grid.items.len()];
    settle(grid, &groups, &mut places, 0, None);
    for column in 1..grid.columns.len() {
        settle(grid, &groups, &mut places, column, Some(&joined));
    }
    let mut best = (crossings(grid), grid.columns.clone());
    for sweep in 0..SWEEPS {
        let count = grid.columns.len();
        for step in 0..count {
            let column = if sweep % 2 == 0 { count - 1 - step } else { step };
            settle(grid, &groups, &mut places, column, Some(&joined));
        }
        let found = crossings(grid);
        if found < best.0 {
            best = (found, grid.columns.clone());
        }
    }
    grid.columns = best.1;
}

/// Frontstage above backstage; loops above the main line, everything else below it.
fn group(grid: &Grid, item: usize) -> i8 {
    let it = &grid.items[item];
    let lane = if it.front { 0 } else { 10 };
    let side = match it.what {
        _ if it.main => 0,
        What::Link(way, _) if grid.back[way] && at_main_line(grid, way) => -1,
        _ => 1,
    };
    lane + side
}

fn at_main_line(grid: &Grid, way: usize) -> bool {
    let chain = &grid.chains[way];
    [chain.first(), chain.last()].into_iter().flatten().any(|end| grid.items[*end].main)
}

fn joined(grid: &Grid) -> Vec<Vec<(usize, f64)>> {
    let mut joined = vec![Vec::new(); grid.items.len()];
    for (a, b, weight) in &grid.joints {
        joined[*a].push((*b, *weight));
        joined[*b].push((*a, *weight));
    }
    joined
}

/// Puts one column in order and remembers where everything stands, as a share of its column.
fn settle(
    grid: &mut Grid,
    groups: &[i8],
    places: &mut [f64],
    column: usize,
    joined: Option<&Vec<Vec<(usize, f64)>>>,
) {
    let items = &mut grid.columns[column];
    let middle = |item: &usize| {
        let Some(near) = joined.map(|joined| &joined[*item]).filter(|near| !near.is_empty()) else {
            return places[*item];
        };
        let weight: f64 = near.iter().map(|(_, weight)| weight.max(1e-9)).sum();
        near.iter().map(|(other, weight)| places[*other] * weight.max(1e-9)).sum::<f64>() / weight
    };
    let keys: BTreeMap<usize, f64> = items.iter().map(|item| (*item, middle(item))).collect();
    items.sort_by(|a, b| {
        groups[*a].cmp(&groups[*b]).then(keys[a].total_cmp(&keys[b])).then(a.cmp(b))
    });
    let anchor = items.iter().position(|item| groups[*item] == 0).map_or(0.0, |at| at as f64);
    for (at, item) in items.iter().enumerate() {
        places[*item] = at as f64 - anchor;
    }
}

/// How often flow cross between neighbouring columns.
fn crossings(grid: &Grid) -> usize {
    let mut place = vec![(0usize, 0usize); grid.items.len()];
    for (column, items) in grid.columns.iter().enumerate() {
        for (at, item) in items.iter().enumerate() {
            place[*item] = (column, at);
        }
    }
    let mut gaps: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (a, b, _) in &grid.joints {
        let ((column, left), (_, right)) =
            if place[*a].0 < place[*b].0 { (place[*a], place[*b]) } else { (place[*b], place[*a]) };
        gaps.entry(column).or_default().push((left, right));
    }
    let crossed = |joints: &Vec<(usize, usize)>| {
        let pairs = joints
            .iter()
            .enumerate()
            .flat_map(|(at, a)| joints[at + 1..].iter().map(move |b| (a, b)));
        pairs.filter(|(a, b)| (a.0 < b.0 && a.1 > b.1) || (a.0 > b.0 && a.1 < b.1)).count()
    };
    gaps.values().map(crossed).sum()
}
