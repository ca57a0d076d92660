//! How often one may try to sign in, counted in this process.
//!
//! By network, whatever is tried; by account **and** network, so that whoever tries the passwords
//! of others from elsewhere keeps nobody out. Codes of a second factor are short: from all networks
//! together that an account was never let in from, only so many may be tried. From where it was let
//! in before it has attempts of its own, which nobody elsewhere uses up.

use std::fmt;
use std::net::IpAddr;

use quick_cache::sync::Cache;

use crate::clock::Clock;
use crate::id::OrganisationId;
use crate::limits;
use crate::rate_limit::{Limiter, Prefix, Wait};
use crate::security_event::SecurityEvent;
use crate::team::account::Email;

/// An account: the organisation and its number there.
type Who = (OrganisationId, i64);

pub struct Attempts {
    prefixes: Limiter<Prefix>,
    accounts: Limiter<(Email, Prefix)>,
    factors: Limiter<(Who, Prefix)>,
    factors_elsewhere: Limiter<Who>,
    /// Where accounts were let in from, as long as this process knows.
    usual: Cache<(Who, Prefix), ()>,
    events: Limiter<Prefix>,
}

impl fmt::Debug for Attempts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Attempts(…)")
    }
}

impl Attempts {
    pub fn new(clock: &Clock) -> Self {
        Self {
            prefixes: Limiter::new(limits::ATTEMPTS_PREFIX, clock.clone()),
            accounts: Limiter::new(limits::ATTEMPTS_ACCOUNT, clock.clone()),
            factors: Limiter::new(limits::ATTEMPTS_FACTOR, clock.clone()),
            factors_elsewhere: Limiter::new(limits::ATTEMPTS_FACTOR, clock.clone()),
            usual: Cache::new(limits::NETWORKS_REMEMBERED),
            events: Limiter::new(limits::LIMIT_EVENTS, clock.clone()),
        }
    }

    /// Counts an attempt from an address, whatever it tries.
    pub fn from(&self, address: IpAddr) -> Result<(), Wait> {
        self.logged(address, self.prefixes.count(&Prefix::of(address)))
    }

    /// Counts an attempt at an account from an address, whether there is such an account or not.
    pub fn at(&self, email: &Email, address: IpAddr) -> Result<(), Wait> {
        self.logged(address, self.accounts.count(&(email.clone(), Prefix::of(address))))
    }

    /// Counts a code that somebody tries who knows the password of an account.
    pub fn factor_of(&self, who: Who, address: IpAddr) -> Result<(), Wait> {
        let here = (who, Prefix::of(address));
        let counted = if self.usual.get(&here).is_some() {
            self.factors.count(&here)
        } else {
            self.factors_elsewhere.count(&who)
        };
        self.logged(address, counted)
    }

    /// An account was let in, with everything that is asked of it.
    pub fn let_in(&self, who: Who, address: IpAddr) {
        self.usual.insert((who, Prefix::of(address)), ());
    }

    fn logged(&self, address: IpAddr, counted: Result<(), Wait>) -> Result<(), Wait> {
        if counted.is_err() && self.events.count(&Prefix::of(address)).is_ok() {
            SecurityEvent::Limit("attempts").log_from(address);
        }
        counted
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
        let here = ip("192.0.2.1");
        for _ in 0..limits::ATTEMPTS_ACCOUNT.0 {
            assert_eq!(attempts.at(&email, here), Ok(()));
        }
        let wait = attempts.at(&email, here).unwrap_err();
        assert!((1..=30).contains(&wait.seconds), "{wait:?}");
        assert_eq!(
            attempts.at(&Email::parse("b@example.org").unwrap(), here),
            Ok(()),
            "others are not kept out"
        );
        assert_eq!(attempts.at(&email, ip("198.51.100.1")), Ok(()), "nor is it from elsewhere");
        clock.set(1_000_030);
        assert_eq!(attempts.at(&email, here), Ok(()));
        assert!(attempts.at(&email, here).is_err());
    }

    #[test]
    fn codes_tried_elsewhere_keep_nobody_out_where_they_were_let_in_before() {
        let attempts = Attempts::new(&Clock::manual(1_000_000));
        let (who, home) = ((OrganisationId::new(1), 7), ip("192.0.2.1"));
        attempts.let_in(who, home);
        let tried = (0..250)
            .filter(|n| attempts.factor_of(who, ip(&format!("198.51.{n}.1"))).is_ok())
            .count();
        assert_eq!(tried, limits::ATTEMPTS_FACTOR.0 as usize, "from all networks together");
        assert_eq!(attempts.factor_of(who, home), Ok(()));
        let other = (OrganisationId::new(1), 8);
        assert_eq!(attempts.factor_of(other, ip("198.51.1.1")), Ok(()), "another account");
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
