//! What is said of an organisation's structure: blueprints as files, changed between two weeks,
//! also by somebody who says more than is true.

use std::fmt::Write as _;

use axum::http::StatusCode;
use relais::blueprint::file::Plan;
use relais::blueprint::store::apply as blueprints;
use relais::id::OrganisationId;
use relais::journal::{Author, Entry, Reason, store as journal};
use relais::journey::store::following;
use relais::limits::PRIVACY_NOTICE;
use relais::team::Role;
use relais::wiring;

use super::life::{CENTRAL, CHANGED, Life, OWN, SERVICES, Site};
use crate::support::World;
use crate::visitor::signed_in;

/// The blueprint of a service: as it is at the beginning, with the change that nobody objects
/// to, or also with the one that is a lie.
pub(super) fn blueprint(life: &Life, service: usize, changes: usize) -> String {
    let (code, steps) = SERVICES[service];
    let mut text = format!(
        "reason = \"so it is\"\n[journey_type]\ncode = \"{code}\"\nname = {{ fr = \"{code}\", \
         en = \"{code}\" }}\nattributes = [\"channel\"]\nbuffer_minutes = 60\n"
    );
    for (step, team, met) in steps {
        let is_moved = life.is_washed_by_the_shop && *step == "WASH" && changes > 0;
        let team = if is_moved { "shop" } else { team };
        let planned = if life.plans && *step == "WORK" { "planned_by = \"PLAN\"\n" } else { "" };
        let _ = write!(
            text,
            "[[step]]\ncode = \"{step}\"\nteam = \"{team}\"\nfrontstage = {met}\n{planned}"
        );
    }
    for (team, heads) in CENTRAL.iter().zip(life.central) {
        let _ = write!(text, "[[team]]\ncode = \"{team}\"\ncentral = {heads}\n");
    }
    for (at, team) in OWN.iter().enumerate() {
        let heads = |(n, site): (usize, &Site)| {
            let told = if changes > 0 { site.later[at] } else { site.heads[at] };
            let told = if changes > 1 && n == life.liar && at == 0 { 60 } else { told };
            format!("{} = {told}", site.code)
        };
        let heads: Vec<String> = life.sites.iter().enumerate().map(heads).collect();
        let heads = heads.join(", ");
        let _ = write!(text, "[[team]]\ncode = \"{team}\"\nsites = {{ {heads} }}\n");
    }
    for (n, site) in life.sites.iter().enumerate() {
        let region =
            if life.moves == Some(n) && changes > 0 { 1 - site.region } else { site.region };
        let _ = write!(text, "[[site]]\ncode = \"{}\"\nregion = \"R{region}\"\n", site.code);
    }
    text
}

/// Proposes a change that nobody objects to, and one that a representative does.
pub(super) async fn change(world: &World, organisation: OrganisationId, life: &Life) {
    world.app.clock.set(CHANGED - PRIVACY_NOTICE);
    apply(world, organisation, 0, &blueprint(life, 0, 1)).await;
    let lie = apply(world, organisation, 0, &blueprint(life, 0, 2)).await.expect("a change");
    let router = wiring::router(world.app.clone());
    let mut camille = signed_in(&world.app, &router, organisation, Role::Representative, &[]).await;
    let raised =
        camille.post(&format!("/journal/{lie}/objection"), "reason=so+few+work+here").await;
    assert_eq!(raised.status, StatusCode::SEE_OTHER, "{}", raised.body);
}

/// Applies a file as the command does; the number of its entry, if it changes anything.
pub(super) async fn apply(
    world: &World,
    organisation: OrganisationId,
    service: usize,
    text: &str,
) -> Option<i64> {
    let code = SERVICES[service].0;
    let known = blueprints::known(world.app.db.reader(), organisation).await.expect("the codes");
    let plan = Plan::parse(text, "blueprint.toml", Some(code), &known).expect("a plan");
    let now = world.app.clock.now();
    let applied = world.app.db.write(move |tx| {
        Box::pin(async move {
            let Some(change) = following::apply(tx, organisation, &plan, now).await? else {
                return Ok(None);
            };
            let entry = Entry {
                at: now,
                author: Author::command_line(),
                subject: format!("blueprint:{code}"),
                before: change.before,
                after: Some(change.after),
                reason: Reason::parse(&change.reason)?,
                effective_at: if change.waits { now + PRIVACY_NOTICE } else { now },
            };
            journal::append(tx, organisation, entry).await.map(Some)
        })
    });
    applied.await.expect("applied")
}
