//! A network of garages put straight into the tables, for stories that begin after the imports.

use relais::app::App;
use relais::id::OrganisationId;
use relais::journey::trace::{Event, Trace};
use relais::schema::{
    headcount, journey, journey_type, organisation, questionnaire, response, site, step, team,
};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    ModelTrait,
};
use smallvec::smallvec;

/// The organisation of these stories.
pub(crate) const ORGANISATION: OrganisationId = OrganisationId::new(1);
/// Monday 6 July 2026, midnight in Paris.
pub(crate) const MONDAY: i64 = 1_783_288_800;
pub(crate) const DAY: i64 = 86_400;
pub(crate) const WEEK: i64 = 7 * DAY;

const STEPS: [(&str, &str, bool); 4] = [
    ("CALL", "call-centre", true),
    ("PLAN", "planning", false),
    ("RECEP", "reception", true),
    ("WORK", "workshop", true),
];

/// A garage: its code, its region, the heads of its reception and of its workshop.
pub(crate) type Garage = (&'static str, Option<&'static str>, i32, i32);

/// Founds the organisation with its blueprint and its garages; central teams have 20 heads each.
pub(crate) async fn found(app: &App, garages: &'static [Garage]) {
    let founded =
        app.db.write(move |tx| Box::pin(async move { Ok(blueprint(tx, garages).await?) }));
    founded.await.expect("an organisation");
}

async fn blueprint(tx: &DatabaseTransaction, garages: &[Garage]) -> Result<(), sea_orm::DbErr> {
    let text = str::to_owned;
    let organisation = organisation::Model {
        id: ORGANISATION,
        code: text("garage"),
        name: text("Garage"),
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
    let teams = ["call-centre", "planning", "reception", "workshop"];
    let named = |code: &str| team::Model {
        organisation_id: ORGANISATION,
        code: text(code),
        name_fr: text(code),
        name_en: text(code),
    };
    put(tx, teams.map(named)).await?;
    let steps = STEPS.iter().zip(0..).map(|((code, team, frontstage), position)| step::Model {
        organisation_id: ORGANISATION,
        journey_type: text("repair"),
        code: text(code),
        position,
        team: Some(text(team)),
        frontstage: *frontstage,
        planned_by: (*code == "RECEP").then(|| text("PLAN")),
        name_fr: text(code),
        name_en: text(code),
        activities: text("[]"),
    });
    put(tx, steps).await?;
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
    let sites = garages.iter().map(|(code, region, ..)| site::Model {
        organisation_id: ORGANISATION,
        code: text(code),
        region: region.map(text),
        name: None,
    });
    put(tx, sites).await?;
    put(tx, [heads("call-centre", "", 20), heads("planning", "", 20)]).await?;
    let own = garages.iter().flat_map(|(code, _, desk, shop)| {
        [("reception", desk), ("workshop", shop)].map(|(team, count)| heads(team, code, *count))
    });
    put(tx, own.filter(|row| row.heads > 0)).await
}

fn heads(team: &str, site: &str, heads: i32) -> headcount::Model {
    headcount::Model {
        organisation_id: ORGANISATION,
        team: team.to_owned(),
        site: site.to_owned(),
        since: 0,
        heads,
    }
}

/// Enters headcounts: team, site, heads.
pub(crate) async fn enter_heads(app: &App, counts: &'static [(&'static str, &'static str, i32)]) {
    let rows = counts.iter().map(|(team, site, count)| heads(team, site, *count));
    let entered = app.db.write(move |tx| Box::pin(async move { Ok(put(tx, rows).await?) }));
    entered.await.expect("headcounts");
}

/// Changes something behind the program's back, as whoever holds the file can.
pub(crate) async fn sql(app: &App, sql: &'static str) {
    use sea_orm::ConnectionTrait;
    let done = app.db.write(move |tx| {
        Box::pin(async move {
            tx.execute_unprepared(sql).await?;
            Ok(())
        })
    });
    done.await.expect("a statement");
}

/// So many journeys of a garage that were over at an instant; of these, so many answered at
/// another.
pub(crate) async fn live(
    app: &App,
    site: Option<&str>,
    over: i64,
    (journeys, answers): (u32, u32),
    answered_at: i64,
) {
    let (mut passed, mut told) = (Vec::new(), Vec::new());
    for n in 0..journeys {
        let id = app.random(rand::RngExt::random::<[u8; 16]>).to_vec();
        if n < answers {
            told.push(answer(id.clone(), site, answered_at, n));
        }
        passed.push(journey_row(id, site, over, n));
    }
    let stored = app.db.write(move |tx| {
        Box::pin(async move {
            put(tx, passed).await?;
            Ok(put(tx, told).await?)
        })
    });
    stored.await.expect("journeys and answers");
}

fn journey_row(id: Vec<u8>, site: Option<&str>, over: i64, n: u32) -> journey::Model {
    let late = i64::from(n % 4) * DAY;
    let recep = Event::new("RECEP", Some(over - 7_200), Some(over - 6_000));
    let work = Event::new("WORK", Some(over - 5_400), Some(over));
    let events = vec![
        Event::new("CALL", Some(over - 9 * DAY), Some(over - 9 * DAY + 600)),
        Event { promised: smallvec![over - late], requested: Some(over - 3 * DAY), ..recep },
        Event { promised: smallvec![over - late], ..work },
    ];
    journey::Model {
        organisation_id: ORGANISATION,
        id,
        journey_type: "repair".to_owned(),
        site: site.map(str::to_owned),
        attributes: None,
        trace: Trace { events, ..Trace::default() }.to_json(),
        started_at: over - 9 * DAY,
        ended_at: over,
        finished_at: over,
        atom: None,
    }
}

fn answer(journey: Vec<u8>, site: Option<&str>, answered_at: i64, n: u32) -> response::Model {
    let mut id = journey.clone();
    id.reverse();
    let answers = [
        "{\"step:CALL\":9,\"handoff:CALL:RECEP\":4}",
        "{\"step:WORK\":10,\"step:RECEP\":null}",
        "{}",
    ];
    response::Model {
        organisation_id: ORGANISATION,
        id,
        journey_type: "repair".to_owned(),
        journey: Some(journey),
        site: site.map(str::to_owned),
        version: 1,
        answered_at,
        outcome: Some(5 + i32::try_from(n % 6).expect("below six")),
        answers: answers[(n % 3) as usize].to_owned(),
        atom: None,
        chances: None,
        another: None,
        pressed: None,
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
