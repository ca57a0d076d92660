//! The blueprint in force, and changing it inside a transaction that also writes the settings
//! journal.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, PaginatorTrait, QueryFilter};
use serde_json::Value;

use super::blueprint;
use crate::blueprint::Blueprint;
use crate::blueprint::file::{Described, KnownCodes, Plan};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::organisation::store::{sites, teams};
use crate::organisation::{self, Site, Team};
use crate::schema::{questionnaire, release};

/// What applying a file changed, for the settings journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What was in force; `None` for a new journey type.
    pub before: Option<Value>,
    /// What is in force now.
    pub after: Value,
    /// Why, as the file says.
    pub reason: String,
    /// Whether it makes more people of some that had published figures: then the fewer count until
    /// the notice is over that such settings are given.
    pub waits: bool,
    /// The file asks for our questionnaire, and the journey type has none: the caller makes it.
    pub wants_questionnaire: bool,
    /// The blueprint that another one took the place of: the journeys that are there must follow.
    pub replaced: Option<Blueprint>,
}

/// What is in force for a journey type; `None` when there is no such type.
pub async fn in_force(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
    code: &str,
) -> Result<Option<Described>> {
    let Some(blueprint) = blueprint(conn, organisation, code).await? else { return Ok(None) };
    let mut teams = teams::with_heads(conn, organisation).await?;
    let used: BTreeSet<&str> =
        blueprint.steps.iter().filter_map(|step| step.team.as_deref()).collect();
    teams.retain(|code, _| used.contains(code.as_str()));
    let questionnaire = questionnaire::Entity::of(organisation)
        .filter(questionnaire::Column::JourneyType.eq(code))
        .filter(questionnaire::Column::Design.eq("drawn"))
        .count(conn)
        .await?;
    Ok(Some(Described {
        blueprint,
        teams,
        sites: sites_by_code(conn, organisation).await?,
        questionnaire: questionnaire > 0,
    }))
}

/// The teams and sites that a file may name without describing them.
pub async fn known(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<KnownCodes> {
    Ok(KnownCodes {
        teams: teams::with_heads(conn, organisation).await?.into_keys().collect(),
        sites: sites_by_code(conn, organisation).await?.into_keys().collect(),
    })
}

/// Whether a step goes from one team to another though something was published.
async fn regroups(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    before: Option<&Described>,
    wanted: &Described,
) -> Result<bool> {
    let Some(before) = before else { return Ok(false) };
    let moved =
        wanted.blueprint.steps.iter().any(|step| {
            before.blueprint.step(&step.code).is_some_and(|known| known.team != step.team)
        });
    Ok(moved && release::Entity::of(organisation).one(tx).await?.is_some())
}

/// Puts a plan into force. `None` when it says what is in force already, and then nothing is
/// written. The caller appends the change to the settings journal in the same transaction, and
/// lets the journeys that are there follow a blueprint that was replaced.
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
    let known_teams = teams::with_heads(tx, organisation).await?;
    let known_sites = sites_by_code(tx, organisation).await?;
    let new_teams: Vec<_> =
        wanted.teams.iter().filter(|(code, team)| differs(known_teams.get(*code), team)).collect();
    let new_sites: Vec<_> =
        wanted.sites.iter().filter(|(code, site)| known_sites.get(*code) != Some(*site)).collect();
    let same_blueprint = before.as_ref().is_some_and(|before| before.blueprint == wanted.blueprint);
    let wants_questionnaire =
        wanted.questionnaire && before.as_ref().is_none_or(|before| !before.questionnaire);
    if same_blueprint && new_teams.is_empty() && new_sites.is_empty() && !wants_questionnaire {
        return Ok(None);
    }
    for (_, wanted) in new_sites {
        sites::write(tx, organisation, wanted).await?;
    }
    let mut waits = regroups(tx, organisation, before.as_ref(), wanted).await?;
    for (code, wanted) in new_teams {
        waits |= teams::write(tx, organisation, code, wanted, known_teams.get(code), now).await?;
    }
    if !same_blueprint {
        super::write(tx, organisation, &wanted.blueprint, now).await?;
    }
    let after = in_force(tx, organisation, code).await?;
    let after = after
        .ok_or_else(|| Error::Internal("a blueprint was written and is not there".to_owned()))?;
    Ok(Some(Change {
        before: before.as_ref().map(Described::to_json),
        after: after.to_json(),
        reason: plan.reason.clone(),
        waits,
        wants_questionnaire,
        replaced: before.map(|before| before.blueprint).filter(|_| !same_blueprint),
    }))
}

/// A team of a file without heads says nothing about them.
fn differs(known: Option<&Team>, wanted: &Team) -> bool {
    known.is_none_or(|known| {
        let heads = wanted.heads.is_empty() || known.heads == wanted.heads;
        !heads || known.name != wanted.name
    })
}

async fn sites_by_code(
    conn: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<BTreeMap<String, Site>> {
    let sites = organisation::store::sites(conn, organisation).await?;
    Ok(sites.into_iter().map(|site| (site.code.clone(), site)).collect())
}
