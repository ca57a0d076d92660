//! A year of answers in a database, for the programs that measure: twelve sites, five steps, three
//! variants, and rows spread evenly over fifty-two weeks.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use relais::db::Db;
use relais::id::OrganisationId;
use relais::journey::trace::{Event, Trace};
use relais::schema::{
    headcount, journey, journey_type, organisation, questionnaire, response, site, step, team,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

const ORGANISATION: OrganisationId = OrganisationId::new(1);

/// Monday 3 November 2025.
pub(crate) const START: i64 = 1_762_128_000;
/// Seconds of a week.
pub(crate) const WEEK: i64 = 7 * 86_400;
const STEPS: [(&str, &str, bool); 5] = [
    ("CALL", "call-centre", true),
    ("PLAN", "planning", false),
    ("RECEP", "reception", true),
    ("WORK", "workshop", true),
    ("DELIV", "reception", true),
];
const SITES: usize = 12;

/// Puts a year of `rows` journeys with their answers into an empty database.
pub(crate) async fn fill(db: &Db, rows: u64) {
    db.write(|tx| Box::pin(async move { Ok(house(tx).await?) })).await.expect("an organisation");
    let mut random = StdRng::seed_from_u64(1);
    let mut done = 0;
    while done < rows {
        let chunk: Vec<_> =
            (done..rows.min(done + 2_000)).map(|n| journey_row(n, rows, &mut random)).collect();
        done += 2_000;
        db.write(move |tx| {
            Box::pin(async move {
                let (journeys, responses): (Vec<_>, Vec<_>) = chunk.into_iter().unzip();
                journey::Entity::insert_many(journeys).exec_without_returning(tx).await?;
                response::Entity::insert_many(responses).exec_without_returning(tx).await?;
                Ok(())
            })
        })
        .await
        .expect("rows");
    }
}

async fn house(tx: &sea_orm::DatabaseTransaction) -> Result<(), sea_orm::DbErr> {
    let organisation = organisation::Model {
        id: ORGANISATION,
        code: "garage".to_owned(),
        name: "Garage".to_owned(),
        time_zone: "Europe/Paris".to_owned(),
        stage: "running".to_owned(),
        pilot_until: 0,
        minimum_answers: 10,
        minimum_heads: 8,
        embargo_days: 7,
        created_at: 0,
    };
    organisation::Entity::insert(organisation.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    let kind = journey_type::Model {
        organisation_id: ORGANISATION,
        code: "repair".to_owned(),
        name_fr: "Réparation".to_owned(),
        name_en: "Repair".to_owned(),
        attributes: "[]".to_owned(),
        buffer_minutes: 720,
        quiet_days: 14,
        created_at: 0,
    };
    journey_type::Entity::insert(kind.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    let name = |code: &str| (Set(code.to_owned()), Set(code.to_owned()));
    for code in ["call-centre", "planning", "reception", "workshop"] {
        let (name_fr, name_en) = name(code);
        let row = team::ActiveModel {
            organisation_id: Set(ORGANISATION),
            code: Set(code.to_owned()),
            name_fr,
            name_en,
        };
        team::Entity::insert(row).exec_without_returning(tx).await?;
        let central = matches!(code, "call-centre" | "planning");
        let sites = (0..SITES).map(|n| format!("S{n}")).filter(|_| !central);
        for site in sites.chain(central.then(String::new)) {
            let (team, site) = (Set(code.to_owned()), Set(site));
            let row = headcount::ActiveModel {
                organisation_id: Set(ORGANISATION),
                team,
                site,
                since: Set(0),
                heads: Set(9),
            };
            headcount::Entity::insert(row).exec_without_returning(tx).await?;
        }
    }
    for n in 0..SITES {
        let (code, region) = (Set(format!("S{n}")), Set(Some(format!("R{}", n % 4))));
        let row =
            site::ActiveModel { organisation_id: Set(ORGANISATION), code, region, name: Set(None) };
        site::Entity::insert(row).exec_without_returning(tx).await?;
    }
    for (position, (code, team, frontstage)) in (0..).zip(STEPS) {
        let (name_fr, name_en) = name(code);
        let row = step::ActiveModel {
            organisation_id: Set(ORGANISATION),
            journey_type: Set("repair".to_owned()),
            code: Set(code.to_owned()),
            position: Set(position),
            team: Set(Some(team.to_owned())),
            frontstage: Set(frontstage),
            planned_by: Set((code == "RECEP").then(|| "PLAN".to_owned())),
            name_fr,
            name_en,
            activities: Set("[]".to_owned()),
        };
        step::Entity::insert(row).exec_without_returning(tx).await?;
    }
    let asked = questionnaire::Model {
        organisation_id: ORGANISATION,
        journey_type: "repair".to_owned(),
        version: 1,
        design: "observed".to_owned(),
        outcome_low: 0,
        outcome_high: 10,
        item_low: 0,
        item_high: 10,
        definition: "{\"handoffs\":\"rated\"}".to_owned(),
        created_at: 0,
        published_at: None,
    };
    questionnaire::Entity::insert(asked.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// One journey and its answer; the customers come in the order of time, as in a year of business.
fn journey_row(
    n: u64,
    rows: u64,
    random: &mut StdRng,
) -> (journey::ActiveModel, response::ActiveModel) {
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
    let journey = journey::ActiveModel {
        organisation_id: Set(ORGANISATION),
        id: Set(id.to_vec()),
        journey_type: Set("repair".to_owned()),
        site: Set(Some(site.clone())),
        attributes: Set(None),
        trace: Set(trace.to_json()),
        started_at: Set(start),
        ended_at: Set(at),
        finished_at: Set(at),
        atom: Set(None),
    };
    let response = response::ActiveModel {
        organisation_id: Set(ORGANISATION),
        id: Set(random.random::<[u8; 16]>().to_vec()),
        journey_type: Set("repair".to_owned()),
        journey: Set(Some(id.to_vec())),
        site: Set(Some(site)),
        version: Set(1),
        answered_at: Set(at + 86_400),
        outcome: Set(Some(random.random_range(4..=10))),
        answers: Set(format!("{{{}}}", answers.join(","))),
        atom: Set(None),
        chances: Set(None),
        another: Set(None),
        pressed: Set(None),
    };
    (journey, response)
}

fn answers_it(random: &mut StdRng) -> bool {
    random.random_bool(0.6)
}

fn random_rating(n: u64) -> u64 {
    4 + n % 7
}
