//! What atoms hold of the process is what one pass over the released traces gives, whatever is
//! added or taken apart.

use std::collections::BTreeSet;

use relais::element::Element;
use relais::journey::process_input::ProcessInput;
use relais::journey::timing::timing;
use relais::journey::trace::{Event, Trace};
use relais::privacy::Place;
use relais::publication::flows::Flows;
use relais::publication::publish::publish;
use relais::publication::store::{flows, published};
use relais::publication::{Published, Window};
use relais::schema::{journey, response};
use relais_analytics::Flow;
use relais_analytics::process::OTHER;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use smallvec::smallvec;

use crate::garage::{DAY, Garage, MONDAY, ORGANISATION, WEEK, found, live, sql};
use crate::support::{World, both};

both!(
    flows_add_up_to_one_pass_over_the_released_traces,
    an_atom_older_than_flows_is_said_to_be_unknown
);

const NETWORK: &[Garage] = &[
    ("S1", Some("R1"), 5, 7),
    ("S2", Some("R1"), 2, 3),
    ("S3", Some("R1"), 4, 2),
    ("S4", Some("R2"), 9, 9),
];

/// As planned, with returns, unannounced, with a step that no blueprint knows, with a repair done
/// twice, endless.
const PATHS: [&str; 6] = [
    "CALL RECEP WORK",
    "CALL PLAN RECEP WORK RECEP WORK",
    "RECEP WORK",
    "CALL WASH WORK",
    "CALL WORK WORK",
    "",
];

fn trace(n: usize, over: i64) -> Trace {
    let endless = "WORK ".repeat(101);
    let path = if PATHS[n % 6].is_empty() { &endless } else { PATHS[n % 6] };
    let late = (n % 7) as i64 * DAY / 2 - DAY;
    let began = over - 5 * DAY + (n as i64 % 11) * 3_600;
    let event = |(step, at): (&str, i64)| {
        let start = began + at * (40_000 + (n as i64) * 60);
        let event = Event::new(step, Some(start), Some(start + 1_200 + 60 * at));
        match step {
            "RECEP" => Event {
                promised: smallvec![start + DAY, start - late],
                requested: Some(start - DAY),
                ..event
            },
            "WORK" => Event {
                promised_start: Some(start - late),
                promised: smallvec![start + late],
                ..event
            },
            _ => event,
        }
    };
    Trace { events: path.split_whitespace().zip(0..).map(event).collect(), ..Trace::default() }
}

/// So many journeys of every garage, all with traces of their own.
async fn week(world: &World, number: i64, paths: std::ops::Range<usize>) {
    let over = MONDAY + number * WEEK + DAY;
    for (site, answers) in [("S1", 14), ("S2", 6), ("S3", 7), ("S4", 11)] {
        live(&world.app, Some(site), over, (answers + 9, answers), over + DAY).await;
    }
    let waiting = journey::Entity::find().all(world.app.db.reader()).await.expect("journeys");
    let varied = world.app.db.write(move |tx| {
        Box::pin(async move {
            for (row, n) in waiting.into_iter().filter(|row| row.atom.is_none()).zip(0..) {
                let trace = trace(paths.start + n % paths.len() + 6 * n, row.finished_at).to_json();
                let row = journey::ActiveModel { trace: Set(trace), ..row.into_active_model() };
                row.update(tx).await?;
            }
            Ok(())
        })
    });
    varied.await.expect("other traces");
}

async fn close(world: &World, at: i64) -> (Published, Flows) {
    world.app.clock.set(at);
    let closed = publish(
        &world.app.db,
        &world.app.clock,
        ORGANISATION,
        "repair",
        None,
        &relais::progress::silent,
    )
    .await;
    assert!(closed.expect("published").atoms > 0);
    read(world, None).await
}

async fn read(world: &World, visible_at: Option<i64>) -> (Published, Flows) {
    let reader = world.app.db.reader();
    let published = published(reader, ORGANISATION, "repair", &Window::default(), visible_at)
        .await
        .expect("published");
    let flows =
        flows(reader, ORGANISATION, "repair", &published.atoms, |_| true).await.expect("flows");
    (published, flows)
}

/// What the raw rows of some atoms give, read by themselves.
async fn one_pass(
    world: &World,
    (published, flows): (&Published, &Flows),
    chosen: impl Fn(usize) -> bool,
) -> Flow {
    let reader = world.app.db.reader();
    let blueprint = relais::blueprint::store::blueprint(reader, ORGANISATION, "repair")
        .await
        .expect("a blueprint")
        .expect("one");
    let released = |atom: Option<i64>| {
        published.atoms.iter().position(|known| Some(known.id) == atom).is_some_and(&chosen)
    };
    let number =
        |place: Option<usize>| place.map_or(OTHER, |place| u16::try_from(place).expect("a number"));
    let step = |code: &str| number(flows.steps.iter().position(|step| step == code));
    let element = |element: &Element| {
        let position =
            |wanted: &Element| published.catalogue.iter().find(|(_, known)| *known == wanted);
        *position(element).or(position(&Element::HandoffOther)).expect("a position").0
    };
    let mut flow = Flow::default();
    let journeys = journey::Entity::find().all(reader).await.expect("journeys");
    let input = |trace: &str| {
        let trace = Trace::parse(trace).expect("a trace");
        let mut input = ProcessInput::of(&trace, &blueprint, step);
        input.sequence = number(flows.paths.iter().position(|path| *path == input.steps));
        (input, trace)
    };
    for row in journeys.iter().filter(|row| released(row.atom)) {
        let (input, trace) = input(&row.trace);
        let promises = timing(&trace, &blueprint).promises;
        let promises: Vec<(u16, i64)> =
            promises.iter().map(|(by, late)| (element(by), late * 60)).collect();
        input.count(&trace.events, &promises, &mut flow);
    }
    for row in response::Entity::find().all(reader).await.expect("responses") {
        let journey = journeys
            .iter()
            .find(|journey| Some(&journey.id) == row.journey.as_ref())
            .expect("its journey");
        if released(row.atom) {
            flow.answer(
                input(&journey.trace).0.sequence,
                1,
                10 - i64::from(row.outcome.expect("an outcome")),
            );
        }
    }
    flow
}

