//! Whether an account wants mail about its teams: what a mail says of it, and the link that turns it off with one click.
//!
//! The link holds the number of the account and a keyed hash of it, so that no table has to; it opens nothing else.

pub mod web;

use data_encoding::BASE32_NOPAD;

use crate::id::OrganisationId;
use crate::token::Secret;

/// The secret part of an account's link.
pub fn token(secret: &Secret, organisation: OrganisationId, account: i64) -> String {
    let key = BASE32_NOPAD.encode(&secret.letters_key(organisation, account)).to_ascii_lowercase();
    format!("{organisation}-{account}-{key}")
}

/// Whose link it is; `None` when it was not made by this secret.
pub fn whose(secret: &Secret, text: &str) -> Option<(OrganisationId, i64)> {
    let mut parts = text.split('-');
    let organisation = OrganisationId::new(parts.next()?.parse().ok()?);
    let account = parts.next()?.parse().ok()?;
    (token(secret, organisation, account) == text).then_some((organisation, account))
}

#[cfg(test)]
mod tests {
    use crate::team::account::notices::*;

    #[test]
    fn a_link_is_of_one_account_and_cannot_be_guessed_from_another() {
        let secret = Secret::parse(&"a".repeat(52)).unwrap();
        let own = token(&secret, OrganisationId::new(1), 7);
        assert_eq!(whose(&secret, &own), Some((1, 7)));
        assert_eq!(whose(&secret, &own.replacen("1-7", "1-8", 1)), None);
        assert_eq!(
            (whose(&secret, ""), whose(&secret, "1-7"), whose(&secret, "x-y-z")),
            (None, None, None)
        );
    }
}
