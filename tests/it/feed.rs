//! A feed sends events over HTTP: what came in is told, what is wrong is told by line and field.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use relais::journey::trace::Trace;
use relais::schema::job;
use relais::team::Grant;
use relais::token::Token;
use relais::{limits, wiring, worker};
use sea_orm::{EntityTrait, PaginatorTrait};
use tower::ServiceExt;

use crate::events::{organisation, stored, take};
use crate::plans::applied;
use crate::support::{World, both};
use crate::visitor::admission;

both!(a_feed_sends_events, a_feed_learns_what_is_wrong, nobody_is_smuggled_in);

/// A program with a key for events.
struct Feed {
    router: Router,
    key: String,
}

/// What it was answered.
struct Answered {
    status: StatusCode,
    body: String,
}

async fn feed(world: &World) -> Feed {
    let organisation = organisation(world).await;
    let key = world.app.random(Token::random);
    let (label, stored) = ("feed", key.clone());
    let by = admission(&world.app);
    let added =
        relais::team::key::add(&world.app.db, organisation, label, Grant::events(), stored, by);
    added.await.expect("a key");
    Feed { router: wiring::router(world.app.clone()), key: key.expose().to_owned() }
}

async fn send(feed: &Feed, kind: &str, body: &str) -> Answered {
    let request = Request::post("/api/v1/events").header("content-type", kind);
    let request = request
        .header("authorization", format!("Bearer {}", feed.key))
        .body(Body::from(body.to_owned()));
    let response =
        feed.router.clone().oneshot(request.expect("a request")).await.expect("an answer");
    let status = response.status();
    let body = response.into_body().collect().await.expect("a body").to_bytes();
    Answered { status, body: String::from_utf8_lossy(&body).into_owned() }
}

const LINES: &str = "application/x-ndjson";

async fn a_feed_sends_events(world: World) {
    applied(&world).await;
    let feed = feed(&world).await;
    let event = |journey: &str, step: &str, hour: u8| {
        format!(
            r#"{{"journey":"{journey}","step":"{step}","start":"2026-11-20T{hour:02}:00:00Z","end":"2026-11-20T{hour:02}:30:00Z","site":"S1"}}"#
        )
    };
    let body = format!(
        "{}\n{}\n{}\n",
        event("A", "RECEP", 8),
        event("B", "RECEP", 9),
        event("A", "DELIV", 17)
    );
    let answer = send(&feed, LINES, &body).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    let report: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(
        (report["read"].as_u64(), report["kept"].as_u64(), report["refused"].as_u64()),
        (Some(3), Some(3), Some(0))
    );
    let jobs = job::Entity::find().all(world.app.db.reader()).await.expect("the jobs");
    assert_eq!(jobs.len(), 1, "A was handed over at 17:30; B is still there");
    assert_eq!(jobs[0].kind, relais::journey::FINISHED);

    let before = stored(&world).await;
    let again: serde_json::Value =
        serde_json::from_str(&send(&feed, LINES, &body).await.body).expect("JSON");
    assert_eq!((again["kept"].as_u64(), again["repeated"].as_u64()), (Some(0), Some(3)));
    assert_eq!(stored(&world).await, before);
    assert_eq!(
        job::Entity::find().count(world.app.db.reader()).await.expect("a count"),
        1,
        "the same job is not told twice"
    );

    let envelope = |n: u8, data: &str| {
        format!(
            r#"{{"specversion":"1.0","id":"{n}","source":"/garage","type":"step.done","data":{data}}}"#
        )
    };
    let batch = format!(
        "[{},{}]",
        envelope(1, &event("B", "WORK", 10)),
        envelope(2, &event("B", "DELIV", 16))
    );
    let answer = send(&feed, "application/cloudevents-batch+json", &batch).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    let done = stored(&world).await;
    let ended: Vec<_> = done
        .iter()
        .map(|row| {
            (
                row.finished_at == row.ended_at,
                Trace::parse(&row.trace).expect("a trace").events.len(),
            )
        })
        .collect();
    assert_eq!(done.len(), 2);
    assert!(ended.contains(&(true, 3)) && ended.contains(&(true, 2)), "{ended:?}");
    while worker::do_jobs(&world.app).await.expect("the jobs run") > 0 {}
}

