//! The pages of a team between two discussions: its home, the evidence behind the picture, charts,
//! the sheet to print.

use axum::http::StatusCode;
use fantoccini::{Client, Locator};
use jiff::civil::date;
use relais::calendar::Week;
use relais::discussion::store::save;
use relais::discussion::{Action, Discussion, Plan, State};
use relais::privacy::Place;
use relais::publication::publish::publish;
use relais::team::Role;
use relais::wiring;
use relais_analytics::Direction;

use crate::garage::{DAY, Garage, MONDAY, ORGANISATION, WEEK, found, live};
use crate::support::browser::{left, press, text, window};
use crate::support::demo::{Served, demo, relais};
use crate::support::{World, both};
use crate::visitor::signed_in;

both!(
    a_team_reads_its_evidence_its_charts_and_its_sheet,
    what_may_not_be_shown_is_named_and_nothing_else_is,
    actions_are_marked_on_charts_and_stand_on_home_and_sheet,
);

const NETWORK: &[Garage] = &[("S1", Some("R1"), 9, 9), ("S2", Some("R2"), 8, 8)];
const SMALL: &[Garage] = &[("S1", Some("R1"), 2, 9), ("S2", Some("R2"), 8, 8)];

/// Weeks of a network, published.
async fn garages(world: &World, network: &'static [Garage], weeks: i64) {
    found(&world.app, network).await;
    for week in 0..weeks {
        for site in ["S1", "S2"] {
            let monday = MONDAY + week * WEEK;
            live(&world.app, Some(site), monday + DAY, (40, 20), monday + 2 * DAY).await;
        }
        world.app.clock.set(MONDAY + (week + 1) * WEEK + DAY);
        let closed = publish(
            &world.app.db,
            &world.app.clock,
            ORGANISATION,
            "repair",
            None,
            &relais::progress::silent,
        );
        assert!(closed.await.expect("published").atoms > 0);
    }
}

async fn a_team_reads_its_evidence_its_charts_and_its_sheet(world: World) {
    garages(&world, NETWORK, 2).await;
    let router = wiring::router(world.app.clone());
    let mut member =
        signed_in(&world.app, &router, ORGANISATION, Role::TeamMember, &[("reception", None)])
            .await;
    assert_eq!(member.get("/").await.header("location"), "/teams/reception");
    for lang in ["fr", "en"] {
        for (page, says) in [
            ("", ["Où les points se perdent", "Where the points are lost"]),
            ("/breakdown/handoff:CALL:RECEP", ["Ce que dit le journal", "What the log says"]),
            ("/breakdown/step:RECEP", ["Semaine après semaine", "Week after week"]),
            ("/chart?measure=outcome", ["Les semaines en tableau", "The weeks as a table"]),
            ("/pack", ["Trois questions", "Three questions"]),
        ] {
            let mark = if page.contains('?') { '&' } else { '?' };
            let path = format!("/teams/reception{page}{mark}lang={lang}");
            let answered = member.get(&path).await;
            assert_eq!(answered.status, StatusCode::OK, "{path}: {}", answered.body);
            let said = if lang == "fr" { says[0] } else { says[1] };
            assert!(answered.body.contains(said), "{path} does not say {said}: {}", answered.body);
        }
    }
    for (path, status) in [
        ("/teams/reception/breakdown/step:NOWHERE", StatusCode::NOT_FOUND),
        ("/teams/reception/breakdown/mood", StatusCode::NOT_FOUND),
        ("/teams/reception/chart?measure=mood", StatusCode::UNPROCESSABLE_ENTITY),
        ("/teams/workshop/pack", StatusCode::FORBIDDEN),
        ("/teams/workshop", StatusCode::FORBIDDEN),
        ("/network/chart", StatusCode::FORBIDDEN),
    ] {
        assert_eq!(member.get(path).await.status, status, "{path}");
    }
}

