//! A team and the process owner read where the points are lost: on the page, through the API, on
//! the command line's text, and all of them say the same.

use axum::Router;
use axum::http::{Method, StatusCode};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use relais::breakdown::disclosure::Reading;
use relais::breakdown::read::read;
use relais::breakdown::request::RawQuestion;
use relais::breakdown::{Breakdown, document, plain, store};
use relais::i18n::Lang;
use relais::privacy::Eyes;
use relais::publication::publish::publish;
use relais::schema::{access_entry, response};
use relais::team::{self, Grant, Role};
use relais::wiring;
use sea_orm::EntityTrait;

use crate::garage::{self, DAY, Garage, MONDAY, ORGANISATION, WEEK, found, live, sql};
use crate::support::{World, both};
use crate::visitor::{Visitor, admission, signed_in};

both!(
    page_api_and_command_line_say_the_same,
    points_add_up_and_what_is_small_is_hidden_with_its_reason,
    the_failing_handoff_leads_in_both_languages,
    without_headcounts_every_way_says_what_to_enter,
    the_teams_read_first_and_the_owner_is_told_when,
    in_pilot_nothing_goes_to_management,
    everybody_reads_only_what_is_theirs,
    a_look_at_a_page_is_seen_by_the_teams,
    what_cannot_be_asked_is_refused_by_name,
);

/// Two large garages and one whose desk is so small that it is never shown by itself.
const NETWORK: &[Garage] =
    &[("S1", Some("R1"), 9, 9), ("S2", Some("R1"), 3, 9), ("S3", Some("R2"), 12, 14)];

/// Ten weeks of journeys, closed a week after the last one.
async fn garage(world: &World) -> Router {
    found(&world.app, NETWORK).await;
    for week in 0..10 {
        for site in ["S1", "S2", "S3"] {
            let monday = MONDAY + week * WEEK;
            live(
                &world.app,
                Some(site),
                monday + (week % 5) * DAY,
                (40, 18),
                monday + (week % 5) * DAY + 7_200,
            )
            .await;
        }
    }
    rate(world).await;
    close(world, MONDAY + 10 * WEEK).await;
    world.app.clock.set(MONDAY + 12 * WEEK);
    wiring::router(world.app.clone())
}

/// Gives every answer ratings of its own: customers of S3 lose points between reception and
/// workshop.
async fn rate(world: &World) {
    let mut random = StdRng::seed_from_u64(7);
    garage::rate(&world.app, |row| {
        let fault = row.site.as_deref() == Some("S3") && random.random_bool(0.6);
        let losses = [0; 5].map(|_: i32| random.random_range(0..4));
        let handoff = if fault { 8 } else { losses[4] };
        let outcome = 10 - (losses[..4].iter().sum::<i32>() / 3 + handoff / 2).min(10);
        let [call, first, desk, shop, _] = losses.map(|loss| 10 - loss);
        let answers = serde_json::json!({
            "step:CALL": call, "handoff:CALL:RECEP": first, "step:RECEP": desk, "step:WORK": shop,
            "handoff:RECEP:WORK": 10 - handoff,
        });
        let (outcome, answers) = (Some(outcome), answers.to_string());
        response::Model { outcome, answers, ..row }
    })
    .await;
}

async fn close(world: &World, at: i64) {
    world.app.clock.set(at);
    let closed = publish(
        &world.app.db,
        &world.app.clock,
        ORGANISATION,
        "repair",
        None,
        &relais::progress::silent,
    );
    assert!(closed.await.expect("published").atoms > 0 || at < MONDAY + WEEK);
}

async fn reading(world: &World, partition: &str, eyes: Eyes) -> Reading<Breakdown> {
    let known = store::known(world.app.db.reader(), ORGANISATION).await.expect("what there is");
    let asked = RawQuestion { partition: Some(partition.to_owned()), ..RawQuestion::default() };
    let question = asked.check(&known, eyes).expect("a question");
    read(&world.app.db, ORGANISATION, &question, world.app.clock.now()).await.expect("an answer")
}

