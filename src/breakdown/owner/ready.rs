//! The owner's pages, computed when a release opens to them and before anybody asks: a large network takes seconds then, and
//! nothing afterwards.

use super::{compare, coverage, incentives};
use crate::breakdown::chart::Measure;
use crate::breakdown::request::Asked;
use crate::breakdown::{Eyes, read, store};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;

/// Computes what the pages of every service show when nothing is chosen on them, unless it is remembered.
pub async fn make(db: &Db, organisation: i64, now: Instant) -> Result<()> {
    let known = store::known(db.reader(), organisation).await?;
    for chain in &known.chains {
        let asked = Asked { journey_type: Some(chain.code.clone()), ..Asked::default() };
        let question = asked.check(&known, Eyes::Owner)?;
        read::read(db, organisation, &question, now).await?;
        coverage::read::read(db, organisation, &question, now).await?;
        incentives::read::read(db, organisation, &question, now).await?;
        let sites = compare::read::Asked::of(question, Measure::Outcome, compare::By::Sites, &known);
        compare::read::read(db, organisation, &sites, now).await?;
    }
    Ok(())
}
