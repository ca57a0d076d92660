//! What the layout works on: columns of items, and what joins them; and the plan it makes.

/// How much room something needs around its point on the line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::map) struct Room {
    /// From left to right, around its middle.
    pub(in crate::map) width: f64,
    /// Above the line.
    pub(in crate::map) up: f64,
    /// Below it.
    pub(in crate::map) down: f64,
}

/// A step to be placed. Steps are given in their usual order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::map) struct Node {
    pub(in crate::map) room: Room,
    pub(in crate::map) front: bool,
}

/// A link to be placed: from a step to another, by their places in the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::map) struct Link {
    pub(in crate::map) from: usize,
    pub(in crate::map) to: usize,
    /// How many take it: the heavier, the straighter.
    pub(in crate::map) weight: f64,
    /// How thick it is.
    pub(in crate::map) thickness: f64,
    /// Its label's room.
    pub(in crate::map) label: Room,
}

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::map) struct Plan {
    pub(in crate::map) width: f64,
    pub(in crate::map) height: f64,
    /// The middle of each step, in the order given.
    pub(in crate::map) nodes: Vec<(f64, f64)>,
    /// Each link, in the order given.
    pub(in crate::map) routes: Vec<Route>,
    /// How high the line of visibility lies, where there is anything behind it.
    pub(in crate::map) visibility: Option<f64>,
}

/// The course of a link.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::map) struct Route {
    /// Level stretches from left to right, each as where it begins and ends, and how high it lies;
    /// between them it bends.
    pub(in crate::map) levels: Vec<Level>,
    /// The middle of its label.
    pub(in crate::map) label: (f64, f64),
    /// Whether it leads back, so that it is followed from right to left.
    pub(in crate::map) back: bool,
}

/// A level stretch of a link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::map) struct Level {
    pub(in crate::map) left: f64,
    pub(in crate::map) right: f64,
    pub(in crate::map) y: f64,
}

/// Something in a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Item {
    pub(super) what: What,
    pub(super) room: Room,
    pub(super) front: bool,
    /// On the main line of its lane, which is straight.
    pub(super) main: bool,
    pub(super) weight: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Node(usize),
    /// A stretch of a link, and whether its label stands there.
    Link(usize, bool),
}

/// The columns from left to right, and which items are joined.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// The items of each column, from top to bottom.
    pub(super) columns: Vec<Vec<usize>>,
    pub(super) items: Vec<Item>,
    /// Pairs of items in neighbouring columns that a link joins, with its weight.
    pub(super) joints: Vec<(usize, usize, f64)>,
    /// The items of each link, from left to right, its two steps included.
    pub(super) chains: Vec<Vec<usize>>,
    pub(super) back: Vec<bool>,
}
