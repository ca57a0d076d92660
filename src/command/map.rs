//! `relais map`.

use crate::breakdown;
use crate::breakdown::request::Asked;
use crate::error::Result;
use crate::journal::{self, Look};
use crate::map::read::{self, Reading};
use crate::map::{document, plain};
use crate::privacy::Eyes;

use super::Here;
use super::report::{BreakdownArgs, withheld};

/// Prints where journeys go, wait and lose points, as far as those eyes may see it.
pub(super) async fn run(here: &Here, args: BreakdownArgs) -> Result<()> {
    let (db, lang) = (&here.app.db, here.out.lang);
    let known = breakdown::store::known(db.reader(), here.organisation).await?;
    let own = args.as_team.clone();
    let eyes = args.as_team.map_or(Eyes::Owner, Eyes::Team);
    let (journey_type, partition, against) = (args.journey_type, args.partition, args.against);
    let question = Asked { journey_type, partition, against, from: args.from, to: args.to }
        .check(&known, eyes)?;
    let reading = read::read(db, here.organisation, &question, here.app.clock.now()).await?;
    // Who holds the machine is seen looking like anybody else, before anything is shown.
    let place = format!("map {} {}", question.blueprint.journey_type, question.partition);
    let look =
        Look { at: here.app.clock.now(), role: "command-line".to_owned(), team: None, place };
    journal::store::looked(db, here.organisation, look).await?;
    match reading {
        Reading::Shown(map) if here.out.is_json() => {
            here.out.document(&document::document(&map, lang))
        }
        Reading::Shown(map) => here.out.line(plain::write(&map, own.as_deref(), lang)),
        Reading::Withheld(why) => withheld(here, &why).await,
    }
}
