//! An action, as registered before its start.

use super::week::Week;
use crate::Direction;

/// An action, as registered before its start, with the weeks until now.
#[derive(Clone, Copy, Debug)]
pub struct Action<'a> {
    /// The weeks of those who act, from the first known to the last; a gap is `None`.
    pub focus: &'a [Option<Week>],
    /// The same weeks of those who do not; weeks beyond its end are gaps. A week known to one side
    /// only is not used.
    pub control: Option<&'a [Option<Week>]>,
    /// The index of the first week of the action.
    pub start: usize,
    /// Which way it is meant to move the figure.
    pub direction: Direction,
}
