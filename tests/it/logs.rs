//! Real event logs come in with the figures that pm4py gives for them, and coming in twice changes nothing.

use std::collections::BTreeMap;

use relais::journey::import::{Format, Import, import};
use relais::journey::mapping::Said;
use relais::journey::measures::Measures;
use relais::journey::report::Report;
use relais::journey::source::Source;
use relais::journey::store;
use relais::journey::store::batch::Arrival;
use relais::progress::silent;
use relais::schema::organisation;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;

use crate::support::{World, both, shared};

/// Each log with its rows, journeys and the events that its rows make; a start and its completion make one.
const LOGS: [(&str, u64, u64, u64); 11] = [
    ("running-example.xes", 42, 6, 42),
    ("receipt.xes.gz", 8_577, 1_434, 8_577),
    ("receipt.csv.gz", 8_577, 1_434, 8_577),
    ("helpdesk.xes.gz", 21_348, 4_580, 21_348),
    ("repairExample.xes.gz", 11_855, 1_104, 7_734),
    ("eventdataR_patients.csv.gz", 5_442, 500, 2_721),
    ("interval_event_log.csv.gz", 8_109, 1_266, 8_109),
    ("teleclaims.xes.gz", 46_138, 3_512, 24_825),
    ("roadtraffic100traces.xes", 390, 100, 390),
    ("billing_1t_per_variant.xes.gz", 12_506, 1_020, 12_506),
    ("bpic2020_permit_1t_per_variant.xes.gz", 26_028, 1_478, 26_028),
];

both!(every_log_comes_in_once);

async fn every_log_comes_in_once(world: World) {
    let organisation = in_utc(&world).await;
    for (name, rows, journeys, events) in LOGS {
        let Some(path) = shared(&format!("eventlogs/{name}")) else { continue };
        let source = Source::File(path);
        let import_it = Import {
            organisation,
            journey_type: name.replace('.', "-"),
            format: Format::of(&source).expect("a format"),
            source,
            said: Said::default(),
            site: None,
            arrival: Arrival::History,
        };
        let report = import(&world.app, &import_it, &silent).await.expect("an import");
        assert_eq!(report.refused, 0, "{name}: {:?}", report.refusals);
        assert_eq!(report.repeated, 0, "{name}");
        assert_eq!((report.read, report.journeys, report.kept), (rows, journeys, events), "{name}");
        assert_eq!(report.read, report.kept + report.joined + report.passed_over, "{name}: every row is accounted for");
        let again = import(&world.app, &import_it, &silent).await.expect("the same import");
        assert_eq!((again.kept, again.journeys, again.changed), (0, 0, 0), "{name} twice changes nothing");
        assert_eq!(again.repeated, events, "{name}");
        check(&world, organisation, name, &report).await;
    }
}

/// pm4py takes times without an offset as they stand, so the organisation lives where no clock is put forward.
async fn in_utc(world: &World) -> i64 {
    let id = relais::team::store::ensure(&world.app.db, world.app.clock.now()).await.expect("an organisation");
    let moved = world.app.db.write(move |tx| {
        Box::pin(async move {
            let update =
                organisation::Entity::update_many().col_expr(organisation::Column::TimeZone, Expr::value("UTC"));
            Ok(update.filter(organisation::Column::Id.eq(id)).exec(tx).await?)
        })
    });
    moved.await.expect("another zone");
    id
}

/// The figures of the golden file, as far as they do not need persons.
async fn check(world: &World, organisation: i64, name: &str, report: &Report) {
    assert_eq!(
        report.persons.keys().any(|column| column.contains("org:resource") || column == "employee"),
        has_persons(name),
        "{name}"
    );
    let (Some(golden), conn) = (shared("golden/process_golden.json"), world.app.db.reader()) else { return };
    let golden: Value = serde_json::from_slice(&std::fs::read(golden).expect("the golden file")).expect("JSON");
    let kind = name.replace('.', "-");
    let blueprint = store::blueprint(conn, organisation, &kind).await.expect("a database").expect("a blueprint");
    let discovery = store::discover(conn, organisation, blueprint).await.expect("a discovery");
    let measures = discovery.measures();
    match name {
        "running-example.xes" | "receipt.xes.gz" | "helpdesk.xes.gz" => points(name, measures, &golden[name]),
        // The same log in another format.
        "receipt.csv.gz" => points(name, measures, &golden["receipt.xes.gz"]),
        "repairExample.xes.gz" => halves(measures, report, &golden[name]),
        "eventdataR_patients.csv.gz" => intervals(measures, &golden),
        _ => {}
    }
}

