//! The stored numbers of elements and variants, and the sample of journeys that decides what is common.

use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseTransaction, Statement};

use crate::error::{Error, Result};
use crate::publication::catalogue::{Catalogue, Sample};
use crate::schema::{element, variant};

/// How many journeys are looked at to tell rare handoffs from common ones: one in a hundred is then
/// known to within two in a thousand.
const SAMPLE: i64 = 10_000;

/// The catalogue as it is stored.
pub async fn load(connection: &impl ConnectionTrait, organisation: i64, journey_type: &str) -> Result<Catalogue> {
    let elements = super::catalogue(connection, organisation, journey_type).await?;
    let variants = super::variants(connection, organisation, journey_type).await?;
    let ways = super::flows::ways(connection, organisation, journey_type).await?;
    Ok(Catalogue::known(elements, variants, ways))
}

/// Shows the traces of a sample of journeys. Their identifiers are keyed hashes, so the first ones in
/// order are a random choice, and the same one for the same journeys.
pub async fn sample(
    connection: &impl ConnectionTrait,
    organisation: i64,
    journey_type: &str,
    mut add: impl FnMut(&mut Sample, &str) -> Result<()>,
) -> Result<Sample> {
    let sql = "SELECT trace FROM journey WHERE organisation_id = $1 AND journey_type = $2 ORDER BY id LIMIT $3";
    let values = [organisation.into(), journey_type.into(), SAMPLE.into()];
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    let mut sample = Sample::default();
    for row in connection.query_all_raw(statement).await? {
        let trace: String = row.try_get_by_index(0)?;
        add(&mut sample, &trace)?;
    }
    Ok(sample)
}

/// Stores what is new.
pub async fn save(
    tx: &DatabaseTransaction,
    organisation: i64,
    journey_type: &str,
    catalogue: &mut Catalogue,
) -> Result<()> {
    let added = catalogue.take_added();
    let elements = added.elements.into_iter().map(|(position, code)| element::ActiveModel {
        organisation_id: Set(organisation),
        journey_type: Set(journey_type.to_owned()),
        position: Set(i32::from(position)),
        code: Set(code.to_string()),
    });
    let variants = added.variants.into_iter().map(|(number, elements)| {
        let elements = serde_json::to_string(&elements).map_err(|failure| Error::Internal(failure.to_string()))?;
        Ok(variant::ActiveModel {
            organisation_id: Set(organisation),
            journey_type: Set(journey_type.to_owned()),
            number: Set(number),
            elements: Set(elements),
        })
    });
    super::closing::insert(tx, elements.collect(), 4).await?;
    super::closing::insert(tx, variants.collect::<Result<Vec<variant::ActiveModel>>>()?, 4).await?;
    super::flows::save_ways(tx, organisation, journey_type, catalogue.ways.take_added()).await
}
