//! The atoms and releases as they stand, and which answers are marked as theirs. Counts only: what was answered is read
//! by nobody here.

use std::collections::BTreeMap;

use sea_orm::{DatabaseConnection, QueryResult};

use super::rows;
use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::HeadsBehind;

/// A row of `atom`, as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Atom {
    /// The tenant.
    pub organisation: OrganisationId,
    /// Its key.
    pub id: i64,
    /// Its journey type.
    pub journey_type: String,
    /// Of its release.
    pub week: i32,
    /// `site`, `region` or `network`.
    pub scope: String,
    /// The site or region.
    pub place: String,
    /// How many answers it says that it holds.
    pub answers: i32,
    /// How many people it says that stand behind it.
    pub heads: i32,
    /// The headcounts behind it; `None` when they cannot be read.
    pub behind: Option<HeadsBehind>,
    /// Instant.
    pub published_at: Instant,
    /// Instant from which others than the teams see it.
    pub owners_from: Instant,
}

impl Atom {
    /// The people behind it, counted again: those at the sites, or those of a service that has central teams alone.
    pub fn counted_heads(&self) -> u32 {
        self.behind.as_ref().map_or(0, |behind| behind.heads(behind.sites.is_empty()))
    }
}

/// A row of `release`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Release {
    /// The tenant.
    pub organisation: OrganisationId,
    /// Its journey type.
    pub journey_type: String,
    /// Running number of the ISO week.
    pub week: i32,
    /// Instant.
    pub published_at: Instant,
    /// Instant from which others than the teams see it.
    pub owners_from: Instant,
}

/// By organisation and atom, then by site, how many answers are marked as the atom's.
pub type Marked = BTreeMap<(OrganisationId, i64), BTreeMap<Option<String>, u64>>;

/// All atoms.
pub async fn atoms(db: &DatabaseConnection) -> Result<Vec<Atom>> {
    let sql = "SELECT organisation_id, id, journey_type, week, scope, place, answers, heads, behind, published_at, \
               owners_from FROM atom ORDER BY organisation_id, journey_type, week, scope, place";
    let read = |row: &QueryResult| {
        let behind: String = row.try_get_by_index(8)?;
        Ok(Atom {
            organisation: row.try_get_by_index(0)?,
            id: row.try_get_by_index(1)?,
            journey_type: row.try_get_by_index(2)?,
            week: row.try_get_by_index(3)?,
            scope: row.try_get_by_index(4)?,
            place: row.try_get_by_index(5)?,
            answers: row.try_get_by_index(6)?,
            heads: row.try_get_by_index(7)?,
            behind: serde_json::from_str(&behind).ok(),
            published_at: row.try_get_by_index(9)?,
            owners_from: row.try_get_by_index(10)?,
        })
    };
    rows(db, sql).await?.iter().map(read).collect()
}

/// All releases.
pub async fn releases(db: &DatabaseConnection) -> Result<Vec<Release>> {
    let sql = "SELECT organisation_id, journey_type, week, published_at, owners_from FROM release \
               ORDER BY organisation_id, journey_type, week";
    let read = |row: &QueryResult| {
        Ok(Release {
            organisation: row.try_get_by_index(0)?,
            journey_type: row.try_get_by_index(1)?,
            week: row.try_get_by_index(2)?,
            published_at: row.try_get_by_index(3)?,
            owners_from: row.try_get_by_index(4)?,
        })
    };
    rows(db, sql).await?.iter().map(read).collect()
}

/// Which answers are marked as an atom's.
pub async fn marked(db: &DatabaseConnection) -> Result<Marked> {
    let sql = "SELECT organisation_id, atom, site, COUNT(*) FROM response WHERE atom IS NOT NULL \
               GROUP BY organisation_id, atom, site";
    let mut marked = Marked::new();
    for row in rows(db, sql).await? {
        let count: i64 = row.try_get_by_index(3)?;
        let key = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        marked.entry(key).or_default().insert(row.try_get_by_index(2)?, count.unsigned_abs());
    }
    Ok(marked)
}
