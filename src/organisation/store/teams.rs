//! Teams, what they are called, and how many people each has at which site since when.

use std::collections::BTreeMap;

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    QueryFilter, QueryOrder,
};

use crate::clock::Instant;
use crate::error::Result;
use crate::i18n::Names;
use crate::id::OrganisationId;
use crate::journal::store::objections::objections;
use crate::limits;
use crate::organisation::Team;
use crate::schema::{headcount, release, team};

/// What a team is called; `None` when the organisation has no such team.
pub async fn team_name(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    code: &str,
) -> Result<Option<Names>> {
    let row = team::Entity::find_by_id((organisation, code.to_owned())).one(connection).await?;
    Ok(row.map(|row| Names { fr: row.name_fr, en: row.name_en }))
}

/// An organisation's teams and what they are called, by their code.
pub async fn teams(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<(String, Names)>> {
    let rows =
        team::Entity::of(organisation).order_by_asc(team::Column::Code).all(connection).await?;
    let named = |row: team::Model| (row.code, Names { fr: row.name_fr, en: row.name_en });
    Ok(rows.into_iter().map(named).collect())
}

/// An organisation's teams by their code, with the newest headcounts. A number that was entered as
/// 0 counts as not entered.
pub async fn with_heads(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<BTreeMap<String, Team>> {
    let mut heads = heads_at(connection, organisation, Instant::MAX).await?;
    let with_heads = |(code, name): (String, Names)| {
        let mut heads = heads.remove(&code).unwrap_or_default();
        heads.retain(|_, heads| *heads != 0);
        (code, Team { name, heads })
    };
    Ok(teams(connection, organisation).await?.into_iter().map(with_heads).collect())
}

/// The headcounts that hold at an instant, by team and site; the empty site is the centre.
pub async fn heads_at(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    at: Instant,
) -> Result<BTreeMap<String, BTreeMap<String, i32>>> {
    let known = objections(connection, organisation).await?;
    // What was proposed is all there is at the end of time, objected to or not.
    let holds =
        |since| at == Instant::MAX || known.in_force(since).is_some_and(|since| since <= at);
    let rows = headcount::Entity::of(organisation)
        .filter(headcount::Column::Since.lte(at))
        .order_by_asc(headcount::Column::Since)
        .all(connection)
        .await?;
    let mut heads: BTreeMap<String, BTreeMap<String, i32>> = BTreeMap::new();
    for row in rows.into_iter().filter(|row| holds(row.since)) {
        // Later numbers come later, so the one that stays is the one that holds.
        heads.entry(row.team).or_default().insert(row.site, row.heads);
    }
    Ok(heads)
}

/// Writes a team and its headcounts; whether some of these wait for their notice. `known` is what
/// the tables say of it.
pub async fn write(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    code: &str,
    wanted: &Team,
    known: Option<&Team>,
    now: Instant,
) -> Result<bool> {
    let row = team::ActiveModel {
        organisation_id: Set(organisation),
        code: Set(code.to_owned()),
        name_fr: Set(wanted.name.fr.clone()),
        name_en: Set(wanted.name.en.clone()),
    };
    let newer = OnConflict::columns([team::Column::OrganisationId, team::Column::Code])
        .update_columns([team::Column::NameFr, team::Column::NameEn])
        .to_owned();
    team::Entity::insert(row).on_conflict(newer).exec_without_returning(tx).await?;
    let none = BTreeMap::new();
    let before = known.map_or(&none, |known| &known.heads);
    if wanted.heads.is_empty() || *before == wanted.heads {
        return Ok(false);
    }
    let moved = before.contains_key("") != wanted.heads.contains_key("") && !before.is_empty();
    let gone = before.keys().filter(|site| !wanted.heads.contains_key(*site));
    let gone = gone.map(|site| (site.clone(), 0));
    let new = wanted.heads.iter().filter(|(site, heads)| before.get(*site) != Some(*heads));
    let new = new.map(|(site, heads)| (site.clone(), *heads));
    let published = release::Entity::of(organisation).one(tx).await?.is_some();
    let mut waits = false;
    for (site, heads) in new.chain(gone) {
        let change = HeadcountChange {
            before: before.get(&site).copied(),
            heads,
            // From the centre to the sites or back: all at once, or heads would count twice.
            waits: published && (moved || before.get(&site).is_none_or(|before| *before < heads)),
        };
        waits |= change.waits;
        enter(tx, organisation, (code, &site), change, now).await?;
    }
    Ok(waits)
}

/// How a number of heads changes.
struct HeadcountChange {
    before: Option<i32>,
    heads: i32,
    /// Whether it comes into force only after the notice that settings are given which touch
    /// privacy: once something was published, more heads would open what fewer keep closed.
    waits: bool,
}

async fn enter(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    (team, site): (&str, &str),
    change: HeadcountChange,
    now: Instant,
) -> Result<()> {
    // What was to come into force later is replaced, and what would be in force but for an
    // objection: or its withdrawal would bring back the older number.
    let overdue = objections(tx, organisation).await?.overdue(now);
    let since = headcount::Column::Since;
    let from_now = if change.waits { since.gt(now) } else { since.gte(now) };
    let later = Condition::any().add(from_now).add(since.is_in(overdue));
    headcount::Entity::delete_of(organisation)
        .filter(headcount::Column::Team.eq(team))
        .filter(headcount::Column::Site.eq(site))
        .filter(later)
        .exec(tx)
        .await?;
    let row = |since, heads| headcount::ActiveModel {
        organisation_id: Set(organisation),
        team: Set(team.to_owned()),
        site: Set(site.to_owned()),
        since: Set(since),
        heads: Set(heads),
    };
    let mut rows = vec![row(now, change.heads)];
    if change.waits {
        rows = vec![row(now + limits::PRIVACY_NOTICE, change.heads)];
        // The first number of all holds before it was entered, too.
        rows.extend(change.before.is_none().then(|| row(Instant::MIN, 0)));
    }
    let known = OnConflict::columns([
        headcount::Column::OrganisationId,
        headcount::Column::Team,
        headcount::Column::Site,
        headcount::Column::Since,
    ])
    .do_nothing()
    .to_owned();
    headcount::Entity::insert_many(rows).on_conflict(known).exec_without_returning(tx).await?;
    Ok(())
}
