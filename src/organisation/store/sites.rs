//! Sites and their regions.

use std::collections::BTreeSet;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryOrder};

use crate::error::Result;
use crate::id::OrganisationId;
use crate::organisation::Site;
use crate::schema::site;

/// An organisation's sites, by their code.
pub async fn sites(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<Site>> {
    let rows =
        site::Entity::of(organisation).order_by_asc(site::Column::Code).all(connection).await?;
    let read = |row: site::Model| Site { code: row.code, name: row.name, region: row.region };
    Ok(rows.into_iter().map(read).collect())
}

/// The codes of an organisation's sites.
pub async fn codes(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Vec<String>> {
    let sites = sites(connection, organisation).await?;
    Ok(sites.into_iter().map(|site| site.code).collect())
}

/// Writes the sites that are not there yet.
pub async fn learn(
    tx: &impl ConnectionTrait,
    organisation: OrganisationId,
    codes: &BTreeSet<&str>,
) -> Result<()> {
    for code in codes {
        let new = Site { code: (*code).to_owned(), ..Site::default() };
        let same = OnConflict::new().do_nothing().to_owned();
        let row = site::Entity::insert(row(organisation, &new));
        row.on_conflict(same).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Writes a site, or its new name and region.
pub async fn write(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    site: &Site,
) -> Result<()> {
    let newer = OnConflict::columns([site::Column::OrganisationId, site::Column::Code])
        .update_columns([site::Column::Region, site::Column::Name])
        .to_owned();
    let row = site::Entity::insert(row(organisation, site));
    row.on_conflict(newer).exec_without_returning(tx).await?;
    Ok(())
}

fn row(organisation: OrganisationId, site: &Site) -> site::ActiveModel {
    site::ActiveModel {
        organisation_id: Set(organisation),
        code: Set(site.code.clone()),
        region: Set(site.region.clone()),
        name: Set(site.name.clone()),
    }
}
