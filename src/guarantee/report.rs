//! What is kept and shown of a check: for programs and for both languages at once, since whoever
//! reads it later chooses the language then.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Finding;
use super::figures::SearchFigures;
use crate::calendar::rfc3339;
use crate::clock::Instant;
use crate::i18n::{Lang, Text};
use crate::id::OrganisationId;
use crate::journal::ChainState;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual<T> {
    pub fr: T,
    pub en: T,
}

impl<T> Bilingual<T> {
    fn of(say: impl Fn(Lang) -> T) -> Self {
        Self { fr: say(Lang::Fr), en: say(Lang::En) }
    }

    pub fn of_lang(&self, lang: Lang) -> &T {
        lang.of(&self.fr, &self.en)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub name: String,
    pub holds: bool,
    pub promise: Bilingual<String>,
    pub seen: Bilingual<Vec<String>>,
    /// What of it strangers read.
    pub open: Bilingual<Vec<String>>,
    pub against: Bilingual<Vec<String>>,
}

/// The newest hash of a chain. Whoever keeps it notices later when entries were cut off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    pub organisation: OrganisationId,
    /// `journal_entry` or `access_entry`.
    pub chain: String,
    pub entries: u64,
    pub last: String,
}

impl Seal {
    /// `None` unless the chain is whole and has entries.
    pub fn of(organisation: OrganisationId, chain: &str, found: &ChainState) -> Option<Self> {
        match found {
            ChainState::Whole { entries, last } if *entries > 0 => Some(Self {
                organisation,
                chain: chain.to_owned(),
                entries: *entries,
                last: last.clone(),
            }),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// RFC 3339 in UTC.
    pub checked_at: String,
    pub version: String,
    pub build: String,
    pub holds: bool,
    pub guarantees: Vec<Line>,
    pub search: SearchFigures,
    pub seals: Vec<Seal>,
}

impl Report {
    pub fn of(
        findings: &[Finding],
        search: SearchFigures,
        seals: Vec<Seal>,
        build: &str,
        now: Instant,
    ) -> Self {
        Self {
            checked_at: rfc3339(now),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            build: build.to_owned(),
            holds: findings.iter().all(Finding::holds),
            guarantees: findings.iter().map(line).collect(),
            search,
            seals,
        }
    }

    /// What anybody may read of it: what is promised and whether it holds, how it was looked for,
    /// and numbers of what is public. Not what is against it, which may name a place, nor seals,
    /// which count entries.
    pub fn open(&self) -> Value {
        let lines = self.guarantees.iter().map(|line| {
            json!({
                "name": line.name, "holds": line.holds, "promise": line.promise,
                "seen": line.open,
            })
        });
        json!({
            "checked_at": self.checked_at, "version": self.version, "build": self.build,
            "holds": self.holds, "guarantees": lines.collect::<Vec<_>>(),
            "search": self.search.open,
        })
    }

    pub fn summary(&self) -> Text {
        match self.broken().len() {
            0 => Text::new("guarantee-all-hold").with("count", self.guarantees.len()),
            broken => Text::new("guarantee-some-broken")
                .with("broken", broken)
                .with("count", self.guarantees.len()),
        }
    }

    pub fn broken(&self) -> Vec<&str> {
        self.guarantees.iter().filter(|line| !line.holds).map(|line| line.name.as_str()).collect()
    }
}

fn line(finding: &Finding) -> Line {
    Line {
        name: finding.guarantee.name().to_owned(),
        holds: finding.holds(),
        promise: Bilingual::of(|lang| finding.guarantee.promise().say(lang)),
        seen: in_both(&finding.seen),
        open: in_both(&finding.open),
        against: in_both(&finding.against),
    }
}

fn in_both(texts: &[Text]) -> Bilingual<Vec<String>> {
    Bilingual::of(|lang| texts.iter().map(|text| text.say(lang)).collect())
}
