//! Which notice was handed over to which team.

use jiff::civil::Date;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel};

use crate::error::Result;
use crate::id::OrganisationId;
use crate::schema::notice;

/// Claims a notice; says whether nobody had it before.
pub async fn claim(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    kind: &str,
    about: &str,
    team: &str,
    on: Date,
) -> Result<bool> {
    let row = notice::Model {
        organisation_id: organisation,
        kind: kind.to_owned(),
        about: about.to_owned(),
        team: team.to_owned(),
        sent_on: on.into(),
    };
    let again = OnConflict::new().do_nothing().to_owned();
    let insert = notice::Entity::insert(row.into_active_model().reset_all()).on_conflict(again);
    Ok(insert.exec_without_returning(tx).await? == 1)
}

/// Gives back a notice of which nothing was sent.
pub async fn give_back(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    kind: &str,
    about: &str,
    team: &str,
) -> Result<()> {
    let key = (organisation, kind.to_owned(), about.to_owned(), team.to_owned());
    notice::Entity::delete_by_id(key).exec(tx).await?;
    Ok(())
}
