//! Appending to the two chains, reading them page by page, and verifying them.

pub mod objections;

use std::future::Future;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value;

use super::chain::{ChainCheck, Claim, Encoding, NOTHING};
use super::{ANNOUNCED, ChainState, Entry, Look};
use crate::clock::Instant;
use crate::db::{self, Db};
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::jobs::{self, NewJob};
use crate::schema::{access_entry, allow_list, journal_entry};

/// Entries on one page.
pub const PAGE: u64 = 50;
/// Entries that verifying reads at once.
const STRETCH: u64 = 1000;

/// Writes a change down in the transaction that makes it, and returns its number: no change without
/// its entry, no entry without its change. A key that was not agreed is refused here, in whatever
/// change it stands: once written it could not be taken back, and the guarantee that no person is
/// in the tables would fail for ever.
pub async fn append(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    entry: Entry,
) -> Result<i64> {
    must_be_agreed(&entry)?;
    lock(tx, organisation).await?;
    let newest = journal_entry::Entity::of(organisation)
        .order_by_desc(journal_entry::Column::Number)
        .one(tx)
        .await?;
    let (number, previous) =
        newest.map_or((1, NOTHING.to_vec()), |newest| (newest.number + 1, newest.hash));
    if entry.effective_at > entry.at {
        jobs::enqueue(tx, vec![announcement(organisation, number, entry.at)]).await?;
    }
    let mut row = journal_entry::Model {
        organisation_id: organisation,
        number,
        at: entry.at,
        author: entry.author.as_str().to_owned(),
        subject: entry.subject,
        before: entry.before.as_ref().map(Value::to_string),
        after: entry.after.as_ref().map(Value::to_string),
        reason: entry.reason.as_str().to_owned(),
        effective_at: entry.effective_at,
        previous,
        hash: Vec::new(),
    };
    row.hash = change_hash(&row).to_vec();
    journal_entry::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(number)
}

/// Who could object to a change must hear of it while it waits.
fn announcement(organisation: OrganisationId, number: i64, now: Instant) -> NewJob {
    let payload = serde_json::json!({ "number": number }).to_string();
    NewJob { organisation, kind: ANNOUNCED, key: number.to_string(), payload, run_at: now }
}

/// Nobody else appends until this transaction ends.
async fn lock(tx: &DatabaseTransaction, organisation: OrganisationId) -> Result<()> {
    db::lock(tx, &format!("journal {organisation}")).await
}

fn must_be_agreed(entry: &Entry) -> Result<()> {
    let keys: Vec<String> = [("before", &entry.before), ("after", &entry.after)]
        .into_iter()
        .filter_map(|(column, value)| Some((column, value.as_ref()?)))
        .flat_map(|(column, value)| allow_list::unknown_keys("journal_entry", column, value))
        .collect();
    if keys.is_empty() {
        return Ok(());
    }
    let (subject, keys) = (&entry.subject, keys.join(", "));
    Err(Error::Internal(format!("the journal was given keys of {subject} not agreed: {keys}")))
}

/// Writes a look down. A page that shows a team's data waits for this before it answers: who cannot
/// be written down does not see it. Waiting is short, since looks that wait together share one
/// commit.
pub async fn looked(db: &Db, organisation: OrganisationId, look: Look) -> Result<()> {
    db.write(move |tx| Box::pin(look_within(tx, organisation, look))).await
}

