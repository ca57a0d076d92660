//! Real event logs come in with the figures that pm4py gives for them, and coming in twice changes
//! nothing.

use std::collections::BTreeMap;

use relais::blueprint::{Blueprint, Step};
use relais::id::OrganisationId;
use relais::journey::discover::Discovery;
use relais::journey::import::{Format, Import, import};
use relais::journey::mapping::ColumnChoices;
use relais::journey::report::Report;
use relais::journey::source::Source;
use relais::journey::store;
use relais::journey::store::batch::Arrival;
use relais::progress::silent;
use relais::schema::organisation;
use relais_analytics::Durations;
use relais_analytics::durations::ERROR;
use relais_analytics::process::{self, Handoff, StepSequence};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;

use crate::discovered;
use crate::support::{World, both, shared};

/// Each log with its rows, journeys and the events that its rows make; a start and its completion
/// make one.
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
            said: ColumnChoices::default(),
            site: None,
            arrival: Arrival::History,
        };
        let report = import(&world.app, &import_it, &silent).await.expect("an import");
        assert_eq!(report.refused, 0, "{name}: {:?}", report.refusals);
        assert_eq!(report.repeated, 0, "{name}");
        assert_eq!((report.read, report.journeys, report.kept), (rows, journeys, events), "{name}");
        assert_eq!(
            report.read,
            report.kept + report.joined + report.passed_over,
            "{name}: every row is accounted for"
        );
        let again = import(&world.app, &import_it, &silent).await.expect("the same import");
        assert_eq!(
            (again.kept, again.journeys, again.changed),
            (0, 0, 0),
            "{name} twice changes nothing"
        );
        assert_eq!(again.repeated, events, "{name}");
        check(&world, organisation, name, &report).await;
    }
}

/// pm4py takes times without an offset as they stand, so the organisation lives where no clock is
/// put forward.
async fn in_utc(world: &World) -> OrganisationId {
    let id = relais::organisation::store::ensure(&world.app.db, world.app.clock.now())
        .await
        .expect("an organisation");
    let moved = world.app.db.write(move |tx| {
        Box::pin(async move {
            let update = organisation::Entity::update_many()
                .col_expr(organisation::Column::TimeZone, Expr::value("UTC"));
            Ok(update.filter(organisation::Column::Id.eq(id)).exec(tx).await?)
        })
    });
    moved.await.expect("another zone");
    id
}

/// The figures of the golden file, as far as they do not need persons.
async fn check(world: &World, organisation: OrganisationId, name: &str, report: &Report) {
    assert_eq!(
        report.persons.keys().any(|column| column.contains("org:resource") || column == "employee"),
        has_persons(name),
        "{name}"
    );
    let (Some(golden), conn) = (shared("golden/process_golden.json"), world.app.db.reader()) else {
        return;
    };
    let golden: Value =
        serde_json::from_slice(&std::fs::read(golden).expect("the golden file")).expect("JSON");
    let kind = name.replace('.', "-");
    let blueprint = relais::blueprint::store::blueprint(conn, organisation, &kind)
        .await
        .expect("a database")
        .expect("a blueprint");
    let discovery =
        store::discover(conn, organisation, blueprint.clone()).await.expect("a discovery");
    match name {
        "running-example.xes" | "receipt.xes.gz" | "helpdesk.xes.gz" => {
            points(name, &discovery, &golden[name])
        }
        // The same log in another format.
        "receipt.csv.gz" => points(name, &discovery, &golden["receipt.xes.gz"]),
        "repairExample.xes.gz" => halves(&discovery, report, &golden[name]),
        "eventdataR_patients.csv.gz" => {
            intervals(&discovery, &golden);
            let relay = store::discover(conn, organisation, a_team_each(blueprint))
                .await
                .expect("a discovery");
            handovers(&relay, &golden["eventdataR_patients (complete events)"]);
        }
        _ => {}
    }
    discovered::check(
        name,
        &serde_json::to_value(discovery.report()).expect("a document"),
        &golden,
    );
}

/// In this log every activity is one person's, so that handovers between persons are handovers
/// between steps.
fn a_team_each(blueprint: Blueprint) -> Blueprint {
    let steps =
        blueprint.steps.into_iter().map(|step| Step { team: Some(step.code.clone()), ..step });
    Blueprint { steps: steps.collect(), ..blueprint }
}

fn has_persons(name: &str) -> bool {
    !name.starts_with("interval") && !name.starts_with("billing") && !name.starts_with("bpic")
}

/// Logs of single times: everything must agree.
fn points(name: &str, discovery: &Discovery, golden: &Value) {
    let (flow, whole) = (discovery.flow(), |key: &str| whole(golden, key));
    assert_eq!((flow.journeys(), flow.events()), (whole("cases"), whole("events")), "{name}");
    assert_eq!(
        (flow.steps().len() as i64, flow.sequences().len() as i64),
        (whole("activities"), whole("variants")),
        "{name}"
    );
    assert_eq!(flow.handoffs().len() as i64, whole("dfg_edges"), "{name}");
    assert_eq!(
        (flow.reworked(), flow.repeats(), flow.self_loops()),
        (whole("rework_cases"), whole("rework_extra_events"), whole("self_loops")),
        "{name}"
    );
    follows(name, discovery, golden);
    let top = flow.sequences().iter().map(StepSequence::journeys).max();
    assert_eq!(top, golden["top_variant"][1].as_i64(), "{name}");
    let (took, duration) = (flow.duration(), &golden["case_duration_seconds"]);
    near(name, took.mean(), &duration["mean"]);
    quantile(name, &took, 0.5, &duration["median"]);
    quantile(name, &took, 0.9, &duration["p90"]);
    for edge in flow.handoffs() {
        let (from, to) = (discovery.step(edge.from), discovery.step(edge.to));
        let wait = &golden["seam_wait_seconds"][format!("{from} -> {to}")];
        if let Some(n) = wait["n"].as_i64() {
            assert_eq!(edge.wait.count(), n, "{name} {from} -> {to}");
            near(name, edge.wait.mean(), &wait["mean"]);
            quantile(&format!("{name} {from} -> {to}"), &edge.wait, 0.5, &wait["median"]);
        }
    }
}

