//! Everything that was published of an organisation, searched for what could be worked out.

use crate::blueprint;
use crate::calendar::Week;
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::{Floors, Search};
use crate::publication;

/// A release as it was searched.
#[derive(Clone, Debug)]
pub struct SearchedRelease {
    pub journey_type: String,
    pub week: Week,
    /// `None` where something can be worked out of too few people.
    pub search: Option<Search>,
}

/// Searches every release of an organisation as it is shown now.
pub async fn search(
    db: &Db,
    organisation: OrganisationId,
    floors: Floors,
) -> Result<Vec<SearchedRelease>> {
    let mut releases = Vec::new();
    for blueprint in blueprint::store::all(db.reader(), organisation).await? {
        let (code, teams) = (blueprint.journey_type.clone(), blueprint.team_of_steps());
        let found =
            publication::store::rulings::search(db.reader(), organisation, &code, &teams, floors)
                .await?;
        releases.extend(found.into_iter().map(|(week, search)| SearchedRelease {
            journey_type: code.clone(),
            week,
            search,
        }));
    }
    Ok(releases)
}
