//! The names that teams have added themselves. They are kept as keyed hashes alone, so the
//! redactor can recognise a name and nobody can read the list.

use rustc_hash::FxHashSet;

use super::context::Context;
use super::lists::{self, Class};
use super::words::bare;
use crate::i18n::Lang;
use crate::token::Secret;

/// The longest name that is recognised, in words.
pub const LONGEST: usize = 4;

/// A name as it is hashed: its words without case, accents or hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StaffName(String);

impl StaffName {
    /// The names that a line stands for: the whole, and of several words each by itself, unless it
    /// is a word or a place that comments use anyway; those are left to what stands around them.
    /// `None` where there is no name in it, or more than [`LONGEST`] words.
    pub fn parse(line: &str) -> Option<Vec<Self>> {
        let parts = parts(line);
        if parts.is_empty() || parts.len() > LONGEST || parts.iter().all(|part| part.len() < 2) {
            return None;
        }
        let is_only_a_name = |part: &String| {
            let class = |lang: &Lang| lists::class(part, *lang);
            Lang::ALL
                .iter()
                .map(class)
                .all(|class| matches!(class, Class::FirstName | Class::Surname | Class::Unknown))
        };
        let alone = parts
            .iter()
            .filter(|part| parts.len() > 1 && part.len() > 2 && is_only_a_name(part))
            .cloned();
        let mut names: Vec<Self> = alone.map(Self).collect();
        names.push(Self(parts.join(" ")));
        names.sort();
        names.dedup();
        Some(names)
    }

    /// The hash that is stored, salted by the team, so that two teams with the same name do not
    /// show it.
    pub fn digest(&self, secret: &Secret, team: &str) -> [u8; 16] {
        secret.name_key(team, &self.0)
    }
}

fn parts(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(bare)
        .collect()
}

/// The names that the teams of an organisation have added.
#[derive(Clone, Debug, Default)]
pub struct TeamNames {
    secret: Option<Secret>,
    teams: Vec<String>,
    digests: FxHashSet<[u8; 16]>,
}

impl TeamNames {
    /// The names behind these hashes, each with its team.
    pub fn new(secret: Secret, digests: impl IntoIterator<Item = (String, [u8; 16])>) -> Self {
        let mut names = Self { secret: Some(secret), ..Self::default() };
        for (team, digest) in digests {
            names.digests.insert(digest);
            names.teams.push(team);
        }
        names.teams.sort();
        names.teams.dedup();
        names
    }

    /// How many words from here on are a name that a team has added.
    pub(super) fn longest_at(&self, reading: &Context<'_>, at: usize) -> Option<usize> {
        let secret = self.secret.as_ref().filter(|_| !self.digests.is_empty())?;
        let (mut name, mut longest) = (String::new(), None);
        for (n, word) in reading.words[at..].iter().take(LONGEST).enumerate() {
            if n > 0 && !(reading.follows(at + n) || word.before == ". ") {
                break;
            }
            for part in parts(&word.bare) {
                name = if name.is_empty() { part } else { format!("{name} {part}") };
            }
            if self.teams.iter().any(|team: &String| {
                self.digests.contains(&StaffName(name.clone()).digest(secret, team))
            }) {
                longest = Some(n + 1);
            }
        }
        longest
    }
}
