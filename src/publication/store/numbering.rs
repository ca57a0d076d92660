//! The stored numbers of elements, variants and channels, and the sample of journeys that decides
//! what is common.

use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult, Statement};

use crate::db;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::limits;
use crate::publication::catalogue::{Catalogue, Sample};
use crate::schema::{channel, element, variant};

/// The catalogue as it is stored.
pub async fn load(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Catalogue> {
    let elements = super::catalogue(connection, organisation, journey_type).await?;
    let variants = super::variants(connection, organisation, journey_type).await?;
    let channels = super::channels(connection, organisation, journey_type).await?;
    let path_numbers = super::flows::path_numbers(connection, organisation, journey_type).await?;
    Ok(Catalogue::known(elements, variants, channels, path_numbers))
}

/// A journey as the sample shows it.
pub struct SampledJourney {
    pub trace: String,
    pub attributes: Option<String>,
    pub site: Option<String>,
}

/// Shows a sample of journeys. Their identifiers are keyed hashes, so the first ones in order are a
/// random choice, and the same one for the same journeys.
pub async fn sample(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    mut add: impl FnMut(&mut Sample, &SampledJourney) -> Result<()>,
) -> Result<Sample> {
    let mut sample = Sample::default();
    for row in journeys(connection, organisation, journey_type, "").await? {
        add(&mut sample, &sampled(&row)?)?;
    }
    Ok(sample)
}

/// Shows journeys that no release has yet: what is new this week may be in no sample of the past.
pub async fn unreleased(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    mut add: impl FnMut(&SampledJourney) -> Result<()>,
) -> Result<()> {
    for row in journeys(connection, organisation, journey_type, "AND atom IS NULL").await? {
        add(&sampled(&row)?)?;
    }
    Ok(())
}

fn sampled(row: &QueryResult) -> Result<SampledJourney> {
    let (trace, attributes, site) =
        (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    Ok(SampledJourney { trace, attributes, site })
}

/// At most [`limits::JOURNEYS_SAMPLED`] journeys.
async fn journeys(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
    which: &'static str,
) -> Result<Vec<QueryResult>> {
    let sql = format!(
        "SELECT trace, attributes, site FROM journey WHERE organisation_id = $1 \
         AND journey_type = $2 {which} ORDER BY id LIMIT $3"
    );
    let values = [organisation.into(), journey_type.into(), limits::JOURNEYS_SAMPLED.into()];
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    Ok(connection.query_all_raw(statement).await?)
}

/// Stores what is new.
pub async fn save(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    journey_type: &str,
    catalogue: &mut Catalogue,
) -> Result<()> {
    let added = catalogue.take_added();
    let elements = added.elements.into_iter().map(|(position, code)| element::Model {
        organisation_id: organisation,
        journey_type: journey_type.to_owned(),
        position: i32::from(position),
        code: code.to_string(),
    });
    let variants = added.variants.into_iter().map(|(number, elements)| {
        let elements = serde_json::to_string(&elements)
            .map_err(|failure| Error::Internal(failure.to_string()))?;
        Ok(variant::Model {
            organisation_id: organisation,
            journey_type: journey_type.to_owned(),
            number,
            elements,
        })
    });
    let channels = added.channels.into_iter().map(|(number, code)| channel::Model {
        organisation_id: organisation,
        journey_type: journey_type.to_owned(),
        number: i32::from(number),
        code,
    });
    db::insert_all(tx, elements).await?;
    db::insert_all(tx, channels).await?;
    db::insert_all(tx, variants.collect::<Result<Vec<_>>>()?).await?;
    super::flows::save_path_numbers(
        tx,
        organisation,
        journey_type,
        catalogue.path_numbers.take_added(),
    )
    .await
}
