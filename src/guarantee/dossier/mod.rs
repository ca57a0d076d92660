//! The file for the works council and the data-protection officer: made from what is in force, in
//! one language, as plain text (Markdown) and as a page to print.
//!
//! It holds no figure of any team. What it says of the guarantees is what a check found just
//! before.

mod categories;
mod chapters;
mod document;
mod markdown;
mod page;

pub use categories::{CATEGORIES, Category};
pub use chapters::{Facts, dossier};
pub use document::{Chapter, Dossier, Part};
