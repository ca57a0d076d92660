//! A real history comes in: the answers of an airline's passengers, in the columns of the answers
//! file.

use std::path::Path;

use relais::journey::trace::Trace;
use relais::progress::silent;
use relais::response::import::import;
use relais::schema::{journey, response, step};
use sea_orm::EntityTrait;

use crate::answers::{answers, organisation, told};
use crate::support::{NOON, World, both, figure, shared};

/// Real answers: 14 touchpoints on 1 to 5 where 0 means not applicable, satisfied or not, and
/// delays on arrival.
async fn an_airline_brings_its_history_without_a_blueprint(world: World) {
    let Some(path) = shared("airline_passenger_satisfaction_test.csv.gz") else { return };
    organisation(&world).await;
    let (csv, satisfied, late) = reshaped(&path);
    let mut airline = answers(&world.file("airline.csv", csv));
    airline.journey_type = "flight".to_owned();
    (airline.outcome, airline.item) =
        ("0-1".parse().expect("a scale"), "1-5".parse().expect("a scale"));
    let start = std::time::Instant::now();
    let report = import(&world.app, &airline, &silent).await.expect("an import");
    let speed = report.read as f64 / start.elapsed().as_secs_f64();
    figure(&format!("{:.0} airline answers a second, each with a journey of its own", speed));
    assert_eq!(
        (report.read, report.kept, report.refused),
        (25_976, 25_976, 0),
        "{:?}",
        told(&report)
    );
    assert_eq!((report.unknown_journeys, report.created.len()), (25_976, 14));
    let stored = response::Entity::find().all(world.app.db.reader()).await.expect("the responses");
    assert_eq!(stored.iter().filter(|row| row.outcome == Some(1)).count(), satisfied);
    let steps = step::Entity::find().all(world.app.db.reader()).await.expect("the steps");
    assert!(steps.iter().all(|step| step.frontstage && step.team.is_none()));
    assert_eq!(
        steps.iter().find(|step| step.position == 0).map(|step| step.code.as_str()),
        Some("Inflight wifi service")
    );
    let own = journey::Entity::find().all(world.app.db.reader()).await.expect("the journeys");
    let traces: Vec<Trace> =
        own.iter().map(|row| Trace::parse(&row.trace).expect("a trace")).collect();
    assert!(traces.iter().all(|trace| trace.parts.len() == 14 && trace.events.is_empty()));
    assert_eq!(
        traces.iter().filter_map(|trace| trace.late).sum::<i64>(),
        late,
        "minutes are minutes again"
    );
    let again = import(&world.app, &airline, &silent).await.expect("the same again");
    assert_eq!((again.kept, again.repeated, again.created.len()), (0, 25_976, 0));
}

/// The airline's file in our columns; how many are satisfied, and the minutes of delay.
fn reshaped(path: &Path) -> (String, usize, i64) {
    let mut csv = csv::Reader::from_reader(flate2::read::GzDecoder::new(
        std::fs::File::open(path).expect("the file"),
    ));
    let names: Vec<String> = csv.headers().expect("a header").iter().map(str::to_owned).collect();
    let mut out = csv::Writer::from_writer(Vec::new());
    let items = names[7..21].iter().map(|name| format!("step.{name}"));
    let columns = ["answered_at", "outcome", "promise.late_days"].map(str::to_owned);
    out.write_record(columns.into_iter().chain(items)).expect("a row");
    let (mut satisfied, mut late) = (0, 0);
    for (n, row) in csv.records().enumerate() {
        let row = row.expect("a row");
        let outcome = if &row[23] == "satisfied" { "1" } else { "0" };
        satisfied += usize::from(outcome == "1");
        let minutes = row[22].parse::<f64>().ok();
        late += minutes.unwrap_or(0.0) as i64;
        let days = minutes.map(|minutes| format!("{:.6}", minutes / 1_440.0)).unwrap_or_default();
        let at = relais::calendar::rfc3339(NOON - 80 * 86_400 + (n as i64 % 80) * 86_400);
        let items =
            row.iter().skip(7).take(14).map(|item| if item == "0" { "" } else { item }.to_owned());
        out.write_record([at, outcome.to_owned(), days].into_iter().chain(items)).expect("a row");
    }
    (String::from_utf8(out.into_inner().expect("the rows")).expect("text"), satisfied, late)
}

both!(an_airline_brings_its_history_without_a_blueprint);
