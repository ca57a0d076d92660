//! A large network that lives some weeks and is published week by week, for the programs that
//! measure: twelve steps, three paths, sites of a few answers a week. Rows are written as an import
//! writes them, atoms by the publication itself.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use relais::app::App;
use relais::id::OrganisationId;
use relais::journey::trace::{Event, Trace};
use relais::publication::publish::publish;
use relais::schema::{
    headcount, journey, journey_type, organisation, questionnaire, response, site, step, team,
};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    ModelTrait,
};

/// Monday 3 November 2025.
const START: i64 = 1_762_128_000;
const WEEK: i64 = 7 * 86_400;
pub(crate) const WEEKS: i64 = 60;
pub(crate) const STEPS: usize = 12;
const TEAMS: [&str; 6] = ["call-centre", "planning", "reception", "workshop", "parts", "billing"];
/// Answers and journeys of a site in a week.
const A_WEEK: (u32, u32) = (12, 18);
const ORGANISATION: OrganisationId = OrganisationId::new(1);

/// Founds a network and lets it live; says how many answers were published.
pub(crate) async fn live(app: &App, sites: usize) -> u64 {
    app.db
        .write(move |tx| Box::pin(async move { Ok(insert_organisation(tx, sites).await?) }))
        .await
        .expect("an organisation");
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
                put(tx, journeys).await?;
                Ok(put(tx, responses).await?)
            })
        });
        stored.await.expect("rows");
        app.clock.set(monday + WEEK + 3_600);
        let closed =
            publish(&app.db, &app.clock, ORGANISATION, "repair", None, &relais::progress::silent)
                .await;
        answers += closed.expect("published").answers;
    }
    app.clock.set(START + (WEEKS + 2) * WEEK);
    answers
}

fn code(step: usize) -> String {
    format!("STEP{step:02}")
}

fn text(words: &str) -> String {
    words.to_owned()
}

async fn insert_organisation(tx: &DatabaseTransaction, sites: usize) -> Result<(), sea_orm::DbErr> {
    let organisation = organisation::Model {
        id: ORGANISATION,
        code: text("network"),
        name: text("Network"),
        time_zone: text("Europe/Paris"),
        stage: text("running"),
        pilot_until: 0,
        minimum_answers: 10,
        minimum_heads: 8,
        embargo_days: 7,
        created_at: 0,
    };
    put(tx, [organisation]).await?;
    let repair = journey_type::Model {
        organisation_id: ORGANISATION,
        code: text("repair"),
        name_fr: text("Réparation"),
        name_en: text("Repair"),
        attributes: text("[]"),
        buffer_minutes: 720,
        quiet_days: 14,
        created_at: 0,
    };
    put(tx, [repair]).await?;
    let named = |code: &str| team::Model {
        organisation_id: ORGANISATION,
        code: text(code),
        name_fr: text(code),
        name_en: text(code),
    };
    put(tx, TEAMS.map(named)).await?;
    put(
        tx,
        (0..STEPS).map(|at| step::Model {
            organisation_id: ORGANISATION,
            journey_type: text("repair"),
            code: code(at),
            position: i32::try_from(at).expect("twelve"),
            team: Some(text(TEAMS[at / 2])),
            frontstage: at % 4 != 1,
            planned_by: (at == 4).then(|| code(2)),
            name_fr: format!("Étape {at}"),
            name_en: format!("Step {at}"),
            activities: text("[]"),
        }),
    )
    .await?;
    let asked = questionnaire::Model {
        organisation_id: ORGANISATION,
        journey_type: text("repair"),
        version: 1,
        design: text("observed"),
        outcome_low: 0,
        outcome_high: 10,
        item_low: 0,
        item_high: 10,
        definition: text("{\"handoffs\":\"rated\"}"),
        created_at: 0,
        published_at: None,
    };
    put(tx, [asked]).await?;
    let place = |n: usize| (format!("S{n:03}"), format!("R{:02}", n % sites.div_ceil(15).max(2)));
    put(
        tx,
        (0..sites).map(place).map(|(code, region)| site::Model {
            organisation_id: ORGANISATION,
            code,
            region: Some(region),
            name: None,
        }),
    )
    .await?;
    let heads = |team: &str, site: String| {
        let (team, organisation_id) = (text(team), ORGANISATION);
        headcount::Model { organisation_id, team, site, since: 0, heads: 9 }
    };
    let mut counts: Vec<headcount::Model> = Vec::new();
    for (at, team) in TEAMS.iter().enumerate() {
        match at < 2 {
            true => counts.push(heads(team, String::new())),
            false => counts.extend((0..sites).map(|n| heads(team, place(n).0))),
        }
    }
    put(tx, counts).await
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
        journey_type: text("repair"),
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
        journey_type: text("repair"),
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

async fn put<M, A>(
    tx: &DatabaseTransaction,
    rows: impl IntoIterator<Item = M>,
) -> Result<(), sea_orm::DbErr>
where
    M: ModelTrait<Entity = A::Entity> + IntoActiveModel<A>,
    A: ActiveModelTrait + ActiveModelBehavior + Send,
{
    let rows: Vec<A> = rows.into_iter().map(|row| row.into_active_model().reset_all()).collect();
    for chunk in rows.chunks(1_000) {
        A::Entity::insert_many(chunk.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}
