//! A network of garages put straight into the tables, for stories that begin after the imports.

use relais::app::App;
use relais::db::insert_all;
use relais::journey::trace::{Event, Trace};
use relais::schema::{journey, response};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use smallvec::smallvec;

pub(crate) use crate::organisation::ORGANISATION;
use crate::organisation::{self, Network, heads, site, step};

/// Monday 6 July 2026, midnight in Paris.
pub(crate) const MONDAY: i64 = 1_783_288_800;
pub(crate) const DAY: i64 = 86_400;
pub(crate) const WEEK: i64 = 7 * DAY;

/// A garage: its code, its region, the heads of its reception and of its workshop.
pub(crate) type Garage = (&'static str, Option<&'static str>, i32, i32);

/// Founds the organisation with its blueprint and its garages; central teams have 20 heads each.
pub(crate) async fn found(app: &App, garages: &[Garage]) {
    let own = garages.iter().flat_map(|(code, _, desk, shop)| {
        [heads("reception", code, *desk), heads("workshop", code, *shop)]
    });
    let central = [heads("call-centre", "", 20), heads("planning", "", 20)];
    let network = Network {
        steps: vec![
            step("CALL", "call-centre", true, None),
            step("PLAN", "planning", false, None),
            step("RECEP", "reception", true, Some("PLAN")),
            step("WORK", "workshop", true, None),
        ],
        sites: garages.iter().map(|(code, region, ..)| site(code, *region)).collect(),
        heads: central.into_iter().chain(own).filter(|row| row.heads > 0).collect(),
    };
    organisation::found(&app.db, network).await;
}

/// Enters headcounts: team, site, heads.
pub(crate) async fn enter_heads(app: &App, counts: &'static [(&'static str, &'static str, i32)]) {
    let rows = counts.iter().map(|(team, site, count)| heads(team, site, *count));
    let entered = app.db.write(move |tx| Box::pin(insert_all(tx, rows)));
    entered.await.expect("headcounts");
}

/// Gives every answer that is there ratings of its own.
pub(crate) async fn rate(app: &App, mut rated: impl FnMut(response::Model) -> response::Model) {
    let rows = response::Entity::find().all(app.db.reader()).await.expect("responses");
    let rows: Vec<_> =
        rows.into_iter().map(|row| rated(row).into_active_model().reset_all()).collect();
    let stored = app.db.write(move |tx| {
        Box::pin(async move {
            for row in rows {
                row.update(tx).await?;
            }
            Ok(())
        })
    });
    stored.await.expect("ratings");
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
            insert_all(tx, passed).await?;
            insert_all(tx, told).await
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
