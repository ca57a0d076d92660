//! A layered drawing of steps and the flow between them, from left to right (Sugiyama, Tagawa & Toda 1981), in two lanes:
//! frontstage above the line of visibility, backstage below it.
//!
//! Steps stand in columns, and between two of these stands a column for the labels of the flow. A way that passes a
//! column has a place of its own there, like a step. So no label can lie on another, and no way runs through a label:
//! flow bend only between columns. What leads back is laid out as if it led on, and drawn as a loop above the main line.
//!
//! No crate does this: `rust-sugiyama` tells where steps stand, but not where flow run nor where labels fit; the ports of
//! dagre (`dagre`, `dugong`) and `layout-rs` do, but none keeps two kinds of steps on either side of a straight line, and
//! all decide by themselves what leads back, which the usual order of the steps already says.

mod layers;
mod order;
mod place;
#[cfg(test)]
mod tests;

/// How much room something needs around its point on the line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Room {
    /// From left to right, around its middle.
    pub(super) width: f64,
    /// Above the line.
    pub(super) up: f64,
    /// Below it.
    pub(super) down: f64,
}

/// A step to be placed. Steps are given in their usual order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) room: Room,
    pub(super) front: bool,
}

/// A way to be placed: from a step to another, by their places in the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    /// How many take it: the heavier, the straighter.
    pub(super) weight: f64,
    /// How thick it is.
    pub(super) thickness: f64,
    /// Its label's room.
    pub(super) label: Room,
}

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Plan {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The middle of each step, in the order given.
    pub(super) nodes: Vec<(f64, f64)>,
    /// Each way, in the order given.
    pub(super) routes: Vec<Route>,
    /// How high the line of visibility lies, where there is anything behind it.
    pub(super) visibility: Option<f64>,
}

/// The course of a way.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Route {
    /// Level stretches from left to right, each as where it begins and ends, and how high it lies; between them it bends.
    pub(super) levels: Vec<Level>,
    /// The middle of its label.
    pub(super) label: (f64, f64),
    /// Whether it leads back, so that it is followed from right to left.
    pub(super) back: bool,
}

/// A level stretch of a way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Level {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) y: f64,
}

/// Something in a column.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Item {
    what: What,
    room: Room,
    front: bool,
    /// On the main line of its lane, which is straight.
    main: bool,
    weight: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Node(usize),
    /// A stretch of a way, and whether its label stands there.
    Way(usize, bool),
}

/// The columns from left to right, and which items are joined.
#[derive(Clone, Debug, Default)]
struct Grid {
    /// The items of each column, from top to bottom.
    columns: Vec<Vec<usize>>,
    items: Vec<Item>,
    /// Pairs of items in neighbouring columns that a way joins, with its weight.
    joints: Vec<(usize, usize, f64)>,
    /// The items of each way, from left to right, its two steps included.
    blueprints: Vec<Vec<usize>>,
    back: Vec<bool>,
}

/// Lays out some flow between steps. Flow from a step to itself are left to the caller, who draws them at the step.
pub(super) fn lay_out(nodes: &[Node], links: &[Link]) -> Plan {
    let mut grid = layers::grid(nodes, links);
    order::sort(&mut grid);
    place::place(&grid, nodes.len())
}
