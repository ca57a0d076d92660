//! An organisation put straight into the tables, for the stories and the measurements that begin
//! after the imports: it repairs cars, and history from another survey tool has rated it from 0 to
//! 10.

use std::collections::BTreeSet;

use relais::db::{Db, insert_all};
use relais::id::OrganisationId;
use relais::schema::{headcount, journey_type, organisation, questionnaire, site, step, team};

pub(crate) const ORGANISATION: OrganisationId = OrganisationId::new(1);
pub(crate) const JOURNEY_TYPE: &str = "repair";

/// What one differs in from another. Its teams are those of its steps.
pub(crate) struct Network {
    pub(crate) steps: Vec<step::Model>,
    pub(crate) sites: Vec<site::Model>,
    pub(crate) heads: Vec<headcount::Model>,
}

/// A step that is called as its code.
pub(crate) fn step(
    code: &str,
    team: &str,
    frontstage: bool,
    planned_by: Option<&str>,
) -> step::Model {
    step::Model {
        organisation_id: ORGANISATION,
        journey_type: JOURNEY_TYPE.to_owned(),
        code: code.to_owned(),
        position: 0,
        team: Some(team.to_owned()),
        frontstage,
        planned_by: planned_by.map(str::to_owned),
        name_fr: code.to_owned(),
        name_en: code.to_owned(),
        activities: "[]".to_owned(),
        quiet_days: None,
    }
}

pub(crate) fn site(code: &str, region: Option<&str>) -> site::Model {
    let (code, region) = (code.to_owned(), region.map(str::to_owned));
    site::Model { organisation_id: ORGANISATION, code, region, name: None }
}

/// Heads of a team at a site; at the empty site, those of a central team.
pub(crate) fn heads(team: &str, site: &str, heads: i32) -> headcount::Model {
    let (team, site) = (team.to_owned(), site.to_owned());
    headcount::Model { organisation_id: ORGANISATION, team, site, since: 0, heads }
}

pub(crate) async fn found(db: &Db, network: Network) {
    let steps = network.steps.into_iter().zip(0..);
    let steps = steps.map(|(step, position)| step::Model { position, ..step }).collect::<Vec<_>>();
    let codes: BTreeSet<String> = steps.iter().filter_map(|step| step.team.clone()).collect();
    let teams = codes.into_iter().map(|code| team::Model {
        organisation_id: ORGANISATION,
        name_fr: code.clone(),
        name_en: code.clone(),
        code,
    });
    let teams = teams.collect::<Vec<_>>();
    let founded = db.write(move |tx| {
        Box::pin(async move {
            insert_all(tx, [organisation_row()]).await?;
            insert_all(tx, [journey_type_row()]).await?;
            insert_all(tx, teams).await?;
            insert_all(tx, steps).await?;
            insert_all(tx, [history(ORGANISATION, JOURNEY_TYPE)]).await?;
            insert_all(tx, network.sites).await?;
            insert_all(tx, network.heads).await
        })
    });
    founded.await.expect("an organisation");
}

fn organisation_row() -> organisation::Model {
    organisation::Model {
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
    }
}

fn journey_type_row() -> journey_type::Model {
    journey_type::Model {
        organisation_id: ORGANISATION,
        code: JOURNEY_TYPE.to_owned(),
        name_fr: "Réparation".to_owned(),
        name_en: "Repair".to_owned(),
        attributes: "[]".to_owned(),
        buffer_minutes: 720,
        quiet_days: 14,
        created_at: 0,
    }
}

/// History from another survey tool, which has rated a service from 0 to 10.
pub(crate) fn history(organisation_id: OrganisationId, journey_type: &str) -> questionnaire::Model {
    questionnaire::Model {
        organisation_id,
        journey_type: journey_type.to_owned(),
        version: 1,
        design: "observed".to_owned(),
        outcome_low: 0,
        outcome_high: 10,
        item_low: 0,
        item_high: 10,
        definition: "{\"handoffs\":\"rated\"}".to_owned(),
        created_at: 0,
        published_at: None,
    }
}
