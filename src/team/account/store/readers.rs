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
    /// Where it reads; nowhere in particular for the process owner.
    memberships: Vec<Membership>,
}

impl Reader {
    /// Whether one of its memberships covers a place.
    pub fn covers(&self, place: &Place) -> bool {
        self.memberships.is_empty() || self.memberships.iter().any(|member| member.covers(place))
    }
}

/// Who reads for a team, or who is a process owner, and wants mail, in the order of their
/// accounts.
pub async fn readers(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    team: Option<&str>,
) -> Result<Vec<Reader>> {
    let role = if team.is_some() { Role::TeamMember } else { Role::ProcessOwner };
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
