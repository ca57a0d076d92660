//! `relais pack`.

use std::path::PathBuf;

use crate::breakdown;
use crate::breakdown::request::RawQuestion;
use crate::calendar::Zone;
use crate::discussion::pack::PackReader;
use crate::discussion::pack::gather::{self, gather};
use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::organisation;
use crate::privacy::Eyes;
use serde_json::json;

use super::context::Here;
use super::report::{looked_at, withheld};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "TEAM")]
    team: String,
    #[arg(long, value_name = "CODE")]
    journey_type: Option<String>,
    #[arg(long, value_name = "network|region:R|site:S")]
    partition: Option<String>,
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    #[arg(long, value_name = "FILE")]
    html: PathBuf,
}

/// Writes the sheet for a team's discussion, as far as that team may see it.
pub(super) async fn run(here: &Here, args: Args) -> Result<()> {
    let db = &here.app.db;
    let known = breakdown::store::known(db.reader(), here.organisation).await?;
    let (journey_type, partition) = (args.journey_type, args.partition);
    let asked =
        RawQuestion { journey_type, partition, against: None, from: args.from, to: args.to };
    let question = asked.check(&known, Eyes::Team(args.team.clone()))?;
    let question = gather::lately(&here.app, here.organisation, question).await?;
    let settings = organisation::store::settings(db.reader(), here.organisation).await?;
    let zone = settings.map_or_else(Zone::utc, |settings| settings.zone);
    let whose = PackReader {
        organisation: here.organisation,
        team: &args.team,
        lang: here.out.lang,
        zone: &zone,
        reads_alone: false,
    };
    let gathered = gather(&here.app, whose, &known, &question).await?;
    looked_at(here, gather::place(&question)).await?;
    let pack = gathered.map_err(|why| withheld(here, &why))?;
    std::fs::write(&args.html, pack.to_file()?).map_err(Error::io(args.html.display()))?;
    let shown = args.html.display().to_string();
    here.out.say(&Text::new("command-written").with("file", shown.as_str()))?;
    here.out.document(&json!({ "file": shown }))
}
