//! The end of a second factor that its holder has lost.

use serde_json::json;

use super::store;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::journal;
use crate::team::account;
use crate::team::admission::Admission;

/// Takes the second factor of an account away, for who has lost it and the recovery codes; its
/// sessions end. Written down, because from then on a password is enough again.
pub async fn reset(
    db: &Db,
    organisation: OrganisationId,
    number: i64,
    by: Admission,
) -> Result<()> {
    db.write(move |tx| {
        Box::pin(async move {
            if !store::forget(tx, (organisation, number)).await? {
                return Err(Text::new("team-no-factor").into());
            }
            account::store::end_sessions(tx, organisation, number).await?;
            let entry = by.entry("second-factor".to_owned(), Some(json!({"number": number})), None);
            journal::store::append(tx, organisation, entry).await?;
            Ok(())
        })
    })
    .await
}
