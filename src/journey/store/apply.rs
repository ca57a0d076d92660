//! The blueprint in force, and changing it inside a transaction that also writes the settings journal.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    PaginatorTrait, QueryFilter, QueryOrder,
};
use serde_json::Value;

use super::{batch, blueprint, page, step_row, type_row};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::journey::Blueprint;
use crate::journey::blueprint::{Described, Known, Plan, Site, Team};
use crate::journey::merge::Changed;
use crate::journey::trace::Trace;
use crate::schema::{headcount, journey, journey_type, questionnaire, site, step, team};
use crate::token::JourneyId;

/// What applying a file changed, for the settings journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What was in force; `None` for a new journey type.
    pub before: Option<Value>,
    /// What is in force now.
    pub after: Value,
    /// Why, as the file says.
    pub reason: String,
    /// The file asks for our questionnaire, and the journey type has none: the caller makes it.
    pub wants_questionnaire: bool,
}

/// What is in force for a journey type; `None` when there is no such type.
pub async fn in_force(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    code: &str,
) -> Result<Option<Described>> {
    let Some(blueprint) = blueprint(conn, organisation, code).await? else { return Ok(None) };
    let mut teams = all_teams(conn, organisation).await?;
    let used: BTreeSet<&str> =
        blueprint.steps.iter().filter_map(|step| step.team.as_deref()).collect();
    teams.retain(|code, _| used.contains(code.as_str()));
    let questionnaire = questionnaire::Entity::find()
        .filter(questionnaire::Column::OrganisationId.eq(organisation))
        .filter(questionnaire::Column::JourneyType.eq(code))
        .filter(questionnaire::Column::Design.eq("three"))
        .count(conn)
        .await?;
    Ok(Some(Described {
        blueprint,
        teams,
        sites: all_sites(conn, organisation).await?,
        questionnaire: questionnaire > 0,
    }))
}

/// The teams and sites that a file may name without describing them.
pub async fn known(conn: &impl ConnectionTrait, organisation: OrganisationId) -> Result<Known> {
    Ok(Known {
        teams: all_teams(conn, organisation).await?.into_keys().collect(),
        sites: all_sites(conn, organisation).await?.into_keys().collect(),
    })
}

/// Puts a plan into force. `None` when it says what is in force already, and then nothing is written.
/// The caller appends the change to the settings journal in the same transaction.
pub async fn apply(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    plan: &Plan,
    now: Instant,
) -> Result<Option<Change>> {
    let wanted = &plan.described;
    let code = &wanted.blueprint.journey_type;
    crate::db::lock(tx, &format!("events {organisation} {code}")).await?;
    let before = in_force(tx, organisation, code).await?;
    let (teams, sites) = (all_teams(tx, organisation).await?, all_sites(tx, organisation).await?);
    let new_teams: Vec<_> =
        wanted.teams.iter().filter(|(code, team)| differs(teams.get(*code), team)).collect();
    let new_sites: Vec<_> =
        wanted.sites.iter().filter(|(code, site)| sites.get(*code) != Some(*site)).collect();
    let same_blueprint = before.as_ref().is_some_and(|before| before.blueprint == wanted.blueprint);
    let wants_questionnaire =
        wanted.questionnaire && before.as_ref().is_none_or(|before| !before.questionnaire);
    if same_blueprint && new_teams.is_empty() && new_sites.is_empty() && !wants_questionnaire {
        return Ok(None);
    }
    for (code, wanted) in new_sites {
        write_site(tx, organisation, code, wanted).await?;
    }
    for (code, wanted) in new_teams {
        write_team(tx, organisation, code, wanted, teams.get(code), now).await?;
    }
    if !same_blueprint {
        write_blueprint(tx, organisation, &wanted.blueprint, now).await?;
        follow(
            tx,
            organisation,
            before.as_ref().map(|before| &before.blueprint),
            &wanted.blueprint,
        )
        .await?;
    }
    let after = in_force(tx, organisation, code).await?;
    let after = after
        .ok_or_else(|| Error::Internal("a blueprint was written and is not there".to_owned()))?;
    let (before, after) = (before.map(|before| before.to_json()), after.to_json());
    Ok(Some(Change { before, after, reason: plan.reason.clone(), wants_questionnaire }))
}

