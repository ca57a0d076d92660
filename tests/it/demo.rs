//! `relais demo` as anybody runs it: the printed links, and what its breakdowns say.

use relais::app::App;
use relais::calendar::Zone;
use relais::clock::Clock;
use relais::config::Config;
use relais::discussion::review::{Standing, standings};
use relais::discussion::store;
use relais::id::OrganisationId;
use relais::privacy::Eyes;
use relais_analytics::verdict::Conclusion;
use serde_json::Value;

use crate::support::demo::{demo, relais};
use crate::support::figure;

/// The demo's breakdown of a partition, as JSON.
fn breakdown(options: &[&str]) -> Value {
    let served = demo().copy();
    let args =
        [&["breakdown", "--journey-type", "repair", "--json", "--lang", "en"], options].concat();
    let told = relais(served.path(), &args);
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    serde_json::from_slice(&told.stdout).expect("one JSON document")
}

fn element<'a>(breakdown: &'a Value, code: &str) -> &'a Value {
    let elements = breakdown["elements"].as_array().expect("elements");
    elements.iter().find(|element| element["code"] == code).unwrap_or_else(|| panic!("no {code}"))
}

#[test]
fn the_demo_prints_a_link_for_each_kind_of_user() {
    let links = demo().links["links"].as_array().expect("links");
    let who: Vec<_> = links.iter().filter_map(|link| link["who"].as_str()).collect();
    assert_eq!(
        who,
        ["owner", "planning", "workshop", "reception", "administrator", "representative"]
    );
}

#[test]
fn the_appointment_lost_the_points_and_reception_and_workshop_made_them_up() {
    let network = breakdown(&["--as-owner"]);
    let number =
        |code: &str, field: &str| element(&network, code)[field].as_f64().expect("a number");
    assert!(number("promise:PLAN", "points") > 3.0, "planning lost points: {network:#}");
    assert!(number("promise:RECEP", "made_up") > 1.0, "reception made some up");
    assert!(number("promise:WORK", "made_up") > 0.1, "the workshop made some up");
    assert_eq!(network["verdict"]["leading"], "promise:PLAN");
}

#[test]
fn planning_slips_in_one_region_and_the_workshop_is_not_blamed() {
    let south = breakdown(&["--as-owner", "--partition", "region:south", "--against", "rest"]);
    assert_eq!(south["verdict"]["leading"], "promise:PLAN", "{south:#}");
    assert_eq!(element(&south, "promise:PLAN")["contrast"]["signal"], true);
    assert_eq!(element(&south, "step:WORK")["contrast"]["signal"], false);
}

#[test]
fn one_garage_fails_between_reception_and_workshop() {
    let nancy =
        breakdown(&["--as-team", "reception", "--partition", "site:G05", "--against", "rest"]);
    assert_eq!(nancy["verdict"]["leading"], "handoff:RECEP:WORK", "{nancy:#}");
    let points: f64 = nancy["elements"]
        .as_array()
        .expect("elements")
        .iter()
        .filter_map(|e| e["points"].as_f64())
        .sum();
    let total = points + nancy["untraced"]["points"].as_f64().expect("untraced");
    let shortfall = nancy["shortfall"]["points"].as_f64().expect("the shortfall");
    assert!((total - shortfall).abs() < 1e-9, "{total} is not {shortfall}");
}

#[test]
fn who_reads_on_the_command_line_is_seen_looking() {
    let folder = demo().copy();
    let looks = |folder: &std::path::Path| {
        let told = relais(folder, &["journal", "verify", "--lang", "en"]);
        String::from_utf8(told.stdout)
            .expect("text")
            .lines()
            .nth(1)
            .map(str::to_owned)
            .expect("the access log")
    };
    let before = looks(folder.path());
    assert!(relais(folder.path(), &["breakdown", "--as-owner"]).status.success());
    assert_ne!(looks(folder.path()), before, "the look was not written down");
}

#[test]
fn a_garage_of_six_people_is_nowhere_alone() {
    let refused = relais(
        demo().copy().path(),
        &["breakdown", "--partition", "site:G09", "--as-team", "workshop"],
    );
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.stdout.is_empty());
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(why.contains("small site"), "{why}");
}

#[test]
fn a_demo_never_adds_its_year_to_somebodys_data() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert!(relais(folder.path(), &["init", "--administrator", "a@example.org"]).status.success());
    let refused = relais(folder.path(), &["demo", "--no-serve"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(folder.path().join("relais.sqlite").exists(), "the data are gone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_action_of_the_demo_moved_and_of_the_other_nothing_can_be_seen() {
    let folder = demo().copy();
    let config = Config::read(&[("data", folder.path().display().to_string())], |_| None)
        .expect("the settings");
    let app = App::open(config, Clock::System).await.expect("the demo");
    let actions = store::actions(app.db.reader(), OrganisationId::new(1)).await.expect("actions");
    let (eyes, organisation) = (Eyes::Team("reception".to_owned()), OrganisationId::new(1));
    let (zone, now) = (Zone::named("Europe/Paris").expect("a zone"), app.clock.now());
    let standings =
        standings(&app.db, organisation, &actions, &eyes, &zone, now).await.expect("verdicts");
    let mut said: Vec<(String, Conclusion)> = Vec::new();
    for (action, standing) in actions.iter().zip(standings) {
        let Standing::Judged(judged) = standing else { panic!("{standing:?}") };
        let change = judged.verdict.change.expect("a change");
        figure(&format!(
            "demo: {}: {:.1} points, {:?}",
            action.plan.measure, change.value, judged.verdict.conclusion
        ));
        said.push((action.plan.measure.to_string(), judged.verdict.conclusion));
    }
    said.sort_by(|one, other| one.0.cmp(&other.0));
    let expected =
        [("handoff:CALL:RECEP", Conclusion::NoSignalYet), ("promise:WORK", Conclusion::Moved)];
    assert_eq!(said, expected.map(|(measure, says)| (measure.to_owned(), says)));
    let told =
        relais::survey::store::you_said::read(app.db.reader(), OrganisationId::new(1), "repair")
            .await
            .expect("a sentence");
    assert_eq!(told.len(), 1, "customers read what was done");
    assert!(
        !store::ticked(app.db.reader(), OrganisationId::new(1), "repair")
            .await
            .expect("notes")
            .is_empty()
    );
}