fn has_persons(name: &str) -> bool {
    !name.starts_with("interval") && !name.starts_with("billing") && !name.starts_with("bpic")
}

/// Logs of single times: everything must agree.
fn points(name: &str, measures: &Measures, golden: &Value) {
    let whole = |key: &str| golden[key].as_u64().unwrap_or_else(|| panic!("{key} is a number"));
    assert_eq!((measures.journeys, measures.events), (whole("cases"), whole("events")), "{name}");
    assert_eq!(
        (measures.steps().count() as u64, measures.path_count() as u64),
        (whole("activities"), whole("variants")),
        "{name}"
    );
    assert_eq!(measures.edges().len() as u64, whole("dfg_edges"), "{name}");
    assert_eq!(
        (measures.reworked, measures.repeats, measures.self_loops),
        (whole("rework_cases"), whole("rework_extra_events"), whole("self_loops")),
        "{name}"
    );
    follows(name, measures, golden);
    let top = golden["top_variant"][1].as_u64();
    assert_eq!(measures.paths(1).first().map(|(_, count)| *count), top, "{name}");
    let duration = &golden["case_duration_seconds"];
    near(name, measures.duration.mean(), &duration["mean"], 0.0, 1.0);
    near(name, measures.duration.quantile(0.5), &duration["median"], 0.05, 1.0);
    for (from, to, edge) in measures.edges() {
        let wait = &golden["seam_wait_seconds"][format!("{from} -> {to}")];
        if let Some(n) = wait["n"].as_u64() {
            assert_eq!(edge.wait.count(), n, "{name} {from} -> {to}");
            near(name, edge.wait.mean(), &wait["mean"], 0.0, 1.0);
        }
    }
}

fn follows(name: &str, measures: &Measures, golden: &Value) {
    let counted: BTreeMap<String, u64> =
        measures.edges().into_iter().map(|(from, to, edge)| (format!("{from} -> {to}"), edge.count)).collect();
    for (edge, count) in golden["dfg"].as_object().expect("edges") {
        assert_eq!(counted.get(edge).copied(), count.as_u64(), "{name} {edge}");
    }
    for (key, ends) in [("start", false), ("end", true)] {
        for (step, count) in golden[key].as_object().expect("steps") {
            let found = measures.steps().find(|(code, _)| code == step);
            let found = found.map(|(_, step)| if ends { step.last } else { step.first });
            assert_eq!(found, count.as_u64(), "{name} {key} {step}");
        }
    }
}

/// pm4py counts a start and its completion as two events, so that every paired activity is a self-loop and
/// rework to it. Here they are one, and only what does not depend on that is compared.
fn halves(measures: &Measures, report: &Report, golden: &Value) {
    assert_eq!(Some(report.read), golden["events"].as_u64(), "as many rows as pm4py has events");
    assert_eq!(Some(measures.journeys), golden["cases"].as_u64());
    assert_eq!(Some(measures.steps().count() as u64), golden["activities"].as_u64());
    assert_eq!(measures.events, report.read - report.joined);
    let first: u64 = measures.steps().map(|(_, step)| step.first).sum();
    let register = measures.steps().find(|(code, _)| *code == "Register").map(|(_, step)| step.first);
    assert_eq!((Some(first), register), (golden["start"]["Register"].as_u64(), golden["start"]["Register"].as_u64()));
}

/// Starts and completions paired by instance: processing and waits must agree, and the order of steps.
fn intervals(measures: &Measures, golden: &Value) {
    let complete = &golden["eventdataR_patients (complete events)"];
    assert_eq!(Some(measures.events), complete["events"].as_u64());
    assert_eq!(Some(measures.path_count() as u64), complete["variants"].as_u64());
    follows("patients", measures, complete);
    for (step, count) in measures.steps() {
        let times = &golden["eventdataR_patients_times"][step];
        assert_eq!(Some(count.events), times["n"].as_u64(), "{step}");
        near(step, count.processing.mean(), &times["mean_processing"], 0.0, 1.0);
        if times["wait_n"].as_u64() > Some(0) {
            near(step, count.wait_before.mean(), &times["mean_wait_before"], 0.0, 1.0);
        }
    }
}

/// Times here are whole seconds and quantiles have a named error; means have neither excuse.
fn near(what: &str, ours: Option<f64>, golden: &Value, relative: f64, absolute: f64) {
    let (ours, golden) = (ours.expect("a figure"), golden.as_f64().expect("a golden figure"));
    assert!((ours - golden).abs() <= absolute + relative * golden.abs(), "{what}: {ours} for {golden}");
}