/// A team of a file without heads says nothing about them.
fn differs(known: Option<&Team>, wanted: &Team) -> bool {
    known.is_none_or(|known| {
        let heads = wanted.heads.is_empty() || known.heads == wanted.heads;
        !heads || (&known.name_fr, &known.name_en) != (&wanted.name_fr, &wanted.name_en)
    })
}

async fn all_teams(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<BTreeMap<String, Team>> {
    let rows = team::Entity::find()
        .filter(team::Column::OrganisationId.eq(organisation))
        .all(conn)
        .await?;
    let empty = |row: team::Model| {
        (row.code, Team { name_fr: row.name_fr, name_en: row.name_en, heads: BTreeMap::new() })
    };
    let mut teams: BTreeMap<String, Team> = rows.into_iter().map(empty).collect();
    let heads = headcount::Entity::find()
        .filter(headcount::Column::OrganisationId.eq(organisation))
        .order_by_asc(headcount::Column::Since)
        .all(conn)
        .await?;
    for row in heads {
        if let Some(team) = teams.get_mut(&row.team) {
            // A later number takes the place of an earlier one; nobody left is nothing to say.
            match row.heads {
                0 => team.heads.remove(&row.site),
                heads => team.heads.insert(row.site, heads),
            };
        }
    }
    Ok(teams)
}

async fn all_sites(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<BTreeMap<String, Site>> {
    let rows = site::Entity::find()
        .filter(site::Column::OrganisationId.eq(organisation))
        .all(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.code, Site { region: row.region, name: row.name }))
        .collect())
}

async fn write_site(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    code: &str,
    wanted: &Site,
) -> Result<()> {
    let row = site::ActiveModel {
        organisation_id: Set(organisation),
        code: Set(code.to_owned()),
        region: Set(wanted.region.clone()),
        name: Set(wanted.name.clone()),
    };
    let newer = OnConflict::columns([site::Column::OrganisationId, site::Column::Code])
        .update_columns([site::Column::Region, site::Column::Name])
        .to_owned();
    site::Entity::insert(row).on_conflict(newer).exec_without_returning(tx).await?;
    Ok(())
}

