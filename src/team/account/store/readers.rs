//! Who is written to about what a team reads.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::{all, set};
use crate::error::Result;
use crate::i18n::Lang;
use crate::id::OrganisationId;
use crate::place::Place;
use crate::schema::account;
use crate::team::session::store::memberships;
use crate::team::{Membership, Role};

/// Somebody who is written to about what a team reads.
#[derive(Clone, Debug)]
pub struct Reader {
    pub account: i64,
    pub address: String,
    pub lang: Lang,
    /// Where it reads; nowhere in particular for who is of no team.
    memberships: Vec<Membership>,
}

impl Reader {
    /// Whether one of its memberships covers a place.
    pub fn covers(&self, place: &Place) -> bool {
        self.memberships.is_empty() || self.memberships.iter().any(|member| member.covers(place))
    }
}

/// For whom a mail is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readership<'a> {
    /// The members of a team.
    Team(&'a str),
    ProcessOwners,
    Representatives,
}

impl<'a> Readership<'a> {
    pub fn team(self) -> Option<&'a str> {
        match self {
            Self::Team(team) => Some(team),
            Self::ProcessOwners | Self::Representatives => None,
        }
    }

    fn role(self) -> Role {
        match self {
            Self::Team(_) => Role::TeamMember,
            Self::ProcessOwners => Role::ProcessOwner,
            Self::Representatives => Role::Representative,
        }
    }
}

/// Who of a readership wants mail, in the order of their accounts.
pub async fn readers(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    readership: Readership<'_>,
) -> Result<Vec<Reader>> {
    let (role, team) = (readership.role(), readership.team());
    let mut readers = Vec::new();
    for row in
        all(connection, organisation).await?.into_iter().filter(|row| row.mails && row.role == role)
    {
        let mut memberships = memberships(connection, &row).await?;
        memberships.retain(|member| team.is_none_or(|team| member.team == team));
        if team.is_none() || !memberships.is_empty() {
            readers.push(Reader {
                account: row.id,
                address: row.email,
                lang: row.locale,
                memberships,
            });
        }
    }
    Ok(readers)
}

/// Whether an account wants mail about its teams from now on.
pub async fn want_mails(
    tx: &DatabaseTransaction,
    organisation: OrganisationId,
    id: i64,
    wanted: bool,
) -> Result<()> {
    set(tx, organisation, id, account::Column::Mails, wanted).await
}
