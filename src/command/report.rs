//! `relais publish` and `relais breakdown`.

use crate::breakdown::disclosure::Reading;
use crate::breakdown::everything::{self, Everything};
use crate::breakdown::request::{Question, RawQuestion};
use crate::breakdown::{document, plain, read, store};
use crate::error::{Error, Result};
use crate::guarantee::figures::SearchFigures;
use crate::i18n::Text;
use crate::journal::{self, Look};
use crate::limits;
use crate::privacy::{self, Disclosed, Eyes, NotShown};
use crate::publication::{Report, comments, publish};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;

use super::context::Here;

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
    journey_type: Option<String>,
    #[arg(long, value_name = "network|region:R|site:S")]
    partition: Option<String>,
    #[arg(long, value_name = "rest")]
    against: Option<String>,
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    #[arg(long, conflicts_with = "as_team")]
    as_owner: bool,
    #[arg(long, value_name = "TEAM")]
    pub(super) as_team: Option<String>,
}

/// Closes the weeks that are over, of one journey type or of all.
pub(super) async fn publish(here: &Here, args: PublishArgs) -> Result<()> {
    let known = store::known(here.app.db.reader(), here.organisation).await?;
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
        // So few are not counted out: from one week to the next they would be the answers of a few
        // people.
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
        let search = searched(here, &code, &report).await?;
        reports.push(json!({
            "journey_type": code, "weeks": report.weeks.len(), "atoms": report.atoms, "answers": report.answers,
            "journeys": report.journeys, "waiting": waiting, "withheld": withheld, "search": search,
        }));
    }
    let comments = comments::release(&here.app, here.organisation).await?;
    if comments > 0 {
        here.out.say(&Text::new("command-comments-released").with("comments", comments))?;
    }
    here.out.document(&json!({ "published": reports, "comments_released": comments }))
}

/// Searches what was just published, as it is shown; nothing where nothing was.
async fn searched(here: &Here, code: &str, report: &Report) -> Result<Option<SearchFigures>> {
    let (Some(first), Some(last)) = (report.weeks.first(), report.weeks.last()) else {
        return Ok(None);
    };
    let settings = privacy::store::settings(here.app.db.reader(), here.organisation).await?;
    let Some(floors) = settings.map(|settings| settings.floors).filter(|_| report.atoms > 0) else {
        return Ok(None);
    };
    let began = std::time::Instant::now();
    let weeks = (*first, *last);
    let releases =
        everything::search_weeks(&here.app.db, here.organisation, code, floors, weeks).await?;
    let found = [Everything { releases, ..Everything::default() }];
    let figures = SearchFigures::of(&found, began.elapsed(), here.app.clock.now());
    here.out.say(&match figures.smallest_group {
        Some(people) => Text::new("command-published-searched")
            .with("figures", figures.figures)
            .with("equations", figures.equations)
            .with("people", people)
            .with("withheld", figures.withheld_beside),
        None => Text::new("command-published-nothing-told"),
    })?;
    Ok(Some(figures))
}

/// Prints where the points are lost, as far as those eyes may see it.
pub(super) async fn breakdown(here: &Here, args: BreakdownArgs) -> Result<()> {
    let own = args.as_team.clone();
    let question = args.question(here).await?;
    let reading =
        read::read(&here.app.db, here.organisation, &question, here.app.clock.now()).await?;
    looked_at(
        here,
        format!("breakdown {} {}", question.blueprint.journey_type, question.partition),
    )
    .await?;
    let lang = here.out.lang;
    show(
        here,
        reading,
        |shown| document::document(shown, lang),
        |shown| plain::write(shown, own.as_deref(), lang),
    )
}

impl BreakdownArgs {
    /// The question, checked against what there is.
    pub(super) async fn question(self, here: &Here) -> Result<Question> {
        let eyes = self.as_team.map_or(Eyes::Owner, Eyes::Team);
        let asked = RawQuestion {
            journey_type: self.journey_type,
            partition: self.partition,
            against: self.against,
            from: self.from,
            to: self.to,
        };
        let known = store::known(here.app.db.reader(), here.organisation).await?;
        asked.check(&known, eyes)
    }
}

/// Who holds the machine is seen looking like anybody else, before anything is shown.
pub(super) async fn looked_at(here: &Here, place: String) -> Result<()> {
    let at = here.app.clock.now();
    let look = Look { at, role: "command-line".to_owned(), team: None, place };
    journal::store::looked(&here.app.db, here.organisation, look).await
}

/// The end of the road: the document or the text of what may be shown, or why nothing is.
pub(super) fn show<T, D: Serialize>(
    here: &Here,
    reading: Reading<T>,
    document: impl FnOnce(&Disclosed<T>) -> D,
    plain: impl FnOnce(&Disclosed<T>) -> String,
) -> Result<()> {
    let shown = reading.map_err(|why| withheld(here, &why))?;
    if here.out.is_json() {
        here.out.document(&document(&shown))
    } else {
        here.out.line(plain(&shown))
    }
}

/// Nothing can be shown, and why.
pub(super) fn withheld(here: &Here, why: &NotShown) -> Error {
    Text::new("command-withheld").with("why", why.say(here.out.lang)).into()
}
