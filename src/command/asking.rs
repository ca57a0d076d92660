//! `relais asking` and `relais rates`: whom a journey type asks, and what came of it.

use crate::blueprint;
use crate::calendar::Week;
use crate::error::{Error, Refusal, Result};
use crate::i18n::{Text, Words, count};
use crate::invitation::rates::{self, Rates};
use crate::invitation::rules::{Field, Rules, RulesInput};
use crate::invitation::store;
use crate::journal::{Author, Reason};
use jiff::civil::Date;
use serde_json::json;

use super::context::Here;

#[derive(clap::Args)]
pub(super) struct AskingArgs {
    #[arg(long, value_name = "CODE")]
    journey_type: String,
    #[arg(long, value_name = "PERCENT")]
    rate: Option<String>,
    #[arg(long, value_name = "HOURS")]
    delay_hours: Option<String>,
    #[arg(long, value_name = "FROM-UNTIL")]
    quiet: Option<String>,
    #[arg(long, value_name = "DAYS")]
    reminder_days: Option<String>,
    #[arg(long, value_name = "DAYS")]
    rest_days: Option<String>,
    #[arg(long, value_name = "DAYS")]
    link_days: Option<String>,
    #[arg(long)]
    reason: Option<String>,
}

#[derive(clap::Args)]
pub(super) struct RatesArgs {
    #[arg(long, value_name = "CODE")]
    journey_type: String,
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
}

/// Shows the rules in force, or changes those that are given.
pub(super) async fn asking(here: &Here, args: AskingArgs) -> Result<()> {
    let code = args.journey_type.clone();
    must_exist(here, &code).await?;
    let in_force = store::rules::read(here.app.db.reader(), here.organisation, &code).await?;
    let asked = asked(args)?;
    if asked.is_empty() {
        return show(here, &code, &in_force, false);
    }
    let rules = asked.over(&in_force).map_err(|problems: Vec<Refusal>| {
        problems.into_iter().next().map_or_else(nothing_wrong, Error::from)
    })?;
    let reason = Reason::parse(asked.reason.as_deref().unwrap_or_default())?;
    let by = (Author::command_line(), reason, here.app.clock.now());
    let (organisation, changed, of) = (here.organisation, rules, code.clone());
    let write = here.app.db.write(move |tx| {
        Box::pin(async move { store::rules::change(tx, organisation, &of, &changed, by).await })
    });
    let changed = write.await?;
    here.out.say(&Text::new(if changed { "asking-changed" } else { "asking-unchanged" }))?;
    show(here, &code, &rules, changed)
}

fn nothing_wrong() -> Error {
    Error::Internal("rules were refused for no reason".to_owned())
}

fn asked(args: AskingArgs) -> Result<RulesInput> {
    let ends = args.quiet.as_deref().map(|quiet| {
        let ends = quiet
            .split_once('-')
            .map(|(from, until)| (Some(from.to_owned()), Some(until.to_owned())));
        ends.ok_or_else(|| Refusal::new(Text::new("asking-bad-quiet")).in_field("--quiet"))
    });
    let (quiet_from, quiet_until) = ends.transpose()?.unwrap_or_default();
    Ok(RulesInput {
        rate_percent: args.rate,
        delay_hours: args.delay_hours,
        quiet_from,
        quiet_until,
        reminder_days: args.reminder_days,
        rest_days: args.rest_days,
        link_days: args.link_days,
        reason: args.reason,
    })
}

async fn must_exist(here: &Here, code: &str) -> Result<()> {
    let known = blueprint::store::types(here.app.db.reader(), here.organisation).await?;
    if known.iter().any(|known| known == code) {
        Ok(())
    } else {
        let text = Text::new("breakdown-unknown-journey-type").with("code", code);
        Err(text.with("known", known.join(", ")).into())
    }
}

fn show(here: &Here, code: &str, rules: &Rules, changed: bool) -> Result<()> {
    for field in Field::ALL {
        here.out.line(format!("  {:>4}  {}", field.of(rules), field.label().say(here.out.lang)))?;
    }
    here.out.document(&json!({ "journey_type": code, "rules": rules, "changed": changed }))
}

/// Prints what came of asking, by the week in which journeys were over.
pub(super) async fn rates(here: &Here, args: RatesArgs) -> Result<()> {
    must_exist(here, &args.journey_type).await?;
    let of = store::rates::Of {
        organisation: here.organisation,
        journey_type: &args.journey_type,
        now: here.app.clock.now(),
    };
    let from = args.from.map_or(Week(i32::MIN), Week::of);
    let to = args.to.map_or(Week(i32::MAX), Week::of);
    let rates = store::rates::between(here.app.db.reader(), of, from, to).await?;
    lines(here, &rates)?;
    here.out.document(&rates::document(&args.journey_type, &rates))
}

fn lines(here: &Here, rates: &Rates) -> Result<()> {
    let (out, w) = (&here.out, Words(here.out.lang));
    if rates.weeks.is_empty() {
        return out.say(&Text::new("asking-no-weeks"));
    }
    for week in &rates.weeks {
        let counts = &week.counts;
        let answered = counts.finished + counts.partial;
        let rate =
            week.rate().map_or_else(|| w.say("asking-no-rate"), |rate| rate.text(w.0).say(w.0));
        let told = Text::new("asking-line")
            .with("day", week.week.monday().to_string())
            .with("decided", count(w.0, week.decided()))
            .with("invited", count(w.0, week.invited()))
            .with("delivered", count(w.0, counts.delivered))
            .with("answered", count(w.0, answered))
            .with("rate", rate);
        out.say(&told)?;
        for (code, count) in week.reasons() {
            out.line(format!("    {}", rates::reason(code, count).say(w.0)))?;
        }
    }
    for failure in &rates.failures {
        out.line(format!(
            "{:>8}  {} ({})",
            count(w.0, failure.count),
            failure.code,
            failure.state
        ))?;
    }
    Ok(())
}
