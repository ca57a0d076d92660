//! What a key allows its program to do, and with whose eyes it reads.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, Refusal, Result};
use crate::i18n::Text;
use crate::privacy::Eyes;

/// What a program may do. A route for programs asks for one of these, and there are no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    EventsWrite,
    BreakdownRead,
}

impl Scope {
    pub const ALL: [Self; 2] = [Self::EventsWrite, Self::BreakdownRead];

    /// As it is stored and typed.
    pub fn code(self) -> &'static str {
        match self {
            Self::EventsWrite => "events:write",
            Self::BreakdownRead => "breakdown:read",
        }
    }

    pub fn meaning(self) -> Text {
        Text::new(match self {
            Self::EventsWrite => "team-scope-events-write",
            Self::BreakdownRead => "team-scope-breakdown-read",
        })
    }

    /// Whether it shows figures, so that somebody's eyes are needed.
    fn reads(self) -> bool {
        self == Self::BreakdownRead
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Scope {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|scope| scope.code() == text);
        found.ok_or_else(|| refused("scope", Text::new("team-unknown-scope").with("scope", text)))
    }
}

/// What a key allows: at least one thing, and eyes exactly where it reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    scopes: Vec<Scope>,
    eyes: Option<Eyes>,
}

impl Grant {
    pub fn events() -> Self {
        Self { scopes: vec![Scope::EventsWrite], eyes: None }
    }

    pub fn reading(eyes: Eyes) -> Self {
        Self { scopes: vec![Scope::BreakdownRead], eyes: Some(eyes) }
    }

    pub fn parse<'a>(
        scopes: impl IntoIterator<Item = &'a str>,
        eyes: Option<&str>,
    ) -> Result<Self> {
        let mut scopes = scopes.into_iter().map(str::parse).collect::<Result<Vec<Scope>>>()?;
        scopes.sort_unstable();
        scopes.dedup();
        let eyes = eyes.map(parse_eyes).transpose()?;
        match (scopes.is_empty(), scopes.iter().any(|scope| scope.reads()), &eyes) {
            (true, ..) => Err(refused("scope", Text::new("team-key-no-scope"))),
            (_, true, None) => Err(refused("eyes", Text::new("team-key-needs-eyes"))),
            (_, false, Some(_)) => Err(refused("eyes", Text::new("team-key-needs-no-eyes"))),
            _ => Ok(Self { scopes, eyes }),
        }
    }

    pub fn has(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }

    pub fn eyes(&self) -> Option<&Eyes> {
        self.eyes.as_ref()
    }

    /// In one line, as they are stored.
    pub fn scopes(&self) -> String {
        self.scopes.iter().map(|scope| scope.code()).collect::<Vec<_>>().join(" ")
    }
}

fn parse_eyes(text: &str) -> Result<Eyes> {
    let unknown = |_| refused("eyes", Text::new("team-unknown-eyes").with("eyes", text));
    text.parse().map_err(unknown)
}

pub(super) fn refused(field: &'static str, text: Text) -> Error {
    Refusal::new(text).in_field(field).into()
}

#[cfg(test)]
mod tests {
    use crate::team::key::grant::*;

    fn parse(scopes: &[&str], eyes: Option<&str>) -> Result<Grant> {
        Grant::parse(scopes.iter().copied(), eyes)
    }

    #[test]
    fn codes_are_read_as_they_are_written() {
        for scope in Scope::ALL {
            assert_eq!(scope.code().parse::<Scope>().unwrap(), scope);
        }
        for eyes in [Eyes::Owner, Eyes::Team("a:b".into())] {
            assert_eq!(eyes.to_string().parse::<Eyes>().unwrap(), eyes);
        }
        assert!(
            "team:".parse::<Eyes>().is_err()
                && "Owner".parse::<Eyes>().is_err()
                && "*".parse::<Scope>().is_err()
        );
    }

    #[test]
    fn a_key_has_eyes_exactly_where_it_reads() {
        assert_eq!(parse(&["events:write", "events:write"], None).unwrap(), Grant::events());
        let both = parse(&["breakdown:read", "events:write"], Some("team:planning")).unwrap();
        assert_eq!(both.scopes(), "events:write breakdown:read");
        assert!(both.has(Scope::EventsWrite) && both.has(Scope::BreakdownRead));
        for (scopes, eyes) in [
            (&[][..], None),
            (&["breakdown:read"], None),
            (&["events:write"], Some("owner")),
            (&["breakdown:read"], Some("everybody")),
            (&["everything"], None),
        ] {
            assert!(parse(scopes, eyes).is_err(), "{scopes:?} {eyes:?}");
        }
    }
}
