//! Where: the network, one of its regions, one of its sites.

use std::fmt;
use std::str::FromStr;

use sea_orm::DeriveValueType;

/// Where journeys happened: whom a report is about, and whom an atom holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub enum Place {
    /// Everywhere; of an atom, the sites that nothing smaller could hold.
    Network,
    /// A region; of an atom, those of its sites that could not stand alone.
    Region(String),
    /// One site.
    Site(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network => f.write_str("network"),
            Self::Region(code) => write!(f, "region:{code}"),
            Self::Site(code) => write!(f, "site:{code}"),
        }
    }
}

/// A text that names no place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is none of network, region:R, site:S")]
pub struct UnknownPlace(pub String);

impl FromStr for Place {
    type Err = UnknownPlace;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            None if text == "network" => Ok(Self::Network),
            Some(("region", code)) if !code.is_empty() => Ok(Self::Region(code.to_owned())),
            Some(("site", code)) if !code.is_empty() => Ok(Self::Site(code.to_owned())),
            _ => Err(UnknownPlace(text.to_owned())),
        }
    }
}
