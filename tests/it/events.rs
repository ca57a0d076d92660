//! Events come in: from files and from a feed, good ones once, bad ones refused by file, line and field, and nobody
//! who works there in any of them.

use std::io::Write as _;
use std::path::PathBuf;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::BodyExt;
use relais::error::Error;
use relais::i18n::Lang;
use relais::journey::import::{Format, Import, dry_run, import};
use relais::journey::mapping::Said;
use relais::journey::report::Report;
use relais::journey::source::Source;
use relais::journey::store::batch::Arrival;
use relais::journey::trace::Trace;
use relais::progress::silent;
use relais::schema::{contact, intake, job, journey, journey_type, step};
use relais::team::Scope;
use relais::token::Token;
use relais::{calendar, limits, wiring};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use tower::ServiceExt;

use crate::plans::applied;
use crate::support::{NOON, World, both};
use crate::visitor::admission;

const HEADER: &str = "journey,step,start,end,promised,requested,site\n";

/// The organisation of this world.
pub(crate) async fn organisation(world: &World) -> i64 {
    relais::team::store::ensure(&world.app.db, world.app.clock.now()).await.expect("an organisation")
}

async fn log(world: &World, path: PathBuf) -> Import {
    let source = Source::File(path);
    Import {
        organisation: organisation(world).await,
        journey_type: "repair".to_owned(),
        format: Format::of(&source).unwrap_or(Format::Csv),
        source,
        said: Said::default(),
        site: None,
        arrival: Arrival::History,
    }
}

pub(crate) async fn take(world: &World, name: &str, content: impl AsRef<[u8]>) -> Result<Report, Error> {
    let import_it = log(world, world.file(name, content)).await;
    import(&world.app, &import_it, &silent).await
}

/// Everything that is stored of journeys, in order.
async fn stored(world: &World) -> Vec<journey::Model> {
    journey::Entity::find().order_by_asc(journey::Column::Id).all(world.app.db.reader()).await.expect("the journeys")
}

fn told(report: &Report) -> Vec<String> {
    report.refusals.iter().map(|refusal| refusal.say(Lang::En)).collect()
}

fn refused(result: Result<Report, Error>) -> String {
    match result {
        Err(Error::Refused(refusal)) => {
            assert_ne!(refusal.say(Lang::Fr), refusal.say(Lang::En), "both languages say it");
            refusal.say(Lang::En)
        }
        other => panic!("{other:?}"),
    }
}

both!(
    rows_in_any_order_and_any_pieces_make_the_same_journeys,
    bad_rows_are_refused_one_by_one,
    bad_files_are_refused_whole,
    a_dry_run_shows_and_stores_nothing,
    a_customers_address_is_sealed_and_expires,
    a_feed_sends_events,
    a_feed_learns_what_is_wrong,
    nobody_is_smuggled_in,
);

/// A hundred journeys of five steps, by journey.
fn rows() -> Vec<String> {
    let mut rows = Vec::new();
    for n in 0..100 {
        for (place, step) in ["CALL", "PLAN", "RECEP", "WORK", "DELIV"].iter().enumerate() {
            let start = NOON - 60 * 86_400 + n * 3_600 + place as i64 * 7_200;
            let time = |at| calendar::rfc3339(at);
            rows.push(format!(
                "J{n},{step},{},{},{},,S{}\n",
                time(start),
                time(start + 3_600),
                time(start + 1_800),
                n % 3
            ));
        }
    }
    rows
}