async fn a_feed_learns_what_is_wrong(world: World) {
    let feed = feed(&world).await;
    let event = r#"{"journey":"A","step":"RECEP","end":"2026-11-20T08:00:00Z"}"#;
    assert_eq!(
        send(&feed, LINES, event).await.status,
        StatusCode::BAD_REQUEST,
        "no journey type is known yet"
    );
    applied(&world).await;
    assert_eq!(send(&feed, "text/csv", event).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for (body, expected) in [("", "empty"), ("{\"a\"\0}", "zero byte"), ("caf\u{e9}", "not JSON")] {
        let answer = send(&feed, LINES, body).await;
        let status =
            if body == "caf\u{e9}" { StatusCode::ACCEPTED } else { StatusCode::BAD_REQUEST };
        assert_eq!(answer.status, status, "{body:?}: {}", answer.body);
        assert!(answer.body.contains(expected), "{}", answer.body);
    }
    let huge = " ".repeat(limits::EVENTS_BODY + 1);
    assert_eq!(send(&feed, LINES, &huge).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let body =
        format!("{event}\n{}\n{{\n", event.replace("\"RECEP\"", "\"RECEP\",\"colour\":\"red\""));
    let answer = send(&feed, LINES, &body).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    let report: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!((report["kept"].as_u64(), report["refused"].as_u64()), (Some(1), Some(2)));
    let first = &report["refusals"][0];
    assert_eq!((first["line"].as_u64(), first["field"].as_str()), (Some(2), Some("colour")));
    assert_eq!(first["reason"], "journey-json-unknown-field");
    assert_eq!(report["refusals"][1]["line"], 3);

    let stranger = Feed { router: feed.router.clone(), key: "a".repeat(26) };
    let answer = send(&stranger, LINES, event).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(
        serde_json::from_str::<serde_json::Value>(&answer.body).expect("JSON")["error"].is_string()
    );
}

/// Whatever a feed and a file try, the name is nowhere: not in a row, not in a message, not in the
/// file.
async fn nobody_is_smuggled_in(world: World) {
    applied(&world).await;
    let feed = feed(&world).await;
    let name = "Zorglubine";
    let at = "2026-11-20T08:00:00Z";
    let mut lines = String::new();
    for (place, value) in [
        ("step", format!("Mme {name}")),
        ("site", format!("M. {name}")),
        ("channel", format!("{name}@example.org")),
        ("channel", format!("agent {name} EMP-0042")),
        ("resource", name.to_owned()),
        (&*format!("Mme {name}"), "x".to_owned()),
    ] {
        let mut event = serde_json::json!({ "journey": "A", "step": "RECEP", "end": at });
        event[place] = value.into();
        lines.push_str(&format!("{event}\n"));
    }
    let answer = send(&feed, LINES, &lines).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    assert!(!answer.body.contains(name), "{}", answer.body);
    let csv = format!(
        "journey,step,end,employee,Mme {name},org:group\nB,RECEP,{at},{name},{name},Desk\nB,Mr {name},{at},{name},,Desk\n"
    );
    let report = take(&world, "smuggle.csv", csv).await.expect("an import");
    assert_eq!((report.kept, report.refused, report.persons["employee"]), (1, 1, 2));
    let xes = format!(
        "<log><trace><string key=\"concept:name\" value=\"C\"/><event><string key=\"concept:name\" value=\"WORK\"/>\
         <string key=\"org:resource\" value=\"{name}\"/><string key=\"org:role\" value=\"{name}\"/>\
         <date key=\"time:timestamp\" value=\"{at}\"/></event></trace></log>"
    );
    let from_tool = take(&world, "smuggle.xes", xes).await.expect("an import");
    assert_eq!(from_tool.persons.values().sum::<u64>(), 2);
    assert!(!format!("{report:?}{from_tool:?}").contains(name));
    for row in stored(&world).await {
        assert!(!format!("{row:?}").contains(name));
    }
    for file in std::fs::read_dir(world.folder.path()).expect("the folder").flatten() {
        if file.file_name().to_string_lossy().starts_with("relais.sqlite") {
            let bytes = std::fs::read(file.path()).expect("the database");
            assert!(
                !bytes.windows(name.len()).any(|window| window == name.as_bytes()),
                "{:?}",
                file.path()
            );
        }
    }
}
