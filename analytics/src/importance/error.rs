//! Why an importance cannot be computed, and how to mend it.

use super::MOST_TOGETHER;

/// Why an importance cannot be computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportanceError {
    /// Figures that make no square over outcome and elements.
    #[error(
        "{found} figures are no square matrix over the outcome and {elements} elements; give \
         {expected}, row by row"
    )]
    Shape {
        /// Elements.
        elements: usize,
        /// Figures that they and the outcome need.
        expected: usize,
        /// Figures given.
        found: usize,
    },
    /// An entry that is no number, or not that of the mirrored place, or a variance below 0.
    #[error(
        "row {row}, column {column} of the covariances is no number, is a variance below 0 or \
         differs from its mirror image"
    )]
    Entry {
        /// Row, 0 the outcome's.
        row: usize,
        /// Column.
        column: usize,
    },
    /// An outcome that is the same for all.
    #[error("the outcome does not vary: there is nothing that elements could share")]
    Constant,
    /// More elements than can be divided at once, and no groups.
    #[error(
        "{0} elements cannot be divided without groups, at most {MOST_TOGETHER} can: put them \
         into groups, such as the stages of the journey"
    )]
    Ungrouped(usize),
    /// A group that is too large beside so many others.
    #[error(
        "group {group} has {elements} elements beside {others} other groups, which together may \
         be {MOST_TOGETHER}: divide it where it is large, or join small groups where they are \
         many"
    )]
    TooLarge {
        /// The group, counted from 0.
        group: usize,
        /// Its elements.
        elements: usize,
        /// The other groups.
        others: usize,
    },
    /// An element that stands in two groups, in none, or does not exist.
    #[error(
        "element {0} does not exist, or stands in no group or more than one: put each element \
         into exactly one"
    )]
    Element(usize),
}