async fn rows_in_any_order_and_any_pieces_make_the_same_journeys(world: World) {
    let rows = rows();
    let whole = HEADER.to_owned() + &rows.concat();
    let report = take(&world, "events.csv", &whole).await.expect("an import");
    assert_eq!((report.read, report.kept, report.repeated, report.refused, report.journeys), (500, 500, 0, 0, 100));
    let before = stored(&world).await;
    assert_eq!(before.len(), 100);

    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let turned: String = rows.iter().rev().map(String::as_str).collect();
    encoder
        .write_all(("\u{feff}".to_owned() + HEADER + &turned + &rows[0]).replace(',', ";").as_bytes())
        .expect("gzip");
    let again = take(&world, "again.csv.gz", encoder.finish().expect("gzip")).await.expect("the same, turned round");
    assert_eq!((again.read, again.kept, again.repeated, again.changed), (501, 0, 501, 0));
    assert_eq!(stored(&world).await, before, "sent again in another order: nothing changes");

    let steps =
        step::Entity::find().order_by_asc(step::Column::Position).all(world.app.db.reader()).await.expect("steps");
    assert_eq!(
        steps.iter().map(|step| step.code.as_str()).collect::<Vec<_>>(),
        ["CALL", "PLAN", "RECEP", "WORK", "DELIV"]
    );
    assert!(
        before.iter().all(|row| row.finished_at == row.ended_at + 14 * 86_400),
        "nobody said which step is the last"
    );
    assert_eq!(intake::Entity::find().count(world.app.db.reader()).await.expect("a count"), 2);
    let jobs = job::Entity::find().count(world.app.db.reader()).await.expect("a count");
    assert_eq!(jobs, 0, "history invites nobody");
}

async fn bad_rows_are_refused_one_by_one(world: World) {
    applied(&world).await;
    let good = "J1,WORK,2026-07-06T08:00:00Z,2026-07-06T10:00:00Z,,,S1\n";
    let bad = [
        ("J2,WORK,2026-02-30T10:00:00Z,,,,S1", "bad.csv, line 3, start: This day or time does not exist"),
        ("J2,WORK,20226-02-03T10:00:00Z,,,,S1", "bad.csv, line 4, start: This day or time does not exist"),
        ("J2,WORK,2026-03-29 02:30,,,,S1", "bad.csv, line 5, start: This local time does not exist"),
        ("J2,PAINT,2026-07-06T10:00:00Z,,,,S1", "bad.csv, line 6, step: The blueprint has no step “PAINT”"),
        (
            "J2,WORK,2026-07-06T10:00:00Z,,2026-07-07,2026-07-08,S1",
            "bad.csv, line 7, promised: The date promised is before",
        ),
        ("J2,WORK,2026-07-06T10:00:00Z,2026-07-06T09:00:00Z,,,S1", "bad.csv, line 8, end: The end is before the start"),
        ("J2,WORK,2026-07-06T10:00:00Z,,,,S9", "bad.csv, line 9, site: There is no site “S9”"),
        (",WORK,2026-07-06T10:00:00Z,,,,S1", "bad.csv, line 10, journey: The identifier of the journey is missing"),
        ("J2,WORK,,,,,S1", "bad.csv, line 11, start: The time is missing"),
        ("J2,WORK,2026-07-06T10:00:00Z", "bad.csv, line 12: This row has 3 fields instead of 7"),
        ("J2,Mme Durand,2026-07-06T10:00:00Z,,,,S1", "bad.csv, line 13, step: This value looks like a person’s name"),
    ];
    let rows: String = bad.iter().map(|(row, _)| format!("{row}\n")).collect();
    let report = take(&world, "bad.csv", format!("{HEADER}{good}{rows}{good}")).await.expect("an import");
    let messages = told(&report);
    assert_eq!(messages.len(), bad.len(), "{messages:#?}");
    for ((row, expected), message) in bad.iter().zip(&messages) {
        assert!(message.starts_with(expected), "{row} was told {message:?}");
    }
    assert_eq!((report.read, report.kept, report.repeated), (13, 1, 1), "the same row twice is one event");
    assert_eq!(stored(&world).await.len(), 1, "nothing of a refused row is stored");
    let kept = intake::Entity::find().one(world.app.db.reader()).await.expect("a report").expect("a report").report;
    assert!(kept.contains("journey-person-title") && !kept.contains("PAINT") && !kept.contains("Durand"), "{kept}");
}

