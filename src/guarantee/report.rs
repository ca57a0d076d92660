//! What is kept and shown of a check: for programs and for both languages at once, since whoever
//! reads it later chooses the language then.

use serde::{Deserialize, Serialize};

use super::Finding;
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

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// RFC 3339 in UTC.
    pub checked_at: String,
    pub version: String,
    pub build: String,
    pub holds: bool,
    pub guarantees: Vec<Line>,
    pub seals: Vec<Seal>,
}

impl Report {
    pub fn of(findings: &[Finding], seals: Vec<Seal>, build: &str, now: Instant) -> Self {
        Self {
            checked_at: rfc3339(now),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            build: build.to_owned(),
            holds: findings.iter().all(Finding::holds),
            guarantees: findings.iter().map(line).collect(),
            seals,
        }
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
        against: in_both(&finding.against),
    }
}

fn in_both(texts: &[Text]) -> Bilingual<Vec<String>> {
    Bilingual::of(|lang| texts.iter().map(|text| text.say(lang)).collect())
}
