//! What customers wrote about a place, once it was released and without anybody in it, through the
//! gate.

use super::disclosure::{Gate, Reading};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::privacy;
use crate::publication::{Comment, CommentQuestion, comments};

/// The comments that were released of a place; in the order of their words, which says nothing.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    asked: &CommentQuestion<'_>,
) -> Result<Reading<Vec<Comment>>> {
    let settings = privacy::store::settings(db.reader(), organisation).await?;
    let settings =
        settings.ok_or_else(|| Error::Internal("the organisation is gone".to_owned()))?;
    let (units, comments) = comments::released(db, organisation, asked).await?;
    Ok(Gate::of_places(settings, asked.audience, &units).comments(&units, asked.place, comments))
}