async fn bad_files_are_refused_whole(world: World) {
    let rows = rows().concat();
    let zipped = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("gzip");
        encoder.finish().expect("gzip")
    };
    let whole = zipped((HEADER.to_owned() + &rows).as_bytes());
    let latin1 = [HEADER.as_bytes(), rows.as_bytes(), b"J1,R\xe9ception,2026-07-06,,,,S1\n"].concat();
    let utf16: Vec<u8> = "\u{feff}journey".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let deep = format!("<log>\n{}", "<a>".repeat(10_000));
    for (name, content, expected) in [
        ("empty.csv", Vec::new(), "empty.csv: The file is empty."),
        ("blank.csv", b" \n\n".to_vec(), "blank.csv: The file is empty."),
        (
            "cut.csv.gz",
            whole[..whole.len() - 20].to_vec(),
            "cut.csv.gz: The file is cut off. Nothing of it was stored.",
        ),
        ("latin1.csv", latin1, "latin1.csv, line 502: The text is not UTF-8"),
        ("utf16.csv", utf16, "utf16.csv, line 1: The text is UTF-16"),
        ("other.csv", b"a,b\n1,2\n".to_vec(), "other.csv, line 1, journey: There is no column for “journey”."),
        (
            "type.xes",
            b"<?xml version=\"1.0\"?>\n<!DOCTYPE log>\n<log/>".to_vec(),
            "type.xes, line 2: The file holds a document type",
        ),
        ("deep.xes", deep.into_bytes(), "deep.xes, line 2: The elements are nested too deeply"),
        ("bomb.csv.gz", zipped(&vec![b'a'; 80 << 20]), "bomb.csv.gz: The archive unpacks to far more than it should."),
    ] {
        let message = refused(take(&world, name, content).await);
        assert!(message.starts_with(expected), "{message:?}");
    }
    let missing = Import { source: Source::File("nowhere.csv".into()), ..log(&world, world.file("x.csv", "x")).await };
    assert_eq!(refused(import(&world.app, &missing, &silent).await), "nowhere.csv: There is no such file.");
    assert!(stored(&world).await.is_empty(), "nothing is half-stored");
    assert_eq!(journey_type::Entity::find().count(world.app.db.reader()).await.expect("a count"), 0);
}

async fn a_dry_run_shows_and_stores_nothing(world: World) {
    let path = world.file(
        "garage.csv",
        "Dossier;Étape;Début;Conseiller;Site\nA1;WORK;2026-07-06 10:00;Jean;S1\nA1;WORK;hier;Jean;S1\n",
    );
    let (preview, report) = dry_run(&world.app, &log(&world, path).await).await.expect("a dry run");
    let preview = preview.expect("the columns of a CSV");
    let columns: Vec<_> = preview.columns.iter().map(|column| (column.read_as.as_deref(), column.person)).collect();
    assert_eq!(
        columns,
        [(Some("journey"), false), (Some("step"), false), (Some("start"), false), (None, true), (Some("site"), false)]
    );
    assert_eq!(preview.rows[0], ["A1", "WORK", "2026-07-06 10:00", "…", "S1"]);
    assert_eq!(told(&report).len(), 1);
    assert!(told(&report)[0].starts_with("garage.csv, line 3, Début: This is not a time"), "{:?}", told(&report));
    assert!(stored(&world).await.is_empty());
    assert_eq!(step::Entity::find().count(world.app.db.reader()).await.expect("a count"), 0);
}

async fn a_customers_address_is_sealed_and_expires(world: World) {
    let at = |days: i64| calendar::rfc3339(NOON - days * 86_400);
    let rows = format!(
        "journey,step,end,contact,locale\nnew,WORK,{},a@example.org,fr\nnew,WORK,{},,\nold,WORK,{},b@example.org,en\nbad,WORK,{},nobody,en\n",
        at(1),
        at(2),
        at(90),
        at(1)
    );
    let report = take(&world, "contacts.csv", rows).await.expect("an import");
    assert_eq!((report.kept, report.refused), (3, 1));
    assert!(!format!("{report:?}").contains("example.org"));
    let contacts = contact::Entity::find().all(world.app.db.reader()).await.expect("the addresses");
    assert_eq!(contacts.len(), 1, "an address of long ago is not kept at all");
    assert_eq!(world.app.secret.decrypt(&contacts[0].address).as_deref(), Some("a@example.org"));
    assert_eq!((contacts[0].locale.as_deref(), contacts[0].expires_at > NOON), (Some("fr"), true));
}

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
    let added = relais::team::admission::add_key(
        &world.app.db,
        organisation,
        label,
        Scope::Events,
        stored,
        admission(&world.app),
    );
    added.await.expect("a key");
    Feed { router: wiring::router(world.app.clone()), key: key.expose().to_owned() }
}

