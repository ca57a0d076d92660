//! The teams' pages: what they discuss, what they try and what came of it; the process owner's
//! page of all actions; and the actions for programs.
//!
//! A team's page is for its members, where their membership says; a discussion is for both its
//! teams. What is written there is shown as it will be stored before it is stored, on a page of
//! its own, since nothing here needs a script.

mod act;
mod api;
mod list;
mod member;
mod owner;
mod page;
mod preview;
mod row;

use axum::routing::get;

use crate::web::Routes;

pub fn routes() -> Routes {
    Routes::new()
        .route("/teams/{team}/discussions", get(list::show).post(list::open))
        .route("/teams/{team}/discussions/{discussion}", get(page::show).post(act::act))
        .route("/network/actions", get(owner::show).post(owner::answer))
        .route("/api/v1/actions", get(api::actions))
}
