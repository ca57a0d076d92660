//! A layered drawing of steps and the links between them, from left to right (Sugiyama, Tagawa &
//! Toda 1981), in two lanes: frontstage above the line of visibility, backstage below it.
//!
//! Steps stand in columns, and between two of these stands a column for the labels of the links. A
//! link that passes a column has a place of its own there, like a step. So no label can lie on
//! another, and no link runs through a label: links bend only between columns. What leads back is
//! laid out as if it led on, and drawn as a loop above the main line.
//!
//! No crate does this: `rust-sugiyama` tells where steps stand, but not where links run nor where
//! labels fit; the ports of dagre (`dagre`, `dugong`) and `layout-rs` do, but none keeps two kinds
//! of steps on either side of a straight line, and all decide by themselves what leads back, which
//! the usual order of the steps already says.

mod grid;
mod layers;
mod order;
mod place;
#[cfg(test)]
mod tests;

pub(super) use grid::{Level, Link, Node, Plan, Room, Route};

/// Lays out some links between steps. Links from a step to itself are left to the caller, who draws
/// them at the step.
pub(super) fn lay_out(nodes: &[Node], links: &[Link]) -> Plan {
    let mut grid = layers::grid(nodes, links);
    order::sort(&mut grid);
    place::place(&grid, nodes.len())
}