async fn send(feed: &Feed, kind: &str, body: &str) -> Answered {
    let request = Request::post("/api/v1/events").header("content-type", kind);
    let request = request.header("authorization", format!("Bearer {}", feed.key)).body(Body::from(body.to_owned()));
    let response = feed.router.clone().oneshot(request.expect("a request")).await.expect("an answer");
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
    let body = format!("{}\n{}\n{}\n", event("A", "RECEP", 8), event("B", "RECEP", 9), event("A", "DELIV", 17));
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
    let again: serde_json::Value = serde_json::from_str(&send(&feed, LINES, &body).await.body).expect("JSON");
    assert_eq!((again["kept"].as_u64(), again["repeated"].as_u64()), (Some(0), Some(3)));
    assert_eq!(stored(&world).await, before);
    assert_eq!(
        job::Entity::find().count(world.app.db.reader()).await.expect("a count"),
        1,
        "the same job is not told twice"
    );

    let envelope = |n: u8, data: &str| {
        format!(r#"{{"specversion":"1.0","id":"{n}","source":"/garage","type":"step.done","data":{data}}}"#)
    };
    let batch = format!("[{},{}]", envelope(1, &event("B", "WORK", 10)), envelope(2, &event("B", "DELIV", 16)));
    let answer = send(&feed, "application/cloudevents-batch+json", &batch).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    let done = stored(&world).await;
    let ended: Vec<_> = done
        .iter()
        .map(|row| (row.finished_at == row.ended_at, Trace::parse(&row.trace).expect("a trace").events.len()))
        .collect();
    assert_eq!(done.len(), 2);
    assert!(ended.contains(&(true, 3)) && ended.contains(&(true, 2)), "{ended:?}");
    while wiring::do_jobs(&world.app).await.expect("the jobs run") > 0 {}
}

async fn a_feed_learns_what_is_wrong(world: World) {
    let feed = feed(&world).await;
    let event = r#"{"journey":"A","step":"RECEP","end":"2026-11-20T08:00:00Z"}"#;
    assert_eq!(send(&feed, LINES, event).await.status, StatusCode::BAD_REQUEST, "no journey type is known yet");
    applied(&world).await;
    assert_eq!(send(&feed, "text/csv", event).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for (body, expected) in [("", "empty"), ("{\"a\"\0}", "zero byte"), ("caf\u{e9}", "not JSON")] {
        let answer = send(&feed, LINES, body).await;
        let status = if body == "caf\u{e9}" { StatusCode::ACCEPTED } else { StatusCode::BAD_REQUEST };
        assert_eq!(answer.status, status, "{body:?}: {}", answer.body);
        assert!(answer.body.contains(expected), "{}", answer.body);
    }
    let huge = " ".repeat(limits::EVENTS_BODY + 1);
    assert_eq!(send(&feed, LINES, &huge).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let body = format!("{event}\n{}\n{{\n", event.replace("\"RECEP\"", "\"RECEP\",\"colour\":\"red\""));
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
    assert!(serde_json::from_str::<serde_json::Value>(&answer.body).expect("JSON")["error"].is_string());
}

/// Whatever a feed and a file try, the name is nowhere: not in a row, not in a message, not in the file.
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
            assert!(!bytes.windows(name.len()).any(|window| window == name.as_bytes()), "{:?}", file.path());
        }
    }
}