fn shown(reading: &Reading<Breakdown>) -> &relais::privacy::Disclosed<Breakdown> {
    reading.as_ref().expect("something is shown")
}

fn planning() -> Eyes {
    Eyes::Team("planning".to_owned())
}

/// A program with a key that allows that.
async fn key(world: &World, grant: Grant) -> String {
    let key = world.app.random(relais::token::Token::random);
    let (of, label) = (admission(&world.app), format!("{grant:?}"));
    team::key::add(&world.app.db, ORGANISATION, &label, grant, key.clone(), of)
        .await
        .expect("a key");
    format!("Bearer {}", key.expose())
}

fn owners() -> Grant {
    Grant::reading(Eyes::Owner)
}

fn of_planning() -> Grant {
    Grant::reading(Eyes::Team("planning".to_owned()))
}

async fn api(router: &Router, key: &str, query: &str) -> (StatusCode, serde_json::Value) {
    let mut program = Visitor::new(router);
    let path = format!("/api/v1/breakdown?{query}");
    let answered = program.send(Method::GET, &path, &[("authorization", key)], "").await;
    (answered.status, serde_json::from_str(&answered.body).expect("JSON"))
}

async fn page_api_and_command_line_say_the_same(world: World) {
    let router = garage(&world).await;
    let mut owner = signed_in(&world.app, &router, ORGANISATION, Role::ProcessOwner, &[]).await;
    let key = key(&world, owners()).await;
    let reading = reading(&world, "network", Eyes::Owner).await;
    let shown = shown(&reading);
    assert!(shown.is_split() && shown.lines.len() > 5, "{shown:?}");
    for lang in Lang::ALL {
        // Through text, as a program reads it: the last bit of a figure may change on the way.
        let of_command =
            serde_json::to_string(&document::document(shown, lang)).expect("a document");
        let of_command: serde_json::Value = serde_json::from_str(&of_command).expect("JSON");
        let (status, of_api) = api(&router, &key, &format!("lang={}", lang.tag())).await;
        assert_eq!((status, &of_api), (StatusCode::OK, &of_command));
        let page = owner.get(&format!("/network?lang={}", lang.tag())).await;
        assert_eq!(page.status, StatusCode::OK);
        let text = plain::write(shown, None, lang);
        for element in of_command["elements"].as_array().expect("elements") {
            let figure = relais::i18n::number(lang, element["points"].as_f64().expect("points"), 1);
            let label = element["label"].as_str().expect("a label");
            assert!(text.contains(label) && text.contains(&figure), "{label} {figure} in {text}");
            let cell = page.body.split_once(&format!("<th scope=\"row\">{}", escaped(label)));
            let row = cell.and_then(|(_, rest)| rest.split_once("</tr>")).map(|(row, _)| row);
            assert!(row.is_some_and(|row| row.contains(&figure)), "{label} {figure} on the page");
        }
        let verdict = of_command["verdict"]["text"].as_str().expect("a verdict");
        assert!(page.body.contains(&escaped(verdict)) && text.contains(verdict), "{verdict}");
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&#38;")
        .replace('<', "&#60;")
        .replace('>', "&#62;")
        .replace('"', "&#34;")
        .replace('\'', "&#39;")
}

async fn points_add_up_and_what_is_small_is_hidden_with_its_reason(world: World) {
    let _ = garage(&world).await;
    for partition in ["network", "region:R1", "site:S1", "site:S2", "site:S3"] {
        let reading = reading(&world, partition, planning()).await;
        let Ok(shown) = &reading else { continue };
        let points: f64 =
            shown.lines.iter().filter_map(|line| line.points).map(|points| points.value).sum();
        let whole = points + shown.untraced.expect("split").value;
        assert!(
            (whole - shown.shortfall.value).abs() < 1e-9,
            "{partition}: {whole} {:?}",
            shown.shortfall
        );
        assert!(shown.responses >= 10 && shown.journeys >= shown.responses, "{partition}");
    }
    let reading = reading(&world, "site:S2", planning()).await;
    let document =
        serde_json::to_value(document::document(shown(&reading), Lang::En)).expect("a document");
    let suppressed = document["suppressed"].as_array().expect("a list");
    let desk = suppressed
        .iter()
        .find(|hidden| hidden["code"] == "step:RECEP")
        .expect("the desk of three is hidden");
    assert_eq!(desk["reason"], "fewer than 8 people in the team");
    assert!(
        document["elements"]
            .as_array()
            .expect("elements")
            .iter()
            .all(|element| element["code"] != "step:RECEP")
    );
}

async fn the_failing_handoff_leads_in_both_languages(world: World) {
    let _ = garage(&world).await;
    let known = store::known(world.app.db.reader(), ORGANISATION).await.expect("what there is");
    let (partition, against) = (Some("site:S3".to_owned()), Some("rest".to_owned()));
    let question = RawQuestion { partition, against, ..RawQuestion::default() }
        .check(&known, planning())
        .expect("a question");
    let reading = read(&world.app.db, ORGANISATION, &question, world.app.clock.now())
        .await
        .expect("an answer");
    let told =
        |lang| serde_json::to_value(document::document(shown(&reading), lang)).expect("a document");
    let (en, fr) = (told(Lang::En), told(Lang::Fr));
    assert_eq!(
        (&en["verdict"]["leading"], &fr["verdict"]["leading"]),
        (&"handoff:RECEP:WORK".into(), &"handoff:RECEP:WORK".into())
    );
    let says = |told: &serde_json::Value, words: &str| {
        told["verdict"]["text"].as_str().is_some_and(|text| text.contains(words))
    };
    assert!(says(&en, "Compared with the rest of the network, at least"), "{}", en["verdict"]);
    assert!(says(&fr, "Par rapport au reste du réseau, au moins"), "{}", fr["verdict"]);
}

async fn without_headcounts_every_way_says_what_to_enter(world: World) {
    found(&world.app, &[("S1", Some("R1"), 0, 0)]).await;
    sql(&world.app, "DELETE FROM headcount").await;
    live(&world.app, Some("S1"), MONDAY, (40, 18), MONDAY + DAY).await;
    close(&world, MONDAY + WEEK - DAY).await;
    world.app.clock.set(MONDAY + 3 * WEEK);
    let router = wiring::router(world.app.clone());
    let mut member =
        signed_in(&world.app, &router, ORGANISATION, Role::TeamMember, &[("planning", None)]).await;
    for (lang, says) in [("en", "Enter in the blueprint"), ("fr", "Indiquez dans le plan")] {
        let page = member.get(&format!("/teams/planning/breakdown?lang={lang}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(says) && page.body.contains("workshop"), "{}", page.body);
        assert!(!page.body.contains("<svg class=\"drawing"), "no picture of nothing");
    }
    let key = key(&world, of_planning()).await;
    let (status, told) = api(&router, &key, "").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(told["error"].as_str().is_some_and(|why| why.contains("workshop")), "{told}");
}

async fn the_teams_read_first_and_the_owner_is_told_when(world: World) {
    found(&world.app, NETWORK).await;
    live(&world.app, Some("S1"), MONDAY, (40, 18), MONDAY + DAY).await;
    close(&world, MONDAY + WEEK).await;
    let router = wiring::router(world.app.clone());
    world.app.clock.set(MONDAY + 2 * WEEK - 60);
    let mut owner = signed_in(&world.app, &router, ORGANISATION, Role::ProcessOwner, &[]).await;
    let mut member =
        signed_in(&world.app, &router, ORGANISATION, Role::TeamMember, &[("planning", None)]).await;
    let early = owner.get("/network?lang=en").await;
    assert!(early.body.contains("open to you from 20 July 2026"), "{}", early.body);
    let told = owner.get("/network?lang=fr").await;
    assert!(told.body.contains("Celle-ci vous sera ouverte le 20 juillet 2026"), "{}", told.body);
    assert!(member.get("/teams/planning/breakdown?lang=en").await.body.contains("class=\"lede\""));
    world.app.clock.set(MONDAY + 2 * WEEK);
    assert!(owner.get("/network?lang=en").await.body.contains("class=\"lede\""));
}

async fn in_pilot_nothing_goes_to_management(world: World) {
    let router = garage(&world).await;
    sql(&world.app, "UPDATE organisation SET stage = 'pilot', pilot_until = 4000000000").await;
    let mut owner = signed_in(&world.app, &router, ORGANISATION, Role::ProcessOwner, &[]).await;
    let page = owner.get("/network?lang=en").await;
    assert!(
        page.body.contains("The pilot is for the teams alone")
            && !page.body.contains("class=\"lede\"")
    );
    let owner_key = key(&world, owners()).await;
    assert_eq!(api(&router, &owner_key, "").await.0, StatusCode::FORBIDDEN);
    let team_key = key(&world, of_planning()).await;
    assert_eq!(api(&router, &team_key, "").await.0, StatusCode::OK);
}

async fn everybody_reads_only_what_is_theirs(world: World) {
    let router = garage(&world).await;
    let mut member =
        signed_in(&world.app, &router, ORGANISATION, Role::TeamMember, &[("workshop", Some("S1"))])
            .await;
    assert_eq!(member.get("/network").await.status, StatusCode::FORBIDDEN);
    assert_eq!(member.get("/teams/reception/breakdown").await.status, StatusCode::FORBIDDEN);
    assert_eq!(member.get("/teams/nobody/breakdown").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        member.get("/teams/workshop/breakdown?partition=site:S3").await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        member.get("/api/v1/breakdown?partition=site:S3").await.status,
        StatusCode::FORBIDDEN
    );
    let own = member.get("/teams/workshop/breakdown?lang=en").await;
    assert_eq!(own.status, StatusCode::OK);
    assert!(
        own.body.contains("Repair: site S1") && own.body.contains("Your part: workshop"),
        "{}",
        own.body
    );
    assert!(!own.body.contains("value=\"site:S3\""), "other sites are not offered");
    let mut administrator =
        signed_in(&world.app, &router, ORGANISATION, Role::Administrator, &[]).await;
    assert_eq!(administrator.get("/network").await.status, StatusCode::FORBIDDEN);
    assert_eq!(administrator.get("/api/v1/breakdown").await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        Visitor::new(&router).get("/api/v1/breakdown").await.status,
        StatusCode::UNAUTHORIZED
    );
    let events = key(&world, Grant::events()).await;
    assert_eq!(api(&router, &events, "").await.0, StatusCode::FORBIDDEN);
}

async fn a_look_at_a_page_is_seen_by_the_teams(world: World) {
    let router = garage(&world).await;
    let looks =
        async || access_entry::Entity::find().all(world.app.db.reader()).await.expect("looks");
    let mut owner = signed_in(&world.app, &router, ORGANISATION, Role::ProcessOwner, &[]).await;
    assert_eq!(looks().await.len(), 0);
    assert_eq!(owner.get("/network?partition=region:R1").await.status, StatusCode::OK);
    let key = key(&world, of_planning()).await;
    assert_eq!(api(&router, &key, "partition=site:S1").await.0, StatusCode::OK);
    let told: Vec<_> = looks().await.into_iter().map(|look| (look.role, look.place)).collect();
    let told: Vec<_> = told.iter().map(|(role, place)| (role.as_str(), place.as_str())).collect();
    assert_eq!(
        told,
        [("owner", "breakdown repair region:R1"), ("api", "breakdown repair site:S1")]
    );
}

async fn what_cannot_be_asked_is_refused_by_name(world: World) {
    let router = garage(&world).await;
    let key = key(&world, owners()).await;
    for (query, says) in [
        ("partition=S1", "is no partition"),
        ("partition=site:S9", "There is no site"),
        ("against=rest", "has no rest"),
        ("from=yesterday", "is no date"),
        ("journey_type=sale", "Known: repair"),
        ("from=2026-08-01&to=2026-07-01", "comes after"),
    ] {
        let (status, told) = api(&router, &key, query).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(told["error"].as_str().is_some_and(|why| why.contains(says)), "{query}: {told}");
    }
}