async fn what_may_not_be_shown_is_named_and_nothing_else_is(world: World) {
    garages(&world, SMALL, 1).await;
    let router = wiring::router(world.app.clone());
    let site = Some("S1");
    let mut member =
        signed_in(&world.app, &router, ORGANISATION, Role::TeamMember, &[("reception", site)])
            .await;
    // Two heads at this desk: no wait, no promise and no rating of theirs, whatever the address
    // asks for.
    let evidence =
        member.get("/teams/reception/breakdown/step:RECEP?partition=site:S1&lang=en").await;
    assert_eq!(evidence.status, StatusCode::OK, "{}", evidence.body);
    assert!(evidence.body.contains("fewer than 8 people"), "{}", evidence.body);
    for figure in ["at the median", "From start to end", "class=\"week\""] {
        assert!(!evidence.body.contains(figure), "{figure} is told of two people");
    }
    let sheet = member.get("/teams/reception/pack?partition=site:S1&lang=en").await;
    assert!(
        sheet.body.contains("No comment is shown") && !sheet.body.contains("<dd lang"),
        "{}",
        sheet.body
    );
}

/// A discussion of reception and workshop with one action that is being tried.
async fn tried(world: &World, start: Week) {
    let discussion = Discussion {
        id: 7,
        journey_type: "repair".to_owned(),
        handoff: "handoff:RECEP:WORK".parse().expect("a handoff"),
        place: Place::Network,
        team: "reception".to_owned(),
        neighbour: "workshop".to_owned(),
        opened_on: start.monday(),
        joined_on: None,
    };
    let action = Action {
        id: 9,
        discussion: discussion.clone(),
        proposed_by: "reception".to_owned(),
        plan: Plan {
            text: "Reception writes down what the customer said".to_owned(),
            role: None,
            team: Some("workshop".to_owned()),
            measure: "outcome".parse().expect("a measure"),
            direction: Direction::Up,
            control: None,
            start,
            review_on: date(2026, 12, 1),
        },
        saved_on: start.monday(),
        state: State::Open,
        decided_on: None,
        answer: None,
    };
    let stored = world.app.db.write(move |tx| {
        Box::pin(async move {
            save::open(tx, ORGANISATION, &discussion).await?;
            save::action(tx, ORGANISATION, &action).await
        })
    });
    stored.await.expect("an action");
}

async fn actions_are_marked_on_charts_and_stand_on_home_and_sheet(world: World) {
    garages(&world, NETWORK, 8).await;
    tried(&world, Week::of(date(2026, 8, 3))).await;
    let router = wiring::router(world.app.clone());
    for (team, level) in [("reception", "the neighbour’s"), ("workshop", "ours")] {
        let mut member =
            signed_in(&world.app, &router, ORGANISATION, Role::TeamMember, &[(team, None)]).await;
        let chart = member.get(&format!("/teams/{team}/chart?measure=outcome&lang=en")).await.body;
        assert!(chart.contains(">A</text>") && chart.contains("Reception writes down"), "{chart}");
        let sheet = member.get(&format!("/teams/{team}/pack?lang=en")).await.body;
        assert!(
            sheet.contains(">A</text>") && sheet.contains("Mean outcome") && sheet.contains(level),
            "{sheet}"
        );
        assert!(sheet.contains("1 December 2026"), "{sheet}");
        let home = member.get(&format!("/teams/{team}?lang=en")).await.body;
        assert!(
            home.contains("Reception writes down") && home.contains("/discussions/7"),
            "{home}"
        );
    }
    // A team that does not take part in it knows nothing of it.
    let mut planning =
        signed_in(&world.app, &router, ORGANISATION, Role::TeamMember, &[("planning", None)]).await;
    for page in ["", "/chart?measure=outcome", "/pack"] {
        let body = planning.get(&format!("/teams/planning{page}")).await.body;
        assert!(!body.contains("Reception writes down"), "{page}: {body}");
    }
    // The process owner sees what all teams of the chain try.
    let mut owner = signed_in(&world.app, &router, ORGANISATION, Role::ProcessOwner, &[]).await;
    let chart = owner.get("/network/chart?measure=outcome&lang=en").await;
    assert!(chart.body.contains("Reception writes down"), "{}", chart.body);
}

