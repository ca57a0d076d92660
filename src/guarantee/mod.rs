//! The guarantees: what the staff and the customers are promised, checked on the live database and
//! its files.
//!
//! Nothing here is a policy. Each [`Guarantee`] is looked for in what is really stored: the tables
//! and columns that the database has, the keys of the JSON in them, the atoms, the two chains of
//! the journal, and the pages as they answer. The program's own opinion counts only where there is
//! nothing else to ask, and then the evidence says so.
//!
//! Anybody may look: `relais guarantees` prints the findings and fails when one does not hold, the
//! page `/guarantees` and `/.well-known/relais-guarantees.json` show those of the last check
//! ([`report`]). The numbers of an organisation are for its members: strangers read what is
//! promised, whether it holds and how that was looked for. What a check cannot show is said where
//! it is shown: who holds the database file can read raw rows; the guarantees are about the
//! product.
//!
//! Reading order: this file, [`report`] (what is kept of a check), [`figures`] (what the search
//! came to), [`store`] (what is read),
//! `check` (one function a guarantee), [`examine`] (all of them), [`dossier`] (the file for the
//! works council).

mod chains;
mod check;
pub mod dossier;
pub mod examine;
pub mod figures;
pub mod file;
pub mod report;
pub mod store;
pub mod web;

use crate::i18n::Text;

/// What is promised. The names are those of the design; programs may rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guarantee {
    /// No table, column, key or link knows a person who works there.
    NoPerson,
    /// A feed cannot bring one in.
    StrictFeeds,
    /// Nor can the log of a process tool.
    ToolLogs,
    /// Comments are redacted before anyone reads them.
    RedactedComments,
    /// Nothing is published of too few answers or too few people.
    MinimumSizes,
    /// Nothing under the floors can be worked out by subtraction.
    NoDifferencing,
    /// Everything published was searched for what could be worked out of too few people.
    Searched,
    /// Parts of the work that exclude each other share their team's people.
    SharedHeads,
    /// The service draws whom it asks.
    DrawnLinks,
    /// Imported answers stand beside no asked one.
    SeparateImports,
    /// One gate lets figures through.
    OneGate,
    /// The teams see a period before anyone else.
    TeamFirst,
    /// Settings have an author and a reason, and those that touch privacy wait.
    SettingsJournal,
    /// Who counts, and where, is announced, waits and can be objected to.
    StructureWaits,
    /// Whoever looks at a team's data is seen looking.
    LookingIsSeen,
    /// An organisation starts with a pilot.
    PilotFirst,
    /// Nothing orders sites or teams by a figure.
    NoRanking,
    /// There is a file for the works council and the data-protection officer.
    Dossier,
    /// No table holds the secret of a link.
    SecretLinks,
    /// Customers' addresses are encrypted and go.
    Addresses,
    /// Customers' pages set no cookie and ask nobody else.
    CustomerPages,
}

