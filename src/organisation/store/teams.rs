//! Teams, what they are called, and how many people each has at which site since when.

use std::collections::BTreeMap;

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder,
};

use crate::clock::Instant;
use crate::error::Result;
use crate::i18n::Names;
use crate::id::OrganisationId;
use crate::organisation::Team;
use crate::schema::{headcount, team};

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
    let rows = headcount::Entity::of(organisation)
        .filter(headcount::Column::Since.lte(at))
        .order_by_asc(headcount::Column::Since)
        .all(connection)
        .await?;
    let mut heads: BTreeMap<String, BTreeMap<String, i32>> = BTreeMap::new();
    for row in rows {
        // Later numbers come later, so the one that stays is the one that holds.
        heads.entry(row.team).or_default().insert(row.site, row.heads);
    }
    Ok(heads)
}

/// Writes a team and the headcounts that hold from now on. `known` is what the tables say of it.
pub async fn write(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    code: &str,
    wanted: &Team,
    known: Option<&Team>,
    now: Instant,
) -> Result<()> {
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
        return Ok(());
    }
    let moved = before.contains_key("") != wanted.heads.contains_key("");
    if moved && !before.is_empty() {
        // From the centre to the sites or back: the old numbers would count heads twice.
        headcount::Entity::delete_of(organisation)
            .filter(headcount::Column::Team.eq(code))
            .exec(tx)
            .await?;
    }
    let gone = before
        .keys()
        .filter(|site| !moved && !wanted.heads.contains_key(*site))
        .map(|site| (site, &0));
    let new =
        wanted.heads.iter().filter(|(site, heads)| moved || before.get(*site) != Some(*heads));
    let row = |(site, heads): (&String, &i32)| headcount::ActiveModel {
        organisation_id: Set(organisation),
        team: Set(code.to_owned()),
        site: Set(site.clone()),
        since: Set(now),
        heads: Set(*heads),
    };
    let rows: Vec<_> = new.chain(gone).map(row).collect();
    let newer = OnConflict::columns([
        headcount::Column::OrganisationId,
        headcount::Column::Team,
        headcount::Column::Site,
        headcount::Column::Since,
    ])
    .update_column(headcount::Column::Heads)
    .to_owned();
    for some in rows.chunks(1_000) {
        headcount::Entity::insert_many(some.to_vec())
            .on_conflict(newer.clone())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}
