//! The owner's pages.

pub(crate) mod visit;

use super::{compare, coverage, help, incentives, system};
use crate::web::Routes;

/// The routes of the owner's pages.
pub fn routes() -> Routes {
    Routes::new()
        .merge(help::web::routes())
        .merge(compare::web::routes())
        .merge(system::web::routes())
        .merge(coverage::web::routes())
        .merge(incentives::web::routes())
}
