//! What a release makes new, computed before anybody asks: what the reports about all places share,
//! for the teams and for the owner, and the owner's pages.

use super::compare::read::ComparisonQuestion;
use super::{compare, coverage, incentives};
use crate::breakdown::request::RawQuestion;
use crate::breakdown::snapshot::Snapshot;
use crate::breakdown::{read, store};
use crate::chart::Measure;
use crate::chart::read::Series;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::map;
use crate::privacy::Eyes;

/// Computes what the pages of every service need when nothing is chosen on them, unless it is
/// remembered.
pub async fn make(db: &Db, organisation: OrganisationId, now: Instant) -> Result<()> {
    let known = store::known(db.reader(), organisation).await?;
    for blueprint in &known.blueprints {
        let asked = RawQuestion {
            journey_type: Some(blueprint.journey_type.clone()),
            ..RawQuestion::default()
        };
        let question = asked.check(&known, Eyes::Owner)?;
        // Every team sees all releases at once.
        Snapshot::of_every_release(db, organisation, &question).await?.pool(db).await?;
        let _ = read::read(db, organisation, &question, now).await?;
        let _ = coverage::read::read(db, organisation, &question, now).await?;
        let _ = incentives::read::read(db, organisation, &question, now).await?;
        let _ = map::read::read(db, organisation, &question, now).await?;
        Series::read(db, organisation, &question, now).await?;
        let sites = ComparisonQuestion::of(question, Measure::Outcome, compare::By::Sites, &known);
        let _ = compare::read::read(db, organisation, &sites, now).await?;
    }
    Ok(())
}
