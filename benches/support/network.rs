//! A large network that lives some weeks and is published week by week, for the programs that
//! measure: twelve steps, three paths, sites of a few answers a week. Rows are written as an import
//! writes them, atoms by the publication itself.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use relais::app::App;
use relais::db::insert_all;
use relais::journey::trace::{Event, Trace};
use relais::publication::publish::publish;
use relais::schema::{journey, response};

use crate::organisation::{self, JOURNEY_TYPE, Network, ORGANISATION, heads, site, step};

/// Monday 3 November 2025.
const START: i64 = 1_762_128_000;
const WEEK: i64 = 7 * 86_400;
pub(crate) const WEEKS: i64 = 60;
pub(crate) const STEPS: usize = 12;
const TEAMS: [&str; 6] = ["call-centre", "planning", "reception", "workshop", "parts", "billing"];
/// Answers and journeys of a site in a week.
const A_WEEK: (u32, u32) = (12, 18);

/// Founds a network and lets it live; says how many answers were published.
pub(crate) async fn live(app: &App, sites: usize) -> u64 {
    organisation::found(&app.db, network(sites)).await;
    let mut random = StdRng::seed_from_u64(sites as u64);
    let mut answers = 0;
    for week in 0..WEEKS {
        let monday = START + week * WEEK;
        let (mut journeys, mut responses) = (Vec::new(), Vec::new());
        for site in 0..sites {
            for n in 0..A_WEEK.1 {
                let row = journey_row(site, monday, &mut random);
                if n < A_WEEK.0 {
                    responses.push(answer(&row, &mut random));
                }
                journeys.push(row);
            }
        }
        let stored = app.db.write(move |tx| {
            Box::pin(async move {
                insert_all(tx, journeys).await?;
                insert_all(tx, responses).await
            })
        });
        stored.await.expect("rows");
        app.clock.set(monday + WEEK + 3_600);
        let closed = publish(
            &app.db,
            &app.clock,
            ORGANISATION,
            JOURNEY_TYPE,
            None,
            &relais::progress::silent,
        )
        .await;
        answers += closed.expect("published").answers;
    }
    app.clock.set(START + (WEEKS + 2) * WEEK);
    answers
}

fn code(step: usize) -> String {
    format!("STEP{step:02}")
}

fn network(sites: usize) -> Network {
    let steps = (0..STEPS).map(|at| {
        let planned_by = (at == 4).then(|| code(2));
        step(&code(at), TEAMS[at / 2], at % 4 != 1, planned_by.as_deref())
    });
    let codes: Vec<String> = (0..sites).map(|n| format!("S{n:03}")).collect();
    let region = |n: usize| format!("R{:02}", n % sites.div_ceil(15).max(2));
    let (central, local) = TEAMS.split_at(2);
    let central = central.iter().map(|team| heads(team, "", 9));
    let local = local.iter().flat_map(|team| codes.iter().map(|code| heads(team, code, 9)));
    Network {
        steps: steps.collect(),
        sites: codes.iter().zip(0..).map(|(code, n)| site(code, Some(&region(n)))).collect(),
        heads: central.chain(local).collect(),
    }
}

/// One of three paths, some of it late.
fn journey_row(site: usize, monday: i64, random: &mut StdRng) -> journey::Model {
    let skipped: &[usize] = match random.random_range(0..10) {
        0..7 => &[],
        7..9 => &[6],
        _ => &[3, 7, 8],
    };
    let over = monday + random.random_range(0..5) * 86_400 + 40_000;
    let steps: Vec<usize> = (0..STEPS).filter(|step| !skipped.contains(step)).collect();
    let mut at = over - 7_200 * i64::try_from(steps.len()).expect("twelve");
    let started_at = at;
    let events = steps.iter().map(|step| {
        let (began, end) = (at + random.random_range(0..3_600), at + 7_200);
        at = end;
        let late = if step % 3 == 1 {
            vec![end - random.random_range(-20_000..60_000)]
        } else {
            Vec::new()
        };
        Event { promised: late.into(), ..Event::new(&code(*step), Some(began), Some(end)) }
    });
    let trace = Trace { events: events.collect(), ..Trace::default() };
    journey::Model {
        organisation_id: ORGANISATION,
        id: random.random::<[u8; 16]>().to_vec(),
        journey_type: JOURNEY_TYPE.to_owned(),
        site: Some(format!("S{site:03}")),
        attributes: None,
        trace: trace.to_json(),
        started_at,
        ended_at: over,
        finished_at: over,
        atom: None,
    }
}

/// An answer about three parts of the path.
fn answer(journey: &journey::Model, random: &mut StdRng) -> response::Model {
    let trace = Trace::parse(&journey.trace).expect("a trace");
    let steps: Vec<&str> = trace.events.iter().map(|event| event.step.as_ref()).collect();
    let at = random.random_range(0..steps.len() - 2);
    let parts = [
        (format!("step:{}", steps[at]), 10),
        (format!("handoff:{}:{}", steps[at], steps[at + 1]), 8),
        (format!("step:{}", steps[steps.len() - 1]), 10),
    ];
    let answers =
        parts.map(|(part, best)| format!("\"{part}\":{}", random.random_range(best - 5..=best)));
    response::Model {
        organisation_id: ORGANISATION,
        id: random.random::<[u8; 16]>().to_vec(),
        journey_type: JOURNEY_TYPE.to_owned(),
        journey: Some(journey.id.clone()),
        site: journey.site.clone(),
        version: 1,
        answered_at: journey.finished_at + 7_200,
        outcome: Some(random.random_range(4..=10)),
        answers: format!("{{{}}}", answers.join(",")),
        atom: None,
        chances: None,
        another: None,
        pressed: random.random_bool(0.1).then(|| random.random_bool(0.05)),
    }
}