impl Guarantee {
    pub const ALL: [Self; 21] = [
        Self::NoPerson,
        Self::StrictFeeds,
        Self::ToolLogs,
        Self::RedactedComments,
        Self::MinimumSizes,
        Self::NoDifferencing,
        Self::Searched,
        Self::SharedHeads,
        Self::DrawnLinks,
        Self::SeparateImports,
        Self::OneGate,
        Self::TeamFirst,
        Self::SettingsJournal,
        Self::StructureWaits,
        Self::LookingIsSeen,
        Self::PilotFirst,
        Self::NoRanking,
        Self::Dossier,
        Self::SecretLinks,
        Self::Addresses,
        Self::CustomerPages,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::NoPerson => "no-person",
            Self::StrictFeeds => "strict-feeds",
            Self::ToolLogs => "tool-logs",
            Self::RedactedComments => "redacted-comments",
            Self::MinimumSizes => "minimum-sizes",
            Self::NoDifferencing => "no-differencing",
            Self::Searched => "searched",
            Self::SharedHeads => "shared-heads",
            Self::DrawnLinks => "drawn-links",
            Self::SeparateImports => "separate-imports",
            Self::OneGate => "one-gate",
            Self::TeamFirst => "team-first",
            Self::SettingsJournal => "settings-journal",
            Self::StructureWaits => "structure-waits",
            Self::LookingIsSeen => "looking-is-seen",
            Self::PilotFirst => "pilot-first",
            Self::NoRanking => "no-ranking",
            Self::Dossier => "dossier",
            Self::SecretLinks => "secret-links",
            Self::Addresses => "addresses",
            Self::CustomerPages => "customer-pages",
        }
    }

    pub fn promise(self) -> Text {
        Text::new(match self {
            Self::NoPerson => "guarantee-no-person",
            Self::StrictFeeds => "guarantee-strict-feeds",
            Self::ToolLogs => "guarantee-tool-logs",
            Self::RedactedComments => "guarantee-redacted-comments",
            Self::MinimumSizes => "guarantee-minimum-sizes",
            Self::NoDifferencing => "guarantee-no-differencing",
            Self::Searched => "guarantee-searched",
            Self::SharedHeads => "guarantee-shared-heads",
            Self::DrawnLinks => "guarantee-drawn-links",
            Self::SeparateImports => "guarantee-separate-imports",
            Self::OneGate => "guarantee-one-gate",
            Self::TeamFirst => "guarantee-team-first",
            Self::SettingsJournal => "guarantee-settings-journal",
            Self::StructureWaits => "guarantee-structure-waits",
            Self::LookingIsSeen => "guarantee-looking-is-seen",
            Self::PilotFirst => "guarantee-pilot-first",
            Self::NoRanking => "guarantee-no-ranking",
            Self::Dossier => "guarantee-dossier",
            Self::SecretLinks => "guarantee-secret-links",
            Self::Addresses => "guarantee-addresses",
            Self::CustomerPages => "guarantee-customer-pages",
        })
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|guarantee| guarantee.name() == name)
    }

    /// The promise in a few plain words, for whoever it was made to.
    pub fn plain(self) -> Text {
        Text::new(match self {
            Self::NoPerson => "guarantee-plain-no-person",
            Self::StrictFeeds => "guarantee-plain-strict-feeds",
            Self::ToolLogs => "guarantee-plain-tool-logs",
            Self::RedactedComments => "guarantee-plain-redacted-comments",
            Self::MinimumSizes => "guarantee-plain-minimum-sizes",
            Self::NoDifferencing => "guarantee-plain-no-differencing",
            Self::Searched => "guarantee-plain-searched",
            Self::SharedHeads => "guarantee-plain-shared-heads",
            Self::DrawnLinks => "guarantee-plain-drawn-links",
            Self::SeparateImports => "guarantee-plain-separate-imports",
            Self::OneGate => "guarantee-plain-one-gate",
            Self::TeamFirst => "guarantee-plain-team-first",
            Self::SettingsJournal => "guarantee-plain-settings-journal",
            Self::StructureWaits => "guarantee-plain-structure-waits",
            Self::LookingIsSeen => "guarantee-plain-looking-is-seen",
            Self::PilotFirst => "guarantee-plain-pilot-first",
            Self::NoRanking => "guarantee-plain-no-ranking",
            Self::Dossier => "guarantee-plain-dossier",
            Self::SecretLinks => "guarantee-plain-secret-links",
            Self::Addresses => "guarantee-plain-addresses",
            Self::CustomerPages => "guarantee-plain-customer-pages",
        })
    }

    pub fn group(self) -> Group {
        match self {
            Self::NoPerson | Self::StrictFeeds | Self::ToolLogs | Self::RedactedComments => {
                Group::Nobody
            }
            Self::MinimumSizes
            | Self::NoDifferencing
            | Self::Searched
            | Self::SharedHeads
            | Self::DrawnLinks
            | Self::SeparateImports
            | Self::OneGate
            | Self::NoRanking => Group::NeverTooFew,
            Self::TeamFirst
            | Self::SettingsJournal
            | Self::StructureWaits
            | Self::LookingIsSeen
            | Self::PilotFirst
            | Self::Dossier => Group::InTheOpen,
            Self::SecretLinks | Self::Addresses | Self::CustomerPages => Group::Customers,
        }
    }
}

/// What promises are about, in the order in which a page tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Nobody who works there is watched.
    Nobody,
    /// Nothing is told of too few people.
    NeverTooFew,
    /// Nothing happens behind their backs.
    InTheOpen,
    Customers,
}

impl Group {
    pub const ALL: [Self; 4] = [Self::Nobody, Self::NeverTooFew, Self::InTheOpen, Self::Customers];

    pub fn title(self) -> Text {
        Text::new(match self {
            Self::Nobody => "guarantee-group-nobody",
            Self::NeverTooFew => "guarantee-group-never-too-few",
            Self::InTheOpen => "guarantee-group-in-the-open",
            Self::Customers => "guarantee-group-customers",
        })
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub guarantee: Guarantee,
    /// What was looked at, with its numbers.
    pub seen: Vec<Text>,
    /// What of it anybody may read: how it was looked for, and numbers of what is public.
    pub open: Vec<Text>,
    /// What is not as it was promised: the guarantee holds when there is nothing.
    pub against: Vec<Text>,
}

impl Finding {
    fn of(guarantee: Guarantee) -> Self {
        Self { guarantee, seen: Vec::new(), open: Vec::new(), against: Vec::new() }
    }

    pub fn holds(&self) -> bool {
        self.against.is_empty()
    }

    #[must_use]
    fn seen(mut self, text: Text) -> Self {
        self.seen.push(text);
        self
    }

    /// Something that was looked at and that strangers read as well.
    #[must_use]
    fn open(mut self, text: Text) -> Self {
        self.open.push(text.clone());
        self.seen(text)
    }

    /// Something that strangers read in the place of what members read.
    #[must_use]
    fn instead(mut self, text: Text) -> Self {
        self.open.push(text);
        self
    }

    #[must_use]
    fn against(mut self, texts: impl IntoIterator<Item = Text>) -> Self {
        self.against.extend(texts);
        self
    }
}

/// How one of our own pages answered, as plain data: asked without a socket, by [`crate::wiring`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageAnswer {
    pub page: &'static str,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}