fn whole(golden: &Value, key: &str) -> i64 {
    golden[key].as_i64().unwrap_or_else(|| panic!("{key} is a number"))
}

fn follows(name: &str, discovery: &Discovery, golden: &Value) {
    let (flow, code) = (discovery.flow(), |number| discovery.step(number).to_owned());
    let edges = flow.handoffs();
    let counted: BTreeMap<String, i64> = edges
        .iter()
        .map(|edge| (format!("{} -> {}", code(edge.from), code(edge.to)), edge.count()))
        .collect();
    for (edge, count) in golden["dfg"].as_object().expect("edges") {
        assert_eq!(counted.get(edge).copied(), count.as_i64(), "{name} {edge}");
    }
    let steps = flow.steps();
    for (key, ends) in [("start", false), ("end", true)] {
        let count = |step: &process::Step| if ends { step.last } else { step.first };
        let found: BTreeMap<String, i64> = steps
            .iter()
            .filter(|step| count(step) > 0)
            .map(|step| (code(step.step), count(step)))
            .collect();
        let expected = golden[key].as_object().expect("steps").iter();
        let expected = expected
            .map(|(step, count)| (step.clone(), count.as_i64().expect("a count")))
            .collect();
        assert_eq!(found, expected, "{name} {key}");
    }
}

/// Where teams are known, what passes between them.
fn handovers(relay: &Discovery, golden: &Value) {
    let edges = relay.flow().handoffs();
    let between: i64 = edges.iter().filter(|edge| edge.from != edge.to).map(Handoff::count).sum();
    let distinct = edges.iter().filter(|edge| edge.from != edge.to).count();
    assert_eq!(between, whole(golden, "handover_between_different_resources"));
    assert_eq!(distinct as i64, whole(golden, "handover_distinct_pairs"));
    assert_eq!(relay.flow().ping_pong(), whole(golden, "pingpong_cases"));
    assert_eq!(relay.report().detours.ping_pong as i64, whole(golden, "pingpong_cases"));
}

/// pm4py counts a start and its completion as two events, so that every paired activity is a
/// self-loop and rework to it. Here they are one, and only what does not depend on that is
/// compared.
fn halves(discovery: &Discovery, report: &Report, golden: &Value) {
    let flow = discovery.flow();
    assert_eq!(Some(report.read), golden["events"].as_u64(), "as many rows as pm4py has events");
    assert_eq!(
        (flow.journeys(), flow.steps().len() as i64),
        (whole(golden, "cases"), whole(golden, "activities"))
    );
    assert_eq!(flow.events() as u64, report.read - report.joined);
    let duration = &golden["case_duration_seconds"];
    near("repair", flow.duration().mean(), &duration["mean"]);
    quantile("repair", &flow.duration(), 0.5, &duration["median"]);
    quantile("repair", &flow.duration(), 0.9, &duration["p90"]);
    let steps = flow.steps();
    let first: i64 = steps.iter().map(|step| step.first).sum();
    let register =
        steps.iter().find(|step| discovery.step(step.step) == "Register").map(|step| step.first);
    assert_eq!(
        (Some(first), register),
        (golden["start"]["Register"].as_i64(), golden["start"]["Register"].as_i64())
    );
}

/// Starts and completions paired by instance: processing and waits must agree, and the order of
/// steps.
fn intervals(discovery: &Discovery, golden: &Value) {
    let (flow, complete) = (discovery.flow(), &golden["eventdataR_patients (complete events)"]);
    assert_eq!(
        (flow.events(), flow.sequences().len() as i64),
        (whole(complete, "events"), whole(complete, "variants"))
    );
    assert_eq!(
        flow.sequences().iter().map(StepSequence::journeys).max(),
        complete["top_variant"][1].as_i64()
    );
    assert_eq!(
        (flow.reworked(), flow.repeats(), flow.self_loops()),
        (
            whole(complete, "rework_cases"),
            whole(complete, "rework_extra_events"),
            whole(complete, "self_loops")
        )
    );
    follows("patients", discovery, complete);
    for step in flow.steps() {
        let code = discovery.step(step.step);
        let times = &golden["eventdataR_patients_times"][code];
        assert_eq!(
            (step.events, step.processing.count()),
            (whole(times, "n"), whole(times, "n")),
            "{code}"
        );
        assert_eq!(step.wait_before.count(), whole(times, "wait_n"), "{code}");
        near(code, step.processing.mean(), &times["mean_processing"]);
        if step.wait_before.count() > 0 {
            near(code, step.wait_before.mean(), &times["mean_wait_before"]);
        }
    }
}

/// Times here are whole seconds; beyond that a mean is exact.
fn near(what: &str, ours: Option<f64>, golden: &Value) {
    let (ours, golden) = (ours.expect("a figure"), golden.as_f64().expect("a golden figure"));
    assert!((ours - golden).abs() <= 1.0, "{what}: {ours} for {golden}");
}

/// pm4py's quantiles, interpolated between two durations as ours are; each of the two is read within
/// the named error.
fn quantile(what: &str, durations: &Durations, share: f64, golden: &Value) {
    let golden = golden.as_f64().expect("a golden figure");
    let ours = durations.quantile(share).expect("durations");
    assert!((ours - golden).abs() <= ERROR * golden.abs() + 1.0, "{what}: {ours} for {golden}");
}