async fn flows_add_up_to_one_pass_over_the_released_traces(world: World) {
    found(&world.app, NETWORK).await;
    week(&world, 0, 0..3).await;
    let (_, before) = close(&world, MONDAY + WEEK).await;
    for number in 1..4 {
        week(&world, number, 0..6).await;
    }
    let (published, flows) = close(&world, MONDAY + 4 * WEEK).await;
    assert_eq!(flows.steps[..before.steps.len()], before.steps, "numbers never change");
    assert_eq!(flows.paths[..before.paths.len()], before.paths);
    let here = (&published, &flows);
    let whole = flows.sum(|_| true).expect("a sum");
    assert_eq!((whole.atoms, whole.unknown), (published.atoms.len(), 0));
    assert_eq!(whole.flow, one_pass(&world, here, |_| true).await);
    let place = Place::Site("S1".to_owned());
    let site = flows.sum(|atom| published.is_in(atom, &place)).expect("a sum").flow;
    assert_eq!(site, one_pass(&world, here, |atom| published.is_in(atom, &place)).await);
    let mut rest = whole.flow.clone();
    rest.subtract(&site);
    assert_eq!(
        rest,
        one_pass(&world, here, |atom| !published.is_in(atom, &place)).await,
        "what was never added alone"
    );
    rest.merge(&site);
    rest.subtract(&whole.flow);
    assert_eq!(rest, Flow::default());
    check_figures(&published, &flows, &whole.flow);
}

/// That the traces above were worth it: nothing that an owner asks about is empty.
fn check_figures(published: &Published, flows: &Flows, flow: &Flow) {
    let journeys: i64 = published.atoms.iter().map(|atom| i64::from(atom.journeys)).sum();
    assert_eq!(flow.journeys(), journeys);
    assert!(flow.self_loops() > 0);
    let counts = [flow.reworked(), flow.ping_pong(), flow.came_back(), flow.unannounced()];
    assert!(counts.iter().all(|count| (1..journeys).contains(count)), "{counts:?} of {journeys}");
    let steps = flow.steps();
    let step =
        |code: &str| steps.iter().find(|step| flows.step(step.step) == Some(code)).expect("a step");
    assert!(
        step("PLAN").events > 0 && step("PLAN").skipped > 0 && step("PLAN").offered.count() > 0,
        "backstage"
    );
    assert!(step("WASH").events > 0, "unknown to the blueprint");
    let edges = flow.handoffs();
    let back = edges
        .iter()
        .filter(|edge| edge.returns > 0)
        .map(|edge| (flows.step(edge.from), flows.step(edge.to)));
    let (desk, shop) = (Some("RECEP"), Some("WORK"));
    assert_eq!(
        back.collect::<BTreeSet<_>>(),
        BTreeSet::from([(desk, shop), (shop, desk)]),
        "to and fro"
    );
    assert!(flow.promises().iter().all(|promise| promise.made() > 0));
    assert!(flow.promises().iter().any(|promise| promise.kept() > 0 && promise.late() > 0));
    let paths = flow.sequences();
    let told: Vec<String> = paths
        .iter()
        .filter_map(|path| flows.path(path.sequence))
        .map(|path| path.join(" "))
        .collect();
    assert!(PATHS[..5].iter().all(|path| told.contains(&(*path).to_owned())), "{told:?}");
    let other = paths.last().expect("paths");
    assert!(
        other.sequence == OTHER && other.journeys() > 0 && flows.path(OTHER).is_none(),
        "the endless one"
    );
    assert_eq!(paths.iter().map(|path| path.journeys()).sum::<i64>(), journeys);
    let answers: i64 =
        paths.iter().flat_map(|path| &path.outcomes).map(|outcome| outcome.answers).sum();
    assert_eq!(
        answers,
        published.atoms.iter().map(|atom| i64::from(atom.unit.answers)).sum::<i64>()
    );
}

async fn an_atom_older_than_flows_is_said_to_be_unknown(world: World) {
    found(&world.app, NETWORK).await;
    week(&world, 0, 0..6).await;
    let (published, flows) = close(&world, MONDAY + WEEK).await;
    let whole = flows.sum(|_| true).expect("a sum");
    assert!(published.atoms.len() > 1 && whole.unknown == 0);
    sql(&world.app, "DELETE FROM flow WHERE atom = (SELECT MIN(atom) FROM flow)").await;
    let (_, flows) = read(&world, None).await;
    let left = flows.sum(|_| true).expect("a sum");
    assert_eq!((left.atoms, left.unknown), (published.atoms.len() - 1, 1));
    assert!(left.flow.journeys() < whole.flow.journeys());
    let (_, others) = read(&world, Some(MONDAY + WEEK)).await;
    assert_eq!(
        others.sum(|_| true).expect("a sum").atoms,
        0,
        "whoever may not see the atoms yet sees no flow"
    );
    sql(&world.app, "UPDATE flow SET state = (SELECT states FROM cells ORDER BY atom LIMIT 1)")
        .await;
    let (_, flows) = read(&world, None).await;
    let told = flows.sum(|_| true).expect_err("no flow").to_string();
    assert!(told.contains("damaged"), "{told}");
}
