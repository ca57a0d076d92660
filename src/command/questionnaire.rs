//! `relais questionnaire`: what customers are asked, and from when.

use crate::blueprint;
use crate::calendar::rfc3339;
use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::journal::{Author, Reason};
use crate::survey::publishing::{Publishing, publish, summary};
use crate::survey::store::{self, Recorded};
use serde_json::{Value, json};

use super::context::Here;

#[derive(clap::Subcommand)]
pub(super) enum Verb {
    Show(ShowArgs),
    /// Publishes the draft, or ours where there is none: from then on customers are asked.
    Publish(PublishArgs),
}

#[derive(clap::Args)]
pub(super) struct ShowArgs {
    #[arg(long, value_name = "CODE")]
    journey_type: String,
}

#[derive(clap::Args)]
pub(super) struct PublishArgs {
    #[arg(long, value_name = "CODE")]
    journey_type: String,
    #[arg(long)]
    reason: String,
    /// How many parts of the journey are asked about.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(2..=5))]
    parts: Option<u8>,
}

/// Shows the versions of a questionnaire, or publishes its draft.
pub(super) async fn run(here: &Here, verb: Verb) -> Result<()> {
    match verb {
        Verb::Show(args) => {
            known(here, &args.journey_type).await?;
            show(here, &args.journey_type).await
        }
        Verb::Publish(args) => {
            known(here, &args.journey_type).await?;
            let now = here.app.clock.now();
            let publishing = Publishing {
                author: Author::command_line(),
                reason: Reason::parse(&args.reason)?,
                now,
                parts_asked: args.parts.map(usize::from),
            };
            let code = args.journey_type.clone();
            let asked =
                publish(&here.app.db, here.organisation, args.journey_type, publishing).await?;
            let text = Text::new("command-questionnaire-published").with("type", code.as_str());
            here.out.say(&text.with("version", asked.version))?;
            here.out.document(&json!({ "journey_type": code, "version": asked.version }))
        }
    }
}

/// Refuses a journey type that is none.
async fn known(here: &Here, code: &str) -> Result<()> {
    let types = blueprint::store::types(here.app.db.reader(), here.organisation).await?;
    if types.iter().any(|known| known == code) {
        Ok(())
    } else if types.is_empty() {
        Err(Text::new("command-nothing-to-publish").into())
    } else {
        let text = Text::new("breakdown-unknown-journey-type").with("code", code);
        Err(text.with("known", types.join(", ")).into())
    }
}

async fn show(here: &Here, journey_type: &str) -> Result<()> {
    let versions = store::history(here.app.db.reader(), here.organisation, journey_type).await?;
    let asked = store::in_force(here.app.db.reader(), here.organisation, journey_type).await?;
    let asked = asked.map(|asked| asked.version);
    if versions.is_empty() {
        here.out.say(&Text::new("command-questionnaire-none"))?;
    }
    for version in &versions {
        let (key, at) = state(version, asked);
        let text =
            Text::new(key).with("version", version.questionnaire.version).with("at", rfc3339(at));
        here.out.say(&text)?;
        for (part, said) in own_words(version)? {
            here.out.line(format!("    {part}: {said}"))?;
        }
    }
    let documents = versions.iter().map(|version| document(version, asked)).collect::<Vec<Value>>();
    here.out.document(
        &json!({ "journey_type": journey_type, "in_force": asked, "versions": documents }),
    )
}

/// What a version is, in the words of its text, and since when.
fn state(version: &Recorded, asked: Option<i32>) -> (&'static str, i64) {
    use crate::survey::Design;
    match (version.questionnaire.design, version.questionnaire.published_at) {
        (Design::Observed, _) => ("command-questionnaire-imported", version.created_at),
        (Design::Drawn, None) => ("command-questionnaire-draft", version.created_at),
        (Design::Drawn, Some(at)) if asked == Some(version.questionnaire.version) => {
            ("command-questionnaire-in-force", at)
        }
        (Design::Drawn, Some(at)) => ("command-questionnaire-replaced", at),
    }
}

/// What the administrator worded, and what is offered.
fn own_words(version: &Recorded) -> Result<Vec<(String, String)>> {
    let Value::Object(fields) = summary(&version.questionnaire) else {
        return Err(Error::Internal("a version is told as an object".to_owned()));
    };
    let others = fields.into_iter().filter(|(name, _)| name != "version");
    let words = others.map(|(name, value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        (name, value)
    });
    Ok(words.collect())
}

fn document(version: &Recorded, asked: Option<i32>) -> Value {
    let (key, _) = state(version, asked);
    let mut document = summary(&version.questionnaire);
    document["state"] = key.trim_start_matches("command-questionnaire-").into();
    document["created_at"] = rfc3339(version.created_at).into();
    document["published_at"] = version.questionnaire.published_at.map(rfc3339).into();
    document
}
