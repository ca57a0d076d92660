//! `relais map`.

use crate::error::Result;
use crate::map::{document, plain, read};

use super::context::Here;
use super::report::{BreakdownArgs, looked_at, show};

/// Prints where journeys go, wait and lose points, as far as those eyes may see it.
pub(super) async fn run(here: &Here, args: BreakdownArgs) -> Result<()> {
    let own = args.as_team.clone();
    let question = args.question(here).await?;
    let reading =
        read::read(&here.app.db, here.organisation, &question, here.app.clock.now()).await?;
    looked_at(here, format!("map {} {}", question.blueprint.journey_type, question.partition))
        .await?;
    let lang = here.out.lang;
    show(
        here,
        reading,
        |map| document::document(map, lang),
        |map| plain::write(map, own.as_deref(), lang),
    )
}
