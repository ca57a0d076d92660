//! TEMPORARY.
use std::collections::BTreeSet;
use sea_orm::*;
use super::{Blueprint, Step};
use crate::error::Result;
use crate::schema::{journey_type, site, step};
/// x
pub async fn blueprint(conn: &impl ConnectionTrait, organisation: i64, code: &str) -> Result<Option<Blueprint>> {
    let Some(t) = journey_type::Entity::find_by_id((organisation, code.to_owned())).one(conn).await? else { return Ok(None) };
    let steps = step::Entity::find().filter(step::Column::OrganisationId.eq(organisation)).filter(step::Column::JourneyType.eq(code)).order_by_asc(step::Column::Position).all(conn).await?;
    Ok(Some(Blueprint { buffer_minutes: t.buffer_minutes, steps: steps.into_iter().map(|s| Step { team: s.team, frontstage: s.frontstage, ..Step::seen(&s.code) }).collect(), ..Blueprint::unknown(code) }))
}
/// x
pub async fn sites(conn: &impl ConnectionTrait, organisation: i64) -> Result<Vec<String>> {
    Ok(site::Entity::find().filter(site::Column::OrganisationId.eq(organisation)).all(conn).await?.into_iter().map(|s| s.code).collect())
}
/// x
pub async fn learn_sites(conn: &impl ConnectionTrait, organisation: i64, codes: &BTreeSet<&str>) -> Result<()> {
    for c in codes {
        site::Entity::insert(site::ActiveModel { organisation_id: Set(organisation), code: Set((*c).to_owned()), region: Set(None), name: Set(None) }).on_conflict_do_nothing().exec_without_returning(conn).await?;
    }
    Ok(())
}
/// x
pub async fn learn_steps(conn: &impl ConnectionTrait, organisation: i64, b: &Blueprint, now: i64) -> Result<()> {
    let t = journey_type::ActiveModel { organisation_id: Set(organisation), code: Set(b.journey_type.clone()), name_fr: Set(b.name_fr.clone()), name_en: Set(b.name_en.clone()), attributes: Set("[]".into()), buffer_minutes: Set(b.buffer_minutes), quiet_days: Set(b.quiet_days), created_at: Set(now) };
    journey_type::Entity::insert(t).on_conflict_do_nothing().exec_without_returning(conn).await?;
    for (p, s) in b.steps.iter().enumerate() {
        let m = step::ActiveModel { organisation_id: Set(organisation), journey_type: Set(b.journey_type.clone()), code: Set(s.code.clone()), position: Set(p as i32), team: Set(None), frontstage: Set(s.frontstage), planned_by: Set(None), name_fr: Set(s.code.clone()), name_en: Set(s.code.clone()), activities: Set("[]".into()) };
        step::Entity::insert(m).on_conflict_do_nothing().exec_without_returning(conn).await?;
    }
    Ok(())
}
