//! What a mask hides, and what stands in its place.

use std::ops::Range;

use crate::i18n::Lang;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Name,
    Email,
    Phone,
    Plate,
    /// An order, invoice, customer or staff number.
    Number,
    /// An address on the web, or an account there.
    Link,
    /// A house in a street.
    Address,
    /// A date of birth.
    Birth,
    /// Words that point at somebody without a name.
    Pointer,
}

impl Kind {
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Email,
        Self::Phone,
        Self::Plate,
        Self::Number,
        Self::Link,
        Self::Address,
        Self::Birth,
        Self::Pointer,
    ];

    pub fn mask(self, lang: Lang) -> &'static str {
        match self {
            Self::Name => lang.of("[nom]", "[name]"),
            Self::Email => "[e-mail]",
            Self::Phone => lang.of("[téléphone]", "[phone]"),
            Self::Plate => lang.of("[plaque]", "[plate]"),
            Self::Number => lang.of("[numéro]", "[number]"),
            Self::Link => lang.of("[lien]", "[link]"),
            Self::Address => lang.of("[adresse]", "[address]"),
            Self::Birth => "[date]",
            Self::Pointer => lang.of("[personne]", "[person]"),
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "e-mail",
            Self::Phone => "phone",
            Self::Plate => "plate",
            Self::Number => "number",
            Self::Link => "link",
            Self::Address => "address",
            Self::Birth => "birth",
            Self::Pointer => "pointer",
        }
    }
}

/// One stretch of a text that must not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    pub at: Range<usize>,
    pub kind: Kind,
    /// What stands in its place, where that is more than the mask of its kind.
    pub instead: Option<String>,
}

impl Mask {
    pub(super) fn of(at: Range<usize>, kind: Kind) -> Self {
        Self { at, kind, instead: None }
    }
}
