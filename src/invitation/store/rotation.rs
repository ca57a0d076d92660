//! Seals addresses anew, some at a time, of all organisations: they share the key.

use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};

use crate::app::App;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::invitation::rotation::Rotated;
use crate::limits;
use crate::schema::contact;

/// Where a round stopped: organisation and journey.
pub type Place = (OrganisationId, Vec<u8>);

/// The next addresses after a place; the last that was seen.
pub async fn seal(
    tx: &DatabaseTransaction,
    app: &App,
    from: Option<Place>,
) -> Result<(Option<Place>, Rotated)> {
    let mut rows = contact::Entity::find()
        .order_by_asc(contact::Column::OrganisationId)
        .order_by_asc(contact::Column::Journey)
        .limit(limits::DECIDED_AT_ONCE as u64);
    if let Some((organisation, journey)) = from {
        let here = Condition::all()
            .add(contact::Column::OrganisationId.eq(organisation))
            .add(contact::Column::Journey.gt(journey));
        rows = rows.filter(
            Condition::any().add(contact::Column::OrganisationId.gt(organisation)).add(here),
        );
    }
    let (mut last, mut rotated) = (None, Rotated::default());
    for row in rows.all(tx).await? {
        if !app.secret.is_newest(&row.address)? {
            match app.secret.decrypt(&row.address) {
                Some(address) => {
                    let sealed = app.random(|random| app.secret.encrypt(&address, random))?;
                    replace(tx, &row, sealed).await?;
                    rotated.sealed += 1;
                }
                None => {
                    contact::Entity::delete_by_id((row.organisation_id, row.journey.clone()))
                        .exec(tx)
                        .await?;
                    rotated.unreadable += 1;
                }
            }
        }
        last = Some((row.organisation_id, row.journey));
    }
    Ok((last, rotated))
}

async fn replace(tx: &DatabaseTransaction, row: &contact::Model, sealed: Vec<u8>) -> Result<()> {
    let update =
        contact::Entity::update_many().col_expr(contact::Column::Address, Expr::value(sealed));
    update
        .filter(contact::Column::OrganisationId.eq(row.organisation_id))
        .filter(contact::Column::Journey.eq(row.journey.clone()))
        .exec(tx)
        .await?;
    Ok(())
}
