//! Where everything stands, in pixels: the main line of each lane is straight, and everything else
//! as near to what it is joined with as its neighbours in the column allow.

use super::grid::{Grid, Level, Plan, Route, What};

/// Around the whole.
const MARGIN: f64 = 16.0;
/// Between two columns: there flow bend.
const BEND: f64 = 34.0;
/// Between two things that stand one above the other.
const APART: f64 = 10.0;
/// Around the line of visibility.
const AROUND_VISIBILITY: f64 = 26.0;
/// How often heights are settled, there and back.
const SWEEPS: usize = 10;
/// The pull of the main line, against which no other can stand.
const STRAIGHT: f64 = 1e6;

/// Places everything.
pub(super) fn place(grid: &Grid, nodes: usize) -> Plan {
    let (mut heights, visibility, height) = lanes(grid, settled(grid));
    let (columns, width) = columns(grid);
    heights.iter_mut().for_each(|y| *y = round(*y));
    let column_of = column_of(grid);
    let middle = |item: usize| {
        let (left, right) = columns[column_of[item]];
        (round(f64::midpoint(left, right)), heights[item])
    };
    let route = |(chain, back): (&Vec<usize>, &bool)| {
        let last = chain.len() - 1;
        let level = |(at, item): (usize, &usize)| {
            let (left, right) = columns[column_of[*item]];
            let (x, y) = middle(*item);
            let (left, right) = if at == 0 {
                (x, right)
            } else if at == last {
                (left, x)
            } else {
                (left, right)
            };
            Level { left: round(left), right: round(right), y }
        };
        let labelled =
            chain.iter().find(|item| matches!(grid.items[**item].what, What::Link(_, true)));
        Route {
            levels: chain.iter().enumerate().map(level).collect(),
            label: labelled.map_or((0.0, 0.0), |item| middle(*item)),
            back: *back,
        }
    };
    Plan {
        width: round(width),
        height: round(height),
        // Steps are the first items of the grid.
        nodes: (0..nodes).map(middle).collect(),
        routes: grid.chains.iter().zip(&grid.back).map(route).collect(),
        visibility: visibility.map(round),
    }
}

fn column_of(grid: &Grid) -> Vec<usize> {
    let mut of = vec![0; grid.items.len()];
    for (column, items) in grid.columns.iter().enumerate() {
        items.iter().for_each(|item| of[*item] = column);
    }
    of
}

/// Where each column begins and ends, and how wide all are together.
fn columns(grid: &Grid) -> (Vec<(f64, f64)>, f64) {
    let mut x = MARGIN;
    let mut columns = Vec::new();
    for items in &grid.columns {
        let width = items.iter().map(|item| grid.items[*item].room.width).fold(0.0, f64::max);
        columns.push((x, x + width));
        x += width + BEND;
    }
    (columns, x - BEND + MARGIN)
}

/// The height of every item above or below the main line of its lane.
fn settled(grid: &Grid) -> Vec<f64> {
    let mut heights = vec![0.0; grid.items.len()];
    let mut near = vec![Vec::new(); grid.items.len()];
    for (a, b, weight) in &grid.joints {
        // Across the line of visibility nothing pulls: each lane is as high as it needs to be.
        if grid.items[*a].front == grid.items[*b].front {
            near[*a].push((*b, weight.max(1e-6)));
            near[*b].push((*a, weight.max(1e-6)));
        }
    }
    for sweep in 0..SWEEPS {
        for step in 0..grid.columns.len() {
            let column = if sweep % 2 == 0 { step } else { grid.columns.len() - 1 - step };
            for front in [true, false] {
                let lane = grid.columns[column]
                    .iter()
                    .copied()
                    .filter(|item| grid.items[*item].front == front);
                settle(grid, &lane.collect::<Vec<_>>(), &near, &mut heights);
            }
        }
    }
    heights
}

/// Puts the items of one lane in a column as near to where they want to be as their order and rooms
/// allow: the isotonic regression of their wishes, by pooling neighbours that violate it.
fn settle(grid: &Grid, lane: &[usize], near: &[Vec<(usize, f64)>], heights: &mut [f64]) {
    let mut below = 0.0;
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    let mut offsets = Vec::new();
    for (at, item) in lane.iter().enumerate() {
        let room = grid.items[*item].room;
        if at > 0 {
            below += grid.items[lane[at - 1]].room.down + APART + room.up;
        }
        offsets.push(below);
        let (wish, weight) = wish(grid, *item, &near[*item], heights);
        pools.push((wish - below, weight, 1));
        while let [.., (a, u, m), (b, v, n)] = pools[..]
            && a > b
        {
            pools.truncate(pools.len() - 2);
            pools.push(((a * u + b * v) / (u + v), u + v, m + n));
        }
    }
    let settled = pools.iter().flat_map(|(y, _, count)| std::iter::repeat_n(*y, *count));
    for ((item, offset), y) in lane.iter().zip(offsets).zip(settled) {
        heights[*item] = y + offset;
    }
}

fn wish(grid: &Grid, item: usize, near: &[(usize, f64)], heights: &[f64]) -> (f64, f64) {
    if grid.items[item].main {
        return (0.0, STRAIGHT);
    }
    let weight: f64 = near.iter().map(|(_, weight)| weight).sum();
    let pull: f64 = near.iter().map(|(other, weight)| heights[*other] * weight).sum();
    (if weight > 0.0 { pull / weight } else { 0.0 }, weight.max(1e-6))
}

/// Moves the lanes below each other; how high the line of visibility lies, and how high the whole
/// is.
fn lanes(grid: &Grid, mut heights: Vec<f64>) -> (Vec<f64>, Option<f64>, f64) {
    let mut top = MARGIN;
    let mut visibility = None;
    for front in [true, false] {
        let lane: Vec<usize> =
            (0..grid.items.len()).filter(|item| grid.items[*item].front == front).collect();
        if lane.is_empty() {
            continue;
        }
        if !front {
            visibility = Some(top + AROUND_VISIBILITY / 2.0);
            top += 2.0 * AROUND_VISIBILITY;
        }
        let highest = lane
            .iter()
            .map(|item| heights[*item] - grid.items[*item].room.up)
            .fold(f64::MAX, f64::min);
        lane.iter().for_each(|item| heights[*item] += top - highest);
        top = lane
            .iter()
            .map(|item| heights[*item] + grid.items[*item].room.down)
            .fold(top, f64::max);
    }
    (heights, visibility, top + MARGIN)
}

/// To a tenth of a pixel: what is the same on every machine.
fn round(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}
