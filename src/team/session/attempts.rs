//! How often one may try to sign in: counted by account and by address prefix, in this process.

use std::net::IpAddr;

use crate::clock::Clock;
use crate::id::OrganisationId;
use crate::limits;
use crate::rate_limit::{Limiter, Prefix, Wait};
use crate::team::account::Email;

/// The attempts of late.
#[derive(Debug)]
pub struct Attempts {
    accounts: Limiter<Email>,
    prefixes: Limiter<Prefix>,
    factors: Limiter<(OrganisationId, i64)>,
}

impl Attempts {
    /// Nobody has tried yet.
    pub fn new(clock: &Clock) -> Self {
        Self {
            accounts: Limiter::new(limits::ATTEMPTS_ACCOUNT, clock.clone()),
            prefixes: Limiter::new(limits::ATTEMPTS_PREFIX, clock.clone()),
            factors: Limiter::new(limits::ATTEMPTS_FACTOR, clock.clone()),
        }
    }

    /// Counts an attempt from an address, whatever it tries.
    pub fn from(&self, address: IpAddr) -> Result<(), Wait> {
        self.prefixes.count(&Prefix::of(address))
    }

    /// Counts an attempt at an account, whether there is one or not.
    pub fn at(&self, email: &Email) -> Result<(), Wait> {
        self.accounts.count(email)
    }

    /// Counts a code that somebody tries who knows the password of an account.
    pub fn factor_of(&self, who: (OrganisationId, i64)) -> Result<(), Wait> {
        self.factors.count(&who)
    }
}

#[cfg(test)]
mod tests {
    use crate::team::session::attempts::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn attempts_at_an_account_run_out_and_come_back() {
        let clock = Clock::manual(1_000_000);
        let (attempts, email) = (Attempts::new(&clock), Email::parse("a@example.org").unwrap());
        for _ in 0..limits::ATTEMPTS_ACCOUNT.0 {
            assert_eq!(attempts.at(&email), Ok(()));
        }
        let wait = attempts.at(&email).unwrap_err();
        assert!((1..=30).contains(&wait.seconds), "{wait:?}");
        assert_eq!(
            attempts.at(&Email::parse("b@example.org").unwrap()),
            Ok(()),
            "others are not kept out"
        );
        clock.set(1_000_030);
        assert_eq!(attempts.at(&email), Ok(()));
        assert!(attempts.at(&email).is_err());
    }

    #[test]
    fn neighbours_share_their_attempts() {
        let attempts = Attempts::new(&Clock::manual(1_000_000));
        for n in 0..limits::ATTEMPTS_PREFIX.0 {
            assert_eq!(attempts.from(ip(&format!("192.0.2.{n}"))), Ok(()));
        }
        assert!(
            attempts.from(ip("192.0.2.250")).is_err()
                && attempts.from(ip("::ffff:192.0.2.9")).is_err()
        );
        assert_eq!(attempts.from(ip("192.0.3.1")), Ok(()));
    }
}
