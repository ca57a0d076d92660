//! Words that stand for one of a few things, in columns and in what is typed.

use std::fmt;

use sea_orm::{DbErr, DeriveValueType, TryFromU64};

use crate::element::Element;
use crate::place::Place;

/// A closed list: each with its word. What it means and does stands in its domain.
macro_rules! codes {
    ($($(#[$about:meta])* $name:ident {
        $($(#[$meaning:meta])* $variant:ident = $code:literal,)+
    })+) => {$(
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType,
        )]
        #[sea_orm(value_type = "String", from_str = "Self::stored")]
        pub enum $name {
            $($(#[$meaning])* $variant,)+
        }

        impl $name {
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$variant),+];

            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            pub fn of_code(code: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|known| known.code() == code)
            }

            fn stored(code: &str) -> Result<Self, UnknownCode> {
                Self::of_code(code).ok_or_else(|| UnknownCode(code.to_owned()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.code())
            }
        }
    )+};
}

#[derive(Debug, thiserror::Error)]
#[error("{0:?} stands for nothing here")]
struct UnknownCode(String);

codes! {
    /// What an account is for.
    Role {
        /// Sets the service up; reads no figure.
        Administrator = "administrator",
        /// Reads the network, after the teams.
        ProcessOwner = "owner",
        /// Reads for its teams, first.
        TeamMember = "member",
        /// Reads the guarantees, the settings journal and the access log.
        Representative = "representative",
    }

    /// What became of a journey whose customer could be asked.
    Decision {
        /// The customer is asked.
        Invited = "invited",
        /// Chance passed them over, as the sampling rate says.
        SampledOut = "sampled-out",
        /// Their address was written to not long ago.
        Resting = "resting",
        /// Nobody may write to their address any more.
        OptedOut = "opted-out",
        /// Nobody told us how to reach them.
        NoAddress = "no-address",
        /// Only a telephone is known: a link is for another sender.
        Phone = "phone",
        /// They met nothing that they could be asked about.
        NothingToAsk = "nothing-to-ask",
        /// The journey was over for too long when we looked at it.
        TooOld = "too-old",
        /// No questionnaire was published when the journey was over.
        NotAsking = "not-asking",
    }

    /// What became of a mail in the outbox.
    MailState {
        Waiting = "waiting",
        /// Somebody has it in hand, until their lease ends.
        Sending = "sending",
        /// A server took it.
        Sent = "sent",
        /// No server will take it.
        Refused = "refused",
        /// Whoever had it in hand has gone: it may have been sent, and is not sent twice.
        Unknown = "unknown",
        Cancelled = "cancelled",
    }

    /// How far a comment has come.
    CommentState {
        /// As it was written; nobody reads it.
        Held = "held",
        /// Redacted, with a release.
        Released = "released",
    }

    /// What became of an action.
    ActionState {
        /// It is being tried.
        Open = "open",
        /// It stays.
        Kept = "kept",
        /// Another took its place.
        Changed = "changed",
        /// It ends.
        Dropped = "dropped",
        /// The process owner is asked to decide.
        Passed = "passed",
    }
}

/// What stands in a primary key says what a number counted by the database would mean: nothing.
macro_rules! never_counted {
    ($($name:ident)+) => {$(
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )+};
}

never_counted! { Element Place }
