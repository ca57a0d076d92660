//! Whoever looks is seen: no page and no answer with a team's data comes without a row in the
//! access log.

use axum::http::{Method, StatusCode};
use relais::journal::store as journal;
use relais::privacy::Eyes;
use relais::publication::publish::publish;
use relais::team::{self, Grant, Role};
use relais::token::Token;
use relais::wiring;

use crate::garage::{DAY, Garage, MONDAY, ORGANISATION, WEEK, found, live};
use crate::support::{World, both};
use crate::visitor::{self, Visitor, signed_in};

both!(no_route_with_the_data_of_a_team_answers_without_a_row);

const NETWORK: &[Garage] = &[("S1", Some("R1"), 9, 9), ("S2", Some("R2"), 8, 8)];

/// Routes that show no figure: what is shown on them is no team's data. The log itself is read by
/// those whom it protects. A route that is not here and answers 200 to somebody who is signed in
/// shows a team's data until it is argued here.
const WITHOUT_DATA: &[&str] = &[
    "/",
    "/.well-known/relais-guarantees.json",
    "/asking",
    "/asking/{journey_type}",
    "/accounts",
    "/accounts/{number}",
    "/erasure",
    "/keys",
    "/second-factor",
    "/sessions",
    "/assets/style.css",
    "/assets/survey.css",
    "/guarantees",
    // Settings, the journal and what a check counted: no figure of a team.
    "/guarantees/dossier",
    "/healthz",
    "/livez",
    "/readyz",
    "/journal",
    "/password",
    "/privacy",
    "/questionnaires/{type}",
    "/readers",
    "/setup",
    "/sign-in",
    "/sign-in/{link}",
    "/teams/{team}/readers",
    "/u/{token}",
];

/// The limits are everybody's; what could be seen with them stands there for those who read
/// figures, and for no one else.
const LIMITS: &str = "/what-this-cannot-know";
const READERS_OF_FIGURES: &[&str] = &["owner", "member"];

async fn garage(world: &World) {
    found(&world.app, NETWORK).await;
    for site in ["S1", "S2"] {
        live(&world.app, Some(site), MONDAY + DAY, (40, 20), MONDAY + 2 * DAY).await;
    }
    world.app.clock.set(MONDAY + WEEK);
    let closed = publish(
        &world.app.db,
        &world.app.clock,
        ORGANISATION,
        "repair",
        None,
        &relais::progress::silent,
    );
    assert!(closed.await.expect("published").atoms > 0);
    world.app.clock.set(MONDAY + 3 * WEEK);
}

async fn no_route_with_the_data_of_a_team_answers_without_a_row(world: World) {
    garage(&world).await;
    let router = wiring::router(world.app.clone());
    let key = world.app.random(Token::random);
    let (stored, of) = (key.clone(), visitor::admission(&world.app));
    team::key::add(&world.app.db, ORGANISATION, "a story", Grant::reading(Eyes::Owner), stored, of)
        .await
        .expect("a key");
    let bearer = format!("Bearer {}", key.expose());
    let mut readers =
        vec![("api", Visitor::new(&router), vec![("authorization", bearer.as_str())])];
    for role in Role::ALL {
        let teams: &[_] = if role == Role::TeamMember { &[("reception", None)] } else { &[] };
        readers.push((
            role.code(),
            signed_in(&world.app, &router, ORGANISATION, role, teams).await,
            Vec::new(),
        ));
    }
    let mut seen = std::collections::BTreeSet::new();
    for (role, reader, headers) in &mut readers {
        for route in wiring::paths() {
            let path = route
                .replace("{team}", "reception")
                .replace("{type}", "repair")
                .replace("{journey_type}", "repair");
            let path = path.replace("{element}", "step:RECEP");
            let before = journal::count_looks(&world.app.db, ORGANISATION).await.expect("a count");
            let answered = reader.send(Method::GET, &path, headers, "").await;
            let rows =
                journal::count_looks(&world.app.db, ORGANISATION).await.expect("a count") - before;
            let is_told = route != LIMITS || READERS_OF_FIGURES.contains(role);
            let shows =
                answered.status == StatusCode::OK && !WITHOUT_DATA.contains(&route) && is_told;
            assert_eq!(
                rows,
                u64::from(shows),
                "{role} at {route} was answered {}",
                answered.status
            );
            if shows {
                let newest = journal::looks(&world.app.db, ORGANISATION, None, None)
                    .await
                    .expect("the log")
                    .remove(0);
                assert_eq!((newest.role.as_str(), newest.at), (*role, world.app.clock.now()));
                assert!(!newest.place.is_empty());
                seen.insert(route);
            }
        }
    }
    let routes = [
        "/api/v1/actions",
        "/api/v1/breakdown",
        "/api/v1/help",
        "/api/v1/map",
        "/network",
        "/network/actions",
        "/network/chart",
        "/network/compare",
        "/network/coverage",
        "/network/help",
        "/network/incentives",
        "/network/map",
        "/network/system",
        "/teams/{team}",
        "/teams/{team}/breakdown",
        "/teams/{team}/breakdown/{element}",
        "/teams/{team}/chart",
        "/teams/{team}/discussions",
        "/teams/{team}/feeds",
        "/teams/{team}/map",
        "/teams/{team}/pack",
        "/what-this-cannot-know",
    ];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), routes);
}
