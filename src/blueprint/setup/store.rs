//! What the set-up page reads: names and numbers of what was set up, no journey and no answer.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect};

use super::{Import, State, TeamState, TypeState};
use crate::blueprint::{self, Blueprint};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::Names;
use crate::id::OrganisationId;
use crate::organisation;
use crate::schema::{import_note, questionnaire};

/// Imports on the page.
const IMPORTS: u64 = 20;

/// How far the set-up of an organisation has come.
pub async fn state(db: &Db, organisation: OrganisationId, now: Instant) -> Result<State> {
    Ok(State {
        types: types(db, organisation).await?,
        sites: organisation::store::sites(db.reader(), organisation).await?,
        teams: teams(db, organisation, now).await?,
        imports: imports(db, organisation).await?,
    })
}

async fn types(db: &Db, organisation: OrganisationId) -> Result<Vec<TypeState>> {
    let asked: Vec<String> = questionnaire::Entity::of(organisation)
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
    let blueprints = blueprint::store::all(db.reader(), organisation).await?;
    Ok(blueprints.into_iter().map(|blueprint| type_state(blueprint, &asked)).collect())
}

fn type_state(blueprint: Blueprint, asked: &[String]) -> TypeState {
    let (mut without_team, mut teams) = (Vec::new(), BTreeSet::new());
    let count = blueprint.steps.len();
    for step in blueprint.steps {
        match step.team {
            Some(team) => _ = teams.insert(team),
            None => without_team.push(step.code),
        }
    }
    TypeState {
        has_questionnaire: asked.contains(&blueprint.journey_type),
        code: blueprint.journey_type,
        name: blueprint.name,
        steps: count,
        without_team,
        teams,
    }
}

async fn teams(db: &Db, organisation: OrganisationId, now: Instant) -> Result<Vec<TeamState>> {
    let mut heads = organisation::store::teams::heads_at(db.reader(), organisation, now).await?;
    let state = |(code, name): (String, Names)| {
        let mut at_sites = heads.remove(&code).unwrap_or_default();
        let central = at_sites.remove("");
        TeamState { code, name, central, at_sites }
    };
    let teams = organisation::store::teams(db.reader(), organisation).await?;
    Ok(teams.into_iter().map(state).collect())
}

async fn imports(db: &Db, organisation: OrganisationId) -> Result<Vec<Import>> {
    let rows = import_note::Entity::of(organisation)
        .order_by_desc(import_note::Column::At)
        .order_by_desc(import_note::Column::Id)
        .limit(IMPORTS)
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(import).collect())
}

fn import(row: import_note::Model) -> Import {
    let report: serde_json::Value = serde_json::from_str(&row.report).unwrap_or_default();
    let count = |name: &str| report.get(name).and_then(serde_json::Value::as_u64).unwrap_or(0);
    let counts = ["read", "kept", "repeated", "refused"].map(count);
    Import { at: row.at, kind: row.kind, journey_type: row.journey_type, counts }
}
