//! `relais chart`.

use crate::breakdown;
use crate::breakdown::request::RawQuestion;
use crate::chart::read::{self, ChartQuestion};
use crate::chart::{document, plain};
use crate::error::Result;
use crate::privacy::Eyes;

use super::context::Here;
use super::report::{looked_at, show};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "CODE")]
    journey_type: Option<String>,
    #[arg(long, value_name = "outcome|step:X|handoff:A:B|promise")]
    measure: String,
    #[arg(long, value_name = "network|region:R|site:S")]
    partition: Option<String>,
    #[arg(long, value_name = "DATE")]
    baseline_until: Option<String>,
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    #[arg(long, conflicts_with = "as_team")]
    as_owner: bool,
    #[arg(long, value_name = "TEAM")]
    as_team: Option<String>,
}

/// Prints a figure week after week, as far as those eyes may see it.
pub(super) async fn run(here: &Here, args: Args) -> Result<()> {
    let db = &here.app.db;
    let known = breakdown::store::known(db.reader(), here.organisation).await?;
    let eyes = args.as_team.map_or(Eyes::Owner, Eyes::Team);
    let (journey_type, partition) = (args.journey_type, args.partition);
    let asked =
        RawQuestion { journey_type, partition, against: None, from: args.from, to: args.to };
    let question = asked.check(&known, eyes)?;
    let asked = ChartQuestion::check(question, &args.measure, args.baseline_until.as_deref())?;
    let reading = read::read(db, here.organisation, &asked, here.app.clock.now()).await?;
    looked_at(here, asked.place()).await?;
    show(here, reading, document::document, |chart| plain::write(chart, here.out.lang))
}
