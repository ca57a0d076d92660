//! Whether customers may be told yet: looked at again with each week published.

use super::{store, two_sides};
use crate::app::App;
use crate::breakdown;
use crate::error::Result;
use crate::id::OrganisationId;

/// Looks again at every sentence about a journey type: a floor that is met opens it, one that is
/// met no more closes it.
pub async fn look_again(app: &App, organisation: OrganisationId, journey_type: &str) -> Result<()> {
    let all = store::sentences(app.db.reader(), organisation).await?;
    let told: Vec<_> = all
        .into_iter()
        .filter(|one| one.journey_type == journey_type && one.withdrawn_on.is_none())
        .collect();
    if told.is_empty() {
        return Ok(());
    }
    let known = breakdown::store::known(app.db.reader(), organisation).await?;
    for one in told {
        let (element, place) = (&one.element, &one.place);
        let met =
            two_sides::is_floor_met(&app.db, organisation, &known, journey_type, element, place)
                .await?;
        if met != one.floor_met {
            let id = one.id;
            app.db
                .write_once(move |tx| Box::pin(store::save::floor(tx, organisation, id, met)))
                .await?;
        }
    }
    Ok(())
}
