//! The sentences that may be told.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::error::Result;
use crate::id::OrganisationId;
use crate::schema::{sentence, site};
use crate::survey::you_said::YouSaid;

/// What customers of a journey type may read, the newest first: what was not withdrawn, and answers something whose floor
/// is met.
pub async fn read(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Vec<YouSaid>> {
    let rows = sentence::Entity::find()
        .filter(sentence::Column::OrganisationId.eq(organisation))
        .filter(sentence::Column::JourneyType.eq(journey_type))
        .filter(sentence::Column::FloorMet.eq(true))
        .filter(sentence::Column::WithdrawnOn.is_null())
        .order_by_desc(sentence::Column::WrittenOn)
        .order_by_asc(sentence::Column::Id);
    let mut told = Vec::new();
    for row in rows.all(connection).await? {
        let sites = match row.place.split_once(':') {
            Some(("site", code)) => Some([code.to_owned()].into()),
            Some(("region", code)) => {
                Some(of_region(connection, organisation, code).await?.into_iter().collect())
            }
            _ => None,
        };
        told.push(YouSaid { fr: row.text_fr, en: row.text_en, sites });
    }
    Ok(told)
}

async fn of_region(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    region: &str,
) -> Result<Vec<String>> {
    let sites = site::Entity::find()
        .select_only()
        .column(site::Column::Code)
        .filter(site::Column::OrganisationId.eq(organisation))
        .filter(site::Column::Region.eq(region));
    Ok(sites.into_tuple().all(connection).await?)
}
