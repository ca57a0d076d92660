//! Publishing a questionnaire: what is missing blocks it, and the settings journal says who
//! published it and why, in the same transaction. From then on customers are asked this version.

use serde_json::{Map, Value, json};

use super::wording::{Gap, Part, Wording};
use super::{Questionnaire, store};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::{Lang, Text};
use crate::id::OrganisationId;
use crate::journal::{self, Author, Entry, Reason};

#[derive(Clone, Debug)]
pub struct Publishing {
    pub author: Author,
    pub reason: Reason,
    /// Also the instant from which the version is asked.
    pub now: Instant,
    /// How many parts are asked about, where that is to change with it.
    pub parts_asked: Option<usize>,
}

/// Publishes the draft of a journey type. Where there has never been a version of ours, the
/// standard one is published.
pub async fn publish(
    db: &Db,
    organisation: OrganisationId,
    journey_type: String,
    publishing: Publishing,
) -> Result<Questionnaire> {
    db.write(move |tx| {
        Box::pin(async move {
            let (key, now) = ((organisation, journey_type.as_str()), publishing.now);
            let before = store::in_force(tx, organisation, &journey_type).await?;
            let draft = store::draft(tx, organisation, &journey_type).await?;
            let draft = match (draft, &before, publishing.parts_asked) {
                (Some(draft), _, None) => draft,
                (None, Some(before), None) => {
                    return Err(Text::new("survey-no-draft")
                        .with("version", before.version)
                        .into());
                }
                (draft, before, parts_asked) => {
                    let known = draft.or_else(|| before.clone()).map(|known| known.wording);
                    let mut wording = known.unwrap_or_default();
                    wording.parts_asked = parts_asked.unwrap_or(wording.parts_asked);
                    store::save_draft(tx, key, wording, now).await?
                }
            };
            if let Some(refusal) = incomplete(&draft.wording.gaps()) {
                return Err(refusal.into());
            }
            store::mark_published(tx, key, draft.version, now).await?;
            let entry = Entry {
                at: now,
                author: publishing.author,
                subject: format!("questionnaire:{journey_type}"),
                before: before.as_ref().map(summary),
                after: Some(summary(&draft)),
                reason: publishing.reason,
                effective_at: now,
            };
            journal::store::append(tx, organisation, entry).await?;
            Ok(Questionnaire { published_at: Some(now), ..draft })
        })
    })
    .await
}

/// What blocks publishing, by the names of the fields.
fn incomplete(gaps: &[Gap]) -> Option<Text> {
    let missing: Vec<String> =
        gaps.iter().map(|gap| format!("{}.{}", gap.part.code(), gap.lang.tag())).collect();
    (!missing.is_empty()).then(|| Text::new("survey-gaps").with("missing", missing.join(", ")))
}

/// A version as the journal keeps it: what is offered, and what the administrator worded.
pub fn summary(questionnaire: &Questionnaire) -> Value {
    let wording = &questionnaire.wording;
    let tags: Vec<&str> = wording.languages.iter().map(|lang| lang.tag()).collect();
    let mut fields = Map::new();
    fields.insert("version".to_owned(), questionnaire.version.into());
    fields.insert("languages".to_owned(), tags.join(", ").into());
    if wording.frictions.len() < super::Friction::ALL.len() {
        let offered: Vec<&str> = wording.frictions.keys().map(|friction| friction.code()).collect();
        fields.insert("frictions".to_owned(), offered.join(", ").into());
    }
    if wording.parts_asked != Wording::default().parts_asked {
        fields.insert("parts_asked".to_owned(), wording.parts_asked.into());
    }
    fields.extend(wording.parts().iter().filter_map(|part| own_words(wording, part)));
    Value::Object(fields)
}

fn own_words(wording: &Wording, part: &Part) -> Option<(String, Value)> {
    let phrase = wording.phrase(part).filter(|phrase| !phrase.is_blank())?;
    let texts = Lang::ALL
        .into_iter()
        .filter_map(|lang| Some((lang.tag().to_owned(), json!(phrase.said(lang)?))));
    Some((part.code(), Value::Object(texts.collect())))
}