async fn look_within(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    look: Look,
) -> Result<()> {
    db::lock(tx, &format!("access {organisation}")).await?;
    let newest = access_entry::Entity::of(organisation)
        .order_by_desc(access_entry::Column::Number)
        .one(tx)
        .await?;
    let (number, previous) =
        newest.map_or((1, NOTHING.to_vec()), |newest| (newest.number + 1, newest.hash));
    let mut row = access_entry::Model {
        organisation_id: organisation,
        number,
        at: look.at,
        role: look.role,
        team: look.team,
        place: look.place,
        previous,
        hash: Vec::new(),
    };
    row.hash = look_hash(&row).to_vec();
    access_entry::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The newest changes first, [`PAGE`] of them, beginning under the number `below`.
pub async fn entries(
    db: &Db,
    organisation: OrganisationId,
    below: Option<i64>,
) -> Result<Vec<journal_entry::Model>> {
    let below = below.unwrap_or(i64::MAX);
    let rows = journal_entry::Entity::of(organisation)
        .filter(journal_entry::Column::Number.lt(below))
        .order_by_desc(journal_entry::Column::Number)
        .limit(PAGE)
        .all(db.reader())
        .await?;
    Ok(rows)
}

/// The newest looks first: at one team's data, those at the data of every team included, or at any
/// team's.
pub async fn looks(
    db: &Db,
    organisation: OrganisationId,
    of: Option<&str>,
    below: Option<i64>,
) -> Result<Vec<access_entry::Model>> {
    let below = below.unwrap_or(i64::MAX);
    let team = access_entry::Column::Team;
    let of_team = of.map(|code| Condition::any().add(team.eq(code)).add(team.is_null()));
    let rows = access_entry::Entity::of(organisation)
        .filter(Condition::all().add_option(of_team))
        .filter(access_entry::Column::Number.lt(below))
        .order_by_desc(access_entry::Column::Number)
        .limit(PAGE)
        .all(db.reader())
        .await?;
    Ok(rows)
}

/// How often each role looked at a team's data since an instant, in the order of the roles' names.
pub async fn looks_since(
    db: &Db,
    organisation: OrganisationId,
    team: &str,
    since: Instant,
) -> Result<Vec<(String, u64)>> {
    let named = access_entry::Column::Team;
    let of_team = Condition::any().add(named.eq(team)).add(named.is_null());
    let rows: Vec<(String, i64)> = access_entry::Entity::of(organisation)
        .select_only()
        .column(access_entry::Column::Role)
        .column_as(access_entry::Column::At.count(), "times")
        .filter(of_team)
        .filter(access_entry::Column::At.gte(since))
        .group_by(access_entry::Column::Role)
        .order_by_asc(access_entry::Column::Role)
        .into_tuple()
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(|(role, times)| (role, u64::try_from(times).unwrap_or(0))).collect())
}

/// How many looks there were, for the page's foot and for tests that forbid a page without one.
pub async fn count_looks(db: &Db, organisation: OrganisationId) -> Result<u64> {
    let rows = access_entry::Entity::of(organisation);
    Ok(rows.count(db.reader()).await?)
}

/// Walks along the settings journal, and says whether every entry is as it was written.
pub async fn verify(db: &Db, organisation: OrganisationId) -> Result<ChainState> {
    walk(|after| async move {
        let rows = journal_entry::Entity::of(organisation)
            .filter(journal_entry::Column::Number.gt(after))
            .order_by_asc(journal_entry::Column::Number)
            .limit(STRETCH)
            .all(db.reader())
            .await?;
        let claim = |row: journal_entry::Model| Claim {
            number: row.number,
            computed: change_hash(&row),
            previous: row.previous,
            hash: row.hash,
        };
        Ok(rows.into_iter().map(claim).collect())
    })
    .await
}

/// The same for the access log.
pub async fn verify_looks(db: &Db, organisation: OrganisationId) -> Result<ChainState> {
    walk(|after| async move {
        let rows = access_entry::Entity::of(organisation)
            .filter(access_entry::Column::Number.gt(after))
            .order_by_asc(access_entry::Column::Number)
            .limit(STRETCH)
            .all(db.reader())
            .await?;
        let claim = |row: access_entry::Model| Claim {
            number: row.number,
            computed: look_hash(&row),
            previous: row.previous,
            hash: row.hash,
        };
        Ok(rows.into_iter().map(claim).collect())
    })
    .await
}

/// Reads a chain stretch by stretch, so that a long one needs no more memory than a short one.
async fn walk<F>(read: impl Fn(i64) -> F) -> Result<ChainState>
where
    F: Future<Output = Result<Vec<Claim>>>,
{
    let mut walk = ChainCheck::default();
    loop {
        // Numbers begin at 1: whatever stands below has been slipped in, and must be met.
        let after = if walk.number() == 0 { i64::MIN } else { walk.number() };
        let stretch = read(after).await?;
        if stretch.is_empty() {
            return Ok(walk.end());
        }
        for claim in stretch {
            if let Err(broken) = walk.step(claim) {
                return Ok(broken);
            }
        }
    }
}

fn change_hash(row: &journal_entry::Model) -> [u8; 32] {
    Encoding::begin("relais settings journal 1", row.organisation_id, row.number)
        .integer(row.at)
        .text(Some(&row.author))
        .text(Some(&row.subject))
        .text(row.before.as_deref())
        .text(row.after.as_deref())
        .text(Some(&row.reason))
        .integer(row.effective_at)
        .follow(&row.previous)
}

fn look_hash(row: &access_entry::Model) -> [u8; 32] {
    Encoding::begin("relais access log 1", row.organisation_id, row.number)
        .integer(row.at)
        .text(Some(&row.role))
        .text(row.team.as_deref())
        .text(Some(&row.place))
        .follow(&row.previous)
}
