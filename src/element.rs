//! The codes of a journey's elements: `step:X`, `handoff:A:B`, `promise:X`; and `steps:T` for the
//! steps of a team that are told together.
//!
//! They are the same everywhere: in files, in published cells, in pages and in the API.

use std::fmt;
use std::str::FromStr;

use sea_orm::DeriveValueType;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A part of a journey that points can be lost at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub enum Element {
    /// A frontstage step.
    Step(String),
    /// From one frontstage step to the next.
    Handoff(String, String),
    /// The handoffs that fewer than one journey in a hundred has, folded together.
    HandoffOther,
    /// The dates that a step gave or kept.
    Promise(String),
    /// The steps of a team that no journey meets together, where one person may do each of them:
    /// told as one, since none may be told by itself. No journey has it; only reports do.
    StepsOf(String),
}

impl Element {
    /// Whether customers are asked about it, as opposed to known from the log alone.
    pub fn is_rated(&self) -> bool {
        !matches!(self, Self::Promise(_))
    }

    /// One for a step or a promise, two for a handoff.
    pub fn steps(&self) -> Vec<&str> {
        match self {
            Self::Step(code) | Self::Promise(code) => vec![code],
            Self::Handoff(from, to) => vec![from, to],
            Self::HandoffOther | Self::StepsOf(_) => Vec::new(),
        }
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step(code) => write!(f, "step:{code}"),
            Self::Handoff(from, to) => write!(f, "handoff:{from}:{to}"),
            Self::HandoffOther => f.write_str("handoff:other"),
            Self::Promise(code) => write!(f, "promise:{code}"),
            Self::StepsOf(team) => write!(f, "steps:{team}"),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is none of step:X, handoff:A:B, promise:X")]
pub struct UnknownElement(String);

impl FromStr for Element {
    type Err = UnknownElement;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        read(code).ok_or_else(|| UnknownElement(code.to_owned()))
    }
}

fn read(code: &str) -> Option<Element> {
    match code.split_once(':')? {
        ("step", name) => Some(Element::Step(non_empty(name)?)),
        ("promise", name) => Some(Element::Promise(non_empty(name)?)),
        ("steps", team) => Some(Element::StepsOf(non_empty(team)?)),
        ("handoff", "other") => Some(Element::HandoffOther),
        ("handoff", pair) => {
            let (from, to) = pair.split_once(':')?;
            Some(Element::Handoff(non_empty(from)?, non_empty(to)?))
        }
        _ => None,
    }
}

fn non_empty(name: &str) -> Option<String> {
    (!name.is_empty()).then(|| name.to_owned())
}

impl Serialize for Element {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Element {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use crate::element::*;

    #[test]
    fn codes_round_trip_and_others_are_refused() {
        for code in
            ["step:WORK", "handoff:RECEP:WORK", "handoff:other", "promise:PLAN", "steps:desk"]
        {
            assert_eq!(code.parse::<Element>().map(|e| e.to_string()), Ok(code.to_owned()));
        }
        for code in ["", "step:", "handoff:A", "handoff::B", "team:A", "WORK"] {
            assert!(code.parse::<Element>().is_err(), "{code:?} must be refused");
        }
    }
}
