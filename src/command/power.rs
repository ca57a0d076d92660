//! `relais power`.

use crate::breakdown::request::{Question, RawQuestion};
use crate::breakdown::store;
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::power::{beside_the_rest, document, plain, read};
use crate::privacy::Eyes;

use super::context::Here;
use super::report::{looked_at, show};

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "CODE")]
    journey_type: Option<String>,
    #[arg(long, value_name = "region:R|site:S")]
    partition: Option<String>,
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    #[arg(long, value_name = "0-1", conflicts_with_all = ["from", "to", "as_team", "as_owner"])]
    response: Option<f64>,
    #[arg(long, conflicts_with = "as_team")]
    as_owner: bool,
    #[arg(long, value_name = "TEAM")]
    as_team: Option<String>,
}

/// Prints which faults would be named at a place, by size: from what was released, as far as those
/// eyes may see it; before anything was, or where a rate of answers is assumed, from the log.
pub(super) async fn run(here: &Here, args: Args) -> Result<()> {
    let (db, own) = (&here.app.db, args.as_team.clone());
    let known = store::known(db.reader(), here.organisation).await?;
    let asked = RawQuestion {
        journey_type: args.journey_type,
        partition: args.partition,
        against: None,
        from: args.from,
        to: args.to,
    };
    let eyes = args.as_team.map_or(Eyes::Owner, Eyes::Team);
    let question = beside_the_rest(asked.check(&known, eyes)?)?;
    let code = &question.blueprint.journey_type;
    let released = store::weeks(db.reader(), here.organisation, code, None).await?;
    if args.response.is_some() || released.is_empty() {
        return of_log(here, &question, &known.sites, args.response).await;
    }
    let reading = read::read(db, here.organisation, &question, here.app.clock.now()).await?;
    looked_at(here, format!("power {code} {}", question.partition)).await?;
    let lang = here.out.lang;
    show(
        here,
        reading,
        |power| document::document(power, lang),
        |power| plain::write(power, own.as_deref(), lang),
    )
}

async fn of_log(
    here: &Here,
    question: &Question,
    sites: &[crate::organisation::Site],
    response: Option<f64>,
) -> Result<()> {
    if let Some(share) = response.filter(|share| !(*share > 0.0 && *share <= 1.0)) {
        let text = Text::new("power-bad-share").with("given", share.to_string());
        return Err(Refusal::new(text).in_field("response").into());
    }
    let found = read::of_log(&here.app.db, here.organisation, question, sites, response).await?;
    let forecast = found.ok_or_else(|| Text::new("power-no-journeys"))?;
    if here.out.is_json() {
        here.out.document(&document::of_log(&forecast, here.out.lang))
    } else {
        here.out.line(plain::write_log(&forecast, here.out.lang))
    }
}
