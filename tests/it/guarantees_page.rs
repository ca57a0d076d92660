//! The page of the guarantees: a plain promise and whether it holds, for anybody; the numbers
//! behind it, and the file for the works council, for members.

use axum::http::StatusCode;
use relais::team::Role;
use relais::wiring;
use serde_json::Value;

use crate::garage::{DAY, ORGANISATION, sql};
use crate::guarantees::{checked, garage};
use crate::support::{World, both};
use crate::visitor::{Visitor, signed_in};

both!(
    strangers_read_what_is_promised_and_no_number_of_ours,
    members_read_what_was_found_and_what_is_against_it,
    members_take_the_file_for_the_works_council_with_them,
);

fn document(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

async fn strangers_read_what_is_promised_and_no_number_of_ours(world: World) {
    garage(&world).await;
    checked(&world).await;
    let router = wiring::router(world.app.clone());
    let mut stranger = Visitor::new(&router);
    let page = stranger.get("/guarantees?lang=en").await.body;
    for said in [
        "All 21 guarantees hold.",
        "Nothing that is stored here knows who you are.",
        "✓",
        "Whom to ask",
        "href=\"/privacy?lang=en\"",
        "one release is open to the whole house",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    for hidden in ["/guarantees/dossier", "rows read", "sums were published", "looks are written"] {
        assert!(!page.contains(hidden), "{hidden}: {page}");
    }
    let told = stranger.get("/.well-known/relais-guarantees.json").await.body;
    let told = document(&told);
    let check = told["check"].as_object().expect("a check");
    let fields: Vec<&str> = check.keys().map(String::as_str).collect();
    let known = ["build", "checked_at", "guarantees", "holds", "search", "version"];
    assert_eq!(fields, known, "{told}");
    assert!(check["guarantees"][0].get("against").is_none(), "{told}");
    let search = |told: &Value| {
        let search = &told["check"]["search"];
        (search["documents"].clone(), search["nothing_under"].clone())
    };
    assert_eq!(search(&told), (1.into(), 7.into()), "the newer one is still the teams' alone");
    assert!(told["check"]["search"].get("smallest_group").is_none(), "{told}");

    world.app.clock.set(world.app.clock.now() + 8 * DAY);
    checked(&world).await;
    let told = document(&stranger.get("/.well-known/relais-guarantees.json").await.body);
    assert_eq!(search(&told), (2.into(), 7.into()));
    sql(&world.app, "UPDATE organisation SET stage = 'pilot'").await;
    checked(&world).await;
    let told = document(&stranger.get("/.well-known/relais-guarantees.json").await.body);
    assert_eq!(search(&told).0, 0, "what a pilot publishes is its teams' alone");
}

async fn members_read_what_was_found_and_what_is_against_it(world: World) {
    garage(&world).await;
    let router = wiring::router(world.app.clone());
    let mut member =
        signed_in(&world.app, &router, ORGANISATION, Role::TeamMember, &[("reception", None)])
            .await;
    sql(&world.app, "ALTER TABLE journey ADD COLUMN employee_name TEXT").await;
    checked(&world).await;
    let page = member.get("/guarantees").await.body;
    for said in [
        "aria-current=\"page\">Guarantees",
        "One guarantee of 21 does not hold.",
        "✗",
        "journey.employee_name is not on the list",
        "in force: at least 10 answers and 8 people",
        "the fewest people that anything can be worked out about are",
        "href=\"/guarantees/dossier\"",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let home = member.get("/teams/reception").await.body;
    assert!(home.contains("<a href=\"/guarantees\">Guarantees</a>"), "{home}");
    let told = document(&member.get("/.well-known/relais-guarantees.json").await.body);
    assert!(told["check"]["seals"].is_array(), "{told}");
    assert!(told["check"]["search"]["smallest_group"].as_u64() >= Some(7), "{told}");
}

async fn members_take_the_file_for_the_works_council_with_them(world: World) {
    garage(&world).await;
    let router = wiring::router(world.app.clone());
    let mut member = signed_in(&world.app, &router, ORGANISATION, Role::Representative, &[]).await;
    assert_eq!(member.get("/guarantees/dossier").await.status, StatusCode::NOT_FOUND);
    checked(&world).await;
    for (lang, title, promise) in [
        ("fr", "comité social", "aucune liste ne choisit"),
        ("en", "For the works council", "no list chooses"),
    ] {
        let file = member.get(&format!("/guarantees/dossier?lang={lang}")).await;
        assert_eq!(file.status, StatusCode::OK, "{}", file.body);
        let name = format!("attachment; filename=\"relais-dossier-{lang}.html\"");
        assert_eq!(file.header("content-disposition"), name);
        assert!(file.body.contains(title) && file.body.contains(promise), "{}", file.body);
    }
    let turned_away = Visitor::new(&router).get("/guarantees/dossier").await;
    assert_eq!(turned_away.status, StatusCode::SEE_OTHER);
}
