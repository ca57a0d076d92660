//! A year of answers in a database, for the programs that measure: twelve sites, five steps, three
//! variants, and rows spread evenly over fifty-two weeks.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use relais::db::{Db, insert_all};
use relais::journey::trace::{Event, Trace};
use relais::schema::{journey, response};

use crate::organisation::{self, JOURNEY_TYPE, Network, ORGANISATION, heads, site, step};

/// Monday 3 November 2025.
pub(crate) const START: i64 = 1_762_128_000;
/// Seconds of a week.
pub(crate) const WEEK: i64 = 7 * 86_400;
const SITES: usize = 12;

/// Puts a year of `rows` journeys with their answers into an empty database.
pub(crate) async fn fill(db: &Db, rows: u64) {
    organisation::found(db, garages()).await;
    let mut random = StdRng::seed_from_u64(1);
    let mut done = 0;
    while done < rows {
        let chunk: Vec<_> =
            (done..rows.min(done + 2_000)).map(|n| journey_row(n, rows, &mut random)).collect();
        done += 2_000;
        db.write(move |tx| {
            Box::pin(async move {
                let (journeys, responses): (Vec<journey::Model>, Vec<response::Model>) =
                    chunk.into_iter().unzip();
                insert_all(tx, journeys).await?;
                insert_all(tx, responses).await
            })
        })
        .await
        .expect("rows");
    }
}

fn garages() -> Network {
    let codes: Vec<String> = (0..SITES).map(|n| format!("S{n}")).collect();
    let mut counts = vec![heads("call-centre", "", 9), heads("planning", "", 9)];
    for team in ["reception", "workshop"] {
        counts.extend(codes.iter().map(|site| heads(team, site, 9)));
    }
    let region = |n: usize| format!("R{}", n % 4);
    Network {
        steps: vec![
            step("CALL", "call-centre", true, None),
            step("PLAN", "planning", false, None),
            step("RECEP", "reception", true, Some("PLAN")),
            step("WORK", "workshop", true, None),
            step("DELIV", "reception", true, None),
        ],
        sites: codes.iter().zip(0..).map(|(code, n)| site(code, Some(&region(n)))).collect(),
        heads: counts,
    }
}

/// One journey and its answer; the customers come in the order of time, as in a year of business.
fn journey_row(n: u64, rows: u64, random: &mut StdRng) -> (journey::Model, response::Model) {
    let start = START + i64::try_from(n * 52 * 604_800 / rows).expect("an instant");
    let site = format!("S{}", random.random_range(0..SITES));
    let (steps, parts): (&[&str], &[&str]) = match random.random_range(0..10) {
        0..7 => (
            &["CALL", "PLAN", "RECEP", "WORK", "DELIV"],
            &[
                "step:CALL",
                "step:RECEP",
                "step:WORK",
                "step:DELIV",
                "handoff:CALL:RECEP",
                "handoff:RECEP:WORK",
            ],
        ),
        7..9 => (
            &["RECEP", "WORK", "DELIV"],
            &["step:RECEP", "step:WORK", "handoff:RECEP:WORK", "handoff:WORK:DELIV"],
        ),
        _ => (
            &["CALL", "PLAN", "RECEP", "DELIV"],
            &["step:CALL", "step:RECEP", "handoff:RECEP:DELIV"],
        ),
    };
    let mut at = start;
    let events = steps.iter().map(|code| {
        at += random.random_range(3_600..20_000);
        let (began, end) = (at, at + random.random_range(600..30_000));
        at = end;
        let late = random.random_range(-20_000..40_000);
        let promised = if *code == "CALL" { vec![] } else { vec![end - late] };
        let requested = (*code == "RECEP").then_some(start);
        Event { promised: promised.into(), requested, ..Event::new(code, Some(began), Some(end)) }
    });
    let trace = Trace { events: events.collect(), ..Trace::default() };
    let id: [u8; 16] = random.random();
    let mut answers: Vec<String> = Vec::new();
    for part in parts.iter().filter(|_| answers_it(random)).take(3) {
        answers.push(format!("\"{part}\":{}", random_rating(n)));
    }
    let journey = journey::Model {
        organisation_id: ORGANISATION,
        id: id.to_vec(),
        journey_type: JOURNEY_TYPE.to_owned(),
        site: Some(site.clone()),
        attributes: None,
        trace: trace.to_json(),
        started_at: start,
        ended_at: at,
        finished_at: at,
        atom: None,
    };
    let response = response::Model {
        organisation_id: ORGANISATION,
        id: random.random::<[u8; 16]>().to_vec(),
        journey_type: JOURNEY_TYPE.to_owned(),
        journey: Some(id.to_vec()),
        site: Some(site),
        version: 1,
        answered_at: at + 86_400,
        outcome: Some(random.random_range(4..=10)),
        answers: format!("{{{}}}", answers.join(",")),
        atom: None,
        chances: None,
        another: None,
        pressed: None,
    };
    (journey, response)
}

fn answers_it(random: &mut StdRng) -> bool {
    random.random_bool(0.6)
}

fn random_rating(n: u64) -> u64 {
    4 + n % 7
}
