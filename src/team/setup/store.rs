//! What the set-up page reads: names and numbers of what was set up, no journey and no answer.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Import, Site, State, TeamState, TypeState};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::schema::{headcount, intake, journey_type, questionnaire, site, step, team};

/// Imports on the page.
const IMPORTS: u64 = 20;

/// How far the set-up of an organisation has come.
pub async fn state(db: &Db, organisation: OrganisationId, now: Instant) -> Result<State> {
    Ok(State {
        types: types(db, organisation).await?,
        sites: sites(db, organisation).await?,
        teams: teams(db, organisation, now).await?,
        imports: imports(db, organisation).await?,
    })
}

async fn types(db: &Db, organisation: OrganisationId) -> Result<Vec<TypeState>> {
    let rows = journey_type::Entity::find()
        .filter(journey_type::Column::OrganisationId.eq(organisation))
        .order_by_asc(journey_type::Column::Code)
        .all(db.reader())
        .await?;
    let asked: Vec<String> = questionnaire::Entity::find()
        .filter(questionnaire::Column::OrganisationId.eq(organisation))
        // A draft of ours asks nobody.
        .filter(
            Condition::any()
                .add(questionnaire::Column::PublishedAt.is_not_null())
                .add(questionnaire::Column::Design.eq("observed")),
        )
        .select_only()
        .column(questionnaire::Column::JourneyType)
        .into_tuple()
        .all(db.reader())
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let steps = step::Entity::find()
            .filter(step::Column::OrganisationId.eq(organisation))
            .filter(step::Column::JourneyType.eq(&row.code))
            .order_by_asc(step::Column::Position)
            .all(db.reader())
            .await?;
        found.push(type_state(row, steps, &asked));
    }
    Ok(found)
}

fn type_state(row: journey_type::Model, steps: Vec<step::Model>, asked: &[String]) -> TypeState {
    let (mut without_team, mut teams) = (Vec::new(), BTreeSet::new());
    let count = steps.len();
    for step in steps {
        match step.team {
            Some(team) => _ = teams.insert(team),
            None => without_team.push(step.code),
        }
    }
    TypeState {
        has_questionnaire: asked.contains(&row.code),
        code: row.code,
        names: (row.name_fr, row.name_en),
        steps: count,
        without_team,
        teams,
    }
}

async fn sites(db: &Db, organisation: OrganisationId) -> Result<Vec<Site>> {
    let rows = site::Entity::find()
        .filter(site::Column::OrganisationId.eq(organisation))
        .order_by_asc(site::Column::Code)
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(|row| Site { code: row.code, region: row.region }).collect())
}

async fn teams(db: &Db, organisation: OrganisationId, now: Instant) -> Result<Vec<TeamState>> {
    let rows = team::Entity::find()
        .filter(team::Column::OrganisationId.eq(organisation))
        .order_by_asc(team::Column::Code)
        .all(db.reader())
        .await?;
    let counts = headcount::Entity::find()
        .filter(headcount::Column::OrganisationId.eq(organisation))
        .filter(headcount::Column::Since.lte(now))
        .order_by_asc(headcount::Column::Since)
        .all(db.reader())
        .await?;
    let mut heads: BTreeMap<String, BTreeMap<String, i32>> = BTreeMap::new();
    for count in counts {
        // Later numbers come later, so the one that stays is the one that holds.
        heads.entry(count.team).or_default().insert(count.site, count.heads);
    }
    let state = |row: team::Model| {
        let mut at_sites = heads.remove(&row.code).unwrap_or_default();
        let central = at_sites.remove("");
        TeamState { code: row.code, names: (row.name_fr, row.name_en), central, at_sites }
    };
    Ok(rows.into_iter().map(state).collect())
}

async fn imports(db: &Db, organisation: OrganisationId) -> Result<Vec<Import>> {
    let rows = intake::Entity::find()
        .filter(intake::Column::OrganisationId.eq(organisation))
        .order_by_desc(intake::Column::At)
        .order_by_desc(intake::Column::Id)
        .limit(IMPORTS)
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(import).collect())
}

fn import(row: intake::Model) -> Import {
    let report: serde_json::Value = serde_json::from_str(&row.report).unwrap_or_default();
    let count = |name: &str| report.get(name).and_then(serde_json::Value::as_u64).unwrap_or(0);
    let counts = ["read", "kept", "repeated", "refused"].map(count);
    Import { at: row.at, kind: row.kind, journey_type: row.journey_type, counts }
}
