//! What a release makes new, computed before anybody asks: what the reports about all places share, for the teams and for
//! the owner, and the owner's pages.

use super::{compare, coverage, incentives};
use crate::breakdown::request::{Asked, Question};
use crate::breakdown::snapshot::Snapshot;
use crate::breakdown::{Eyes, read, store};
use crate::chart::Measure;
use crate::chart::read::Series;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::map;

/// Computes what the pages of every service need when nothing is chosen on them, unless it is remembered.
pub async fn make(db: &Db, organisation: OrganisationId, now: Instant) -> Result<()> {
    let known = store::known(db.reader(), organisation).await?;
    for chain in &known.chains {
        let asked = Asked { journey_type: Some(chain.code.clone()), ..Asked::default() };
        let question = asked.check(&known, Eyes::Owner)?;
        // All teams see the same releases.
        let of_teams = Question { eyes: Eyes::Team(String::new()), ..question.clone() };
        Snapshot::of(db, organisation, &of_teams, now).await?.pool(db).await?;
        read::read(db, organisation, &question, now).await?;
        coverage::read::read(db, organisation, &question, now).await?;
        incentives::read::read(db, organisation, &question, now).await?;
        map::read::read(db, organisation, &question, now).await?;
        Series::read(db, organisation, &question, now).await?;
        let sites =
            compare::read::Asked::of(question, Measure::Outcome, compare::By::Sites, &known);
        compare::read::read(db, organisation, &sites, now).await?;
    }
    Ok(())
}