async fn write_team(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    code: &str,
    wanted: &Team,
    known: Option<&Team>,
    now: Instant,
) -> Result<()> {
    let row = team::ActiveModel {
        organisation_id: Set(organisation),
        code: Set(code.to_owned()),
        name_fr: Set(wanted.name_fr.clone()),
        name_en: Set(wanted.name_en.clone()),
    };
    let newer = OnConflict::columns([team::Column::OrganisationId, team::Column::Code])
        .update_columns([team::Column::NameFr, team::Column::NameEn])
        .to_owned();
    team::Entity::insert(row).on_conflict(newer).exec_without_returning(tx).await?;
    let none = BTreeMap::new();
    let before = known.map_or(&none, |known| &known.heads);
    if wanted.heads.is_empty() || *before == wanted.heads {
        return Ok(());
    }
    let moved = before.contains_key("") != wanted.heads.contains_key("");
    if moved && !before.is_empty() {
        // From the centre to the sites or back: the old numbers would count heads twice.
        headcount::Entity::delete_many()
            .filter(headcount::Column::OrganisationId.eq(organisation))
            .filter(headcount::Column::Team.eq(code))
            .exec(tx)
            .await?;
    }
    let gone = before
        .keys()
        .filter(|site| !moved && !wanted.heads.contains_key(*site))
        .map(|site| (site, &0));
    let new =
        wanted.heads.iter().filter(|(site, heads)| moved || before.get(*site) != Some(*heads));
    let row = |(site, heads): (&String, &i32)| headcount::ActiveModel {
        organisation_id: Set(organisation),
        team: Set(code.to_owned()),
        site: Set(site.clone()),
        since: Set(now),
        heads: Set(*heads),
    };
    let rows: Vec<_> = new.chain(gone).map(row).collect();
    let newer = OnConflict::columns([
        headcount::Column::OrganisationId,
        headcount::Column::Team,
        headcount::Column::Site,
        headcount::Column::Since,
    ])
    .update_column(headcount::Column::Heads)
    .to_owned();
    for some in rows.chunks(1_000) {
        headcount::Entity::insert_many(some.to_vec())
            .on_conflict(newer.clone())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

async fn write_blueprint(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    wanted: &Blueprint,
    now: Instant,
) -> Result<()> {
    use journey_type::Column;
    let newer = OnConflict::columns([Column::OrganisationId, Column::Code])
        .update_columns([
            Column::NameFr,
            Column::NameEn,
            Column::Attributes,
            Column::BufferMinutes,
            Column::QuietDays,
        ])
        .to_owned();
    let row = type_row(organisation, wanted, now)?;
    journey_type::Entity::insert(row).on_conflict(newer).exec_without_returning(tx).await?;
    step::Entity::delete_many()
        .filter(step::Column::OrganisationId.eq(organisation))
        .filter(step::Column::JourneyType.eq(wanted.journey_type.as_str()))
        .exec(tx)
        .await?;
    for (place, step) in (0..).zip(&wanted.steps) {
        let row = step_row(organisation, &wanted.journey_type, place, step)?;
        step::Entity::insert(row).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Journeys that are there already follow the new blueprint: activities that now belong to a step take
/// its code, and those that no release holds are over when the new blueprint says so.
async fn follow(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    before: Option<&Blueprint>,
    after: &Blueprint,
) -> Result<()> {
    let Some(before) = before else { return Ok(()) };
    let codes: FxHashMap<&str, &str> = after
        .steps
        .iter()
        .flat_map(|step| {
            step.activities.iter().map(|activity| (activity.as_str(), step.code.as_str()))
        })
        .collect();
    let ends =
        |blueprint: &Blueprint| (blueprint.last_step().map(str::to_owned), blueprint.quiet_days);
    let renames = before
        .steps
        .iter()
        .any(|step| codes.get(step.code.as_str()).is_some_and(|code| *code != step.code));
    if !renames && ends(before) == ends(after) {
        return Ok(());
    }
    let mut last = Vec::new();
    loop {
        let rows = page(tx, organisation, &after.journey_type, &last).await?;
        let Some(row) = rows.last() else { return Ok(()) };
        last.clone_from(&row.id);
        let mut changed = Vec::new();
        for row in rows {
            changed.extend(followed(row, &codes, after)?);
        }
        batch::write(tx, organisation, &after.journey_type, changed).await?;
    }
}

fn followed(
    row: journey::Model,
    codes: &FxHashMap<&str, &str>,
    after: &Blueprint,
) -> Result<Option<Changed>> {
    let mut trace = Trace::parse(&row.trace)?;
    let mut renamed = false;
    for event in &mut trace.events {
        if let Some(code) = codes.get(&*event.step).filter(|code| ***code != *event.step) {
            event.step = (*code).into();
            renamed = true;
        }
    }
    let finished_at = match (row.atom, trace.events.is_empty()) {
        // A journey that only an answer told of is over when it was answered.
        (Some(_), _) | (None, true) => row.finished_at,
        (None, false) => {
            trace.finished_at(after.last_step(), after.quiet_days).unwrap_or(row.finished_at)
        }
    };
    if !renamed && finished_at == row.finished_at {
        return Ok(None);
    }
    let id = JourneyId::from_key(&row.id)
        .ok_or_else(|| Error::Internal("a journey's key has no 16 bytes".into()))?;
    Ok(Some(Changed {
        id,
        site: row.site.map(Into::into),
        attributes: row.attributes,
        trace: trace.to_json(),
        started_at: row.started_at,
        ended_at: row.ended_at,
        finished_at,
    }))
}
