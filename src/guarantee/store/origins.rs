//! Whom the service asked, as far as the tables know it: when links were given out, and which
//! published sums hold asked answers and which imported ones. Counts only.

use std::collections::BTreeSet;

use sea_orm::{DatabaseConnection, QueryResult};

use super::rows;
use crate::clock::Instant;
use crate::error::Result;
use crate::id::OrganisationId;

/// Links for another sender that were made at one instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkBatch {
    pub organisation: OrganisationId,
    pub journey_type: String,
    pub at: Instant,
    pub links: u64,
    /// Running numbers of the weeks whose journeys they are about.
    pub weeks: BTreeSet<i32>,
}

/// All links for another sender that are still stored, by when they were made.
pub async fn link_batches(db: &DatabaseConnection) -> Result<Vec<LinkBatch>> {
    let sql = "SELECT l.organisation_id, i.journey_type, l.created_at, i.week, COUNT(*) \
               FROM link l JOIN invitation i \
               ON i.organisation_id = l.organisation_id AND i.id = l.invitation \
               WHERE i.channel = 'link' \
               GROUP BY l.organisation_id, i.journey_type, l.created_at, i.week \
               ORDER BY l.organisation_id, i.journey_type, l.created_at";
    let mut batches: Vec<LinkBatch> = Vec::new();
    for row in rows(db, sql).await? {
        let (batch, week, links) = read_batch(&row)?;
        let same = batches.last_mut().filter(|last| {
            (last.organisation, &last.journey_type, last.at)
                == (batch.organisation, &batch.journey_type, batch.at)
        });
        match same {
            Some(last) => {
                last.links += links;
                last.weeks.insert(week);
            }
            None => batches.push(LinkBatch { links, weeks: BTreeSet::from([week]), ..batch }),
        }
    }
    Ok(batches)
}

fn read_batch(row: &QueryResult) -> Result<(LinkBatch, i32, u64)> {
    let links: i64 = row.try_get_by_index(4)?;
    let batch = LinkBatch {
        organisation: row.try_get_by_index(0)?,
        journey_type: row.try_get_by_index(1)?,
        at: row.try_get_by_index(2)?,
        ..LinkBatch::default()
    };
    Ok((batch, row.try_get_by_index(3)?, links.unsigned_abs()))
}

/// The answers of one release: those that were drawn, and those of another tool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    pub journey_type: String,
    pub week: i32,
    pub asked: u64,
    pub imported: u64,
}

/// Where the answers of each release come from.
pub async fn origins(db: &DatabaseConnection) -> Result<Vec<Origins>> {
    let sql = "SELECT a.journey_type, a.week, COUNT(r.chances), COUNT(*) \
               FROM response r JOIN atom a \
               ON a.organisation_id = r.organisation_id AND a.id = r.atom \
               GROUP BY a.organisation_id, a.journey_type, a.week \
               ORDER BY a.organisation_id, a.journey_type, a.week";
    let read = |row: &QueryResult| {
        let (asked, all): (i64, i64) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
        Ok(Origins {
            journey_type: row.try_get_by_index(0)?,
            week: row.try_get_by_index(1)?,
            asked: asked.unsigned_abs(),
            imported: (all - asked).unsigned_abs(),
        })
    };
    rows(db, sql).await?.iter().map(read).collect()
}
