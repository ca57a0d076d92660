//! `relais publish` and `relais breakdown`.

use crate::breakdown::read::{self, Reading, Why};
use crate::breakdown::request::Asked;
use crate::breakdown::{document, plain};
use crate::calendar::Zone;
use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::journal::{self, Look};
use crate::organisation;
use crate::privacy::Eyes;
use crate::publication::{comments, publish};
use crate::{breakdown, limits};
use jiff::civil::Date;
use serde_json::json;

use super::Here;

#[derive(clap::Args)]
pub(super) struct PublishArgs {
    #[arg(long, value_name = "DATE")]
    through: Option<Date>,
    #[arg(long, value_name = "CODE")]
    journey_type: Option<String>,
}

#[derive(clap::Args)]
pub(super) struct BreakdownArgs {
    #[arg(long, value_name = "CODE")]
    pub(super) journey_type: Option<String>,
    #[arg(long, value_name = "network|region:R|site:S")]
    pub(super) partition: Option<String>,
    #[arg(long, value_name = "rest")]
    pub(super) against: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub(super) from: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub(super) to: Option<String>,
    #[arg(long, conflicts_with = "as_team")]
    pub(super) as_owner: bool,
    #[arg(long, value_name = "TEAM")]
    pub(super) as_team: Option<String>,
}

/// Closes the weeks that are over, of one journey type or of all.
pub(super) async fn publish(here: &Here, args: PublishArgs) -> Result<()> {
    let known = breakdown::store::known(here.app.db.reader(), here.organisation).await?;
    let codes: Vec<String> = match args.journey_type {
        Some(code) => vec![code],
        None => known.blueprints.iter().map(|blueprint| blueprint.journey_type.clone()).collect(),
    };
    if codes.is_empty() {
        return Err(Text::new("command-nothing-to-publish").into());
    }
    let mut reports = Vec::new();
    for code in codes {
        let bar = here.out.bar(&Text::new("command-publishing").with("type", code.as_str()));
        let (db, clock) = (&here.app.db, &here.app.clock);
        let at = |done, all| bar.at(done, all);
        let report = publish::publish(db, clock, here.organisation, &code, args.through, &at).await;
        bar.done();
        let report = report?;
        let told = Text::new("command-published")
            .with("type", code.as_str())
            .with("weeks", report.weeks.len())
            .with("atoms", report.atoms)
            .with("answers", report.answers);
        // So few are not counted out: from one week to the next they would be the answers of a few people.
        let waiting =
            Some(report.waiting).filter(|n| *n == 0 || *n >= u64::from(limits::MINIMUM_ANSWERS));
        here.out.say(&match waiting {
            Some(count) => told.with("waiting", count),
            None => told.with("waiting", "under"),
        })?;
        let withheld = report.withheld.as_ref().map(|why| why.say(here.out.lang));
        if let Some(why) = &withheld {
            here.out.line(why)?;
        }
        reports.push(json!({
            "journey_type": code, "weeks": report.weeks.len(), "atoms": report.atoms, "answers": report.answers,
            "journeys": report.journeys, "waiting": waiting, "withheld": withheld,
        }));
    }
    let comments = comments::release(&here.app, here.organisation).await?;
    if comments > 0 {
        here.out.say(&Text::new("command-comments-released").with("comments", comments))?;
    }
    here.out.document(&json!({ "published": reports, "comments_released": comments }))
}

/// Prints where the points are lost, as far as those eyes may see it.
pub(super) async fn breakdown(here: &Here, args: BreakdownArgs) -> Result<()> {
    let (db, lang) = (&here.app.db, here.out.lang);
    let known = breakdown::store::known(db.reader(), here.organisation).await?;
    let own = args.as_team.clone();
    let eyes = args.as_team.map_or(Eyes::Owner, Eyes::Team);
    let (journey_type, partition, against) = (args.journey_type, args.partition, args.against);
    let asked = Asked { journey_type, partition, against, from: args.from, to: args.to };
    let question = asked.check(&known, eyes)?;
    let reading = read::read(db, here.organisation, &question, here.app.clock.now()).await?;
    // Who holds the machine is seen looking like anybody else, before anything is shown.
    let place = format!("breakdown {} {}", question.blueprint.journey_type, question.partition);
    let look =
        Look { at: here.app.clock.now(), role: "command-line".to_owned(), team: None, place };
    journal::store::looked(db, here.organisation, look).await?;
    match reading {
        Reading::Shown(shown) if here.out.is_json() => {
            here.out.document(&document::document(&shown, lang))
        }
        Reading::Shown(shown) => here.out.line(plain::write(&shown, own.as_deref(), lang)),
        Reading::Withheld(why) => withheld(here, &why).await,
    }
}

/// Nothing can be shown, and why.
pub(super) async fn withheld(here: &Here, why: &Why) -> Result<()> {
    let settings = organisation::store::settings(here.app.db.reader(), here.organisation).await?;
    let zone = settings.map_or_else(Zone::utc, |settings| settings.zone);
    Err(Error::from(Text::new("command-withheld").with("why", why.say(&zone, here.out.lang))))
}
