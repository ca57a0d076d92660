//! What the owner's page begins with, computed before anybody asks.

use super::{beside_the_rest, first_place, read};
use crate::breakdown::request::RawQuestion;
use crate::breakdown::store;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::Eyes;

/// Computes what could be seen of every service at the place that the page begins with, unless it
/// is remembered.
pub async fn make(db: &Db, organisation: OrganisationId, now: Instant) -> Result<()> {
    let known = store::known(db.reader(), organisation).await?;
    let Some(place) = first_place(&known, |_| true) else { return Ok(()) };
    for blueprint in &known.blueprints {
        let asked = RawQuestion {
            journey_type: Some(blueprint.journey_type.clone()),
            partition: Some(place.to_string()),
            ..RawQuestion::default()
        };
        let question = beside_the_rest(asked.check(&known, Eyes::Owner)?)?;
        let _ = read::read(db, organisation, &question, now).await?;
    }
    Ok(())
}
