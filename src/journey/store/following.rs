//! Journeys that are there already follow a new blueprint.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use sea_orm::DatabaseTransaction;

use super::{batch, page};
use crate::blueprint::Blueprint;
use crate::blueprint::file::Plan;
use crate::blueprint::store::apply::{self, Change};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::journey::merge::Changed;
use crate::journey::trace::Trace;
use crate::schema::journey;
use crate::token::JourneyId;

/// Puts a plan into force, and lets the journeys that are there follow it. `None` when it says
/// what is in force already, and then nothing is written. The caller appends the change to the
/// settings journal in the same transaction.
pub async fn apply(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    plan: &Plan,
    now: Instant,
) -> Result<Option<Change>> {
    let change = apply::apply(tx, organisation, plan, now).await?;
    if let Some(replaced) = change.as_ref().and_then(|change| change.replaced.as_ref()) {
        follow(tx, organisation, replaced, &plan.described.blueprint).await?;
    }
    Ok(change)
}

/// Activities that now belong to a step take
/// its code, and journeys that no release holds are over when the new blueprint says so.
async fn follow(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    before: &Blueprint,
    after: &Blueprint,
) -> Result<()> {
    let codes: FxHashMap<&str, &str> = after
        .steps
        .iter()
        .flat_map(|step| {
            step.activities.iter().map(|activity| (activity.as_str(), step.code.as_str()))
        })
        .collect();
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

/// What of a blueprint says when journeys are over.
fn ends(blueprint: &Blueprint) -> (Option<&str>, i32, BTreeMap<&str, i32>) {
    let steps = blueprint.steps.iter();
    let days = steps.filter_map(|step| Some((step.code.as_str(), step.quiet_days?))).collect();
    (blueprint.last_step(), blueprint.quiet_days, days)
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
        (None, false) => trace.finished_at(after).unwrap_or(row.finished_at),
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