/// Signs a person in with the printed link.
async fn arrived(who: &str, width: u32) -> (Client, Served) {
    let served = demo().serve();
    let window = window(width, 900).await;
    window.goto(&demo().link(who, &served)).await.expect("the link");
    press(&window, "main form button").await;
    left(&window, "/sign-in/").await;
    (window, served)
}

async fn at(window: &Client, served: &Served, path: &str) -> String {
    window.goto(&format!("{}{path}", served.url)).await.expect("a page");
    let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
    let sideways = window.execute(wide, Vec::new()).await.expect("a width");
    assert_eq!(sideways, serde_json::json!(false), "{path} scrolls sideways");
    text(window).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_is_led_to_the_failing_handoff_without_help() {
    let (window, served) = arrived("reception", 320).await;
    let home = at(&window, &served, "/?lang=en").await;
    assert!(home.contains("points more are lost between “Reception” and “Workshop”"), "{home}");
    // The first link under that sentence leads to the evidence.
    window
        .find(Locator::Css("main .ways a"))
        .await
        .expect("a link")
        .click()
        .await
        .expect("a click");
    left(&window, "lang=en").await;
    let evidence = text(&window).await;
    assert!(
        evidence.contains("Reception → Workshop") && evidence.contains("Waited without news"),
        "{evidence}"
    );
    assert!(evidence.contains("What the log says"), "{evidence}");
    window.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workshop_that_customers_blame_is_led_to_planning() {
    let (window, served) = arrived("workshop", 1280).await;
    let home = at(&window, &served, "/?lang=fr").await;
    assert!(home.contains("points de plus se perdent dans les dates et délais de"), "{home}");
    let evidence =
        at(&window, &served, "/teams/workshop/breakdown/promise:PLAN?against=rest&lang=fr").await;
    assert!(evidence.contains("Date proposée au-delà de la date demandée"), "{evidence}");
    assert!(
        evidence.contains("Jours perdus par les dates de"),
        "the days lost are followed: {evidence}"
    );
    window.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_part_of_the_picture_opens_with_the_keyboard() {
    let (window, served) = arrived("reception", 1280).await;
    at(&window, &served, "/teams/reception/breakdown?lang=en").await;
    let part = "svg.wide a[href*='handoff%3ARECEP%3AWORK']";
    let label = window
        .find(Locator::Css(part))
        .await
        .expect("a part")
        .attr("aria-label")
        .await
        .expect("a label");
    // The figure and nothing that bounds it: a level is no lower bound.
    let figure = label.as_deref().and_then(|label| label.strip_prefix("Reception → Workshop: "));
    assert!(
        figure.is_some_and(|figure| figure.starts_with(|c: char| c.is_ascii_digit())),
        "it is not told to who hears it: {label:?}"
    );
    let focus = format!(
        "document.querySelector(\"{part}\").focus(); return document.activeElement.getAttribute('href')"
    );
    let focused = window.execute(&focus, Vec::new()).await.expect("a focus");
    assert!(
        focused.as_str().is_some_and(|href| href.contains("handoff%3ARECEP%3AWORK")),
        "{focused}"
    );
    let active = window.active_element().await.expect("the focus");
    active.send_keys("\u{e007}").await.expect("Enter");
    window.wait().for_element(Locator::Css(".trail")).await.expect("the evidence");
    assert!(text(&window).await.contains("Reception → Workshop"));
    window.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_writes_the_sheet_and_is_seen_looking() {
    let copy = demo().copy();
    for (lang, says) in [("fr", "Trois questions"), ("en", "Three questions")] {
        let file = copy.path().join(format!("{lang}.html"));
        let name = file.display().to_string();
        let made = relais(
            copy.path(),
            &[
                "pack",
                "--team",
                "reception",
                "--partition",
                "site:G05",
                "--lang",
                lang,
                "--html",
                &name,
            ],
        );
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let html = std::fs::read_to_string(&file).expect("a file");
        assert!(
            html.contains(says) && html.contains("<style>") && !html.contains("<script"),
            "{html}"
        );
    }
    let refused = relais(copy.path(), &["pack", "--team", "nobody", "--html", "/nowhere.html"]);
    assert!(!refused.status.success());
}
