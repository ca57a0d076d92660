//! What is kept and shown of a check: for programs and for both languages at once, since whoever reads it later chooses
//! the language then.

use serde::{Deserialize, Serialize};

use super::Finding;
use crate::calendar::rfc3339;
use crate::clock::Instant;
use crate::i18n::{Lang, Text};
use crate::id::OrganisationId;
use crate::journal::Found;

/// The same in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Both<T> {
    /// In French.
    pub fr: T,
    /// In English.
    pub en: T,
}

impl<T> Both<T> {
    fn of(said: impl Fn(Lang) -> T) -> Self {
        Self { fr: said(Lang::Fr), en: said(Lang::En) }
    }

    /// In one language.
    pub fn said(&self, lang: Lang) -> &T {
        lang.of(&self.fr, &self.en)
    }
}

/// One guarantee as it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its name for programs.
    pub name: String,
    /// Whether it holds.
    pub holds: bool,
    /// What is promised.
    pub promise: Both<String>,
    /// What was looked at, with its numbers.
    pub seen: Both<Vec<String>>,
    /// What is not as it was promised.
    pub against: Both<Vec<String>>,
}

/// The newest seal of a chain. Whoever keeps it notices later when entries were cut off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// The tenant.
    pub organisation: OrganisationId,
    /// `journal_entry` or `access_entry`.
    pub chain: String,
    /// How many entries there were.
    pub entries: u64,
    /// The hash of the newest.
    pub last: String,
}

impl Seal {
    /// The seal of a chain that is whole and has entries.
    pub fn of(organisation: OrganisationId, chain: &str, found: &Found) -> Option<Self> {
        match found {
            Found::Whole { entries, last } if *entries > 0 => Some(Self {
                organisation,
                chain: chain.to_owned(),
                entries: *entries,
                last: last.clone(),
            }),
            _ => None,
        }
    }
}

/// A whole check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// When, as RFC 3339 in UTC.
    pub checked_at: String,
    /// The version of the program that checked.
    pub version: String,
    /// The SHA-256 of the program that checked.
    pub build: String,
    /// Whether every guarantee holds.
    pub holds: bool,
    /// Each of them.
    pub guarantees: Vec<Line>,
    /// The newest seals.
    pub seals: Vec<Seal>,
}

impl Report {
    /// A report of what was found.
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

    /// Whether all hold, in one sentence.
    pub fn summary(&self) -> Text {
        match self.broken().len() {
            0 => Text::new("guarantee-all-hold").with("count", self.guarantees.len()),
            broken => Text::new("guarantee-some-broken")
                .with("broken", broken)
                .with("count", self.guarantees.len()),
        }
    }

    /// The names of those that do not hold.
    pub fn broken(&self) -> Vec<&str> {
        self.guarantees.iter().filter(|line| !line.holds).map(|line| line.name.as_str()).collect()
    }
}

fn line(finding: &Finding) -> Line {
    let all = |texts: &[Text]| Both::of(|lang| texts.iter().map(|text| text.say(lang)).collect());
    Line {
        name: finding.guarantee.name().to_owned(),
        holds: finding.holds(),
        promise: Both::of(|lang| finding.guarantee.promise().say(lang)),
        seen: all(&finding.seen),
        against: all(&finding.against),
    }
}
