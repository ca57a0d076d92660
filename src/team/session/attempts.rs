//! How often one may try to sign in: counted by account and by address prefix, in this process.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Clock as Watch;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::clock::Clock;
use crate::limits;
use crate::team::account::Email;

/// The attempts of late.
#[derive(Debug)]
pub struct Attempts {
    accounts: Limiter<Email>,
    prefixes: Limiter<Prefix>,
    factors: Limiter<(i64, i64)>,
    watch: Hand,
}

type Limiter<K> = RateLimiter<K, DashMapStateStore<K>, Hand, NoOpMiddleware<Nanos>>;

/// How long to wait before the next attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// In whole seconds, at least one.
    pub seconds: u64,
}

impl Attempts {
    /// Nobody has tried yet.
    pub fn new(clock: Clock) -> Self {
        let watch = Hand(clock);
        Self {
            accounts: RateLimiter::dashmap_with_clock(quota(limits::ATTEMPTS_ACCOUNT), watch.clone()),
            prefixes: RateLimiter::dashmap_with_clock(quota(limits::ATTEMPTS_PREFIX), watch.clone()),
            factors: RateLimiter::dashmap_with_clock(quota(limits::ATTEMPTS_FACTOR), watch.clone()),
            watch,
        }
    }

    /// Counts an attempt from an address, whatever it tries.
    pub fn from(&self, address: IpAddr) -> Result<(), Wait> {
        count(&self.prefixes, &Prefix::of(address), &self.watch)
    }

    /// Counts an attempt at an account, whether there is one or not.
    pub fn at(&self, email: &Email) -> Result<(), Wait> {
        count(&self.accounts, email, &self.watch)
    }

    /// Counts a code that somebody tries who knows the password of an account.
    pub fn factor_of(&self, who: (i64, i64)) -> Result<(), Wait> {
        count(&self.factors, &who, &self.watch)
    }
}

fn count<K: Hash + Eq + Clone>(limiter: &Limiter<K>, key: &K, watch: &Hand) -> Result<(), Wait> {
    if limiter.len() > limits::ATTEMPTS_REMEMBERED {
        limiter.retain_recent();
    }
    limiter.check_key(key).map_err(|early| {
        let wait = early.wait_time_from(watch.now());
        Wait { seconds: wait.as_secs() + u64::from(wait.subsec_nanos() > 0).max(u64::from(wait.is_zero())) }
    })
}

fn quota((burst, pause): (u32, Duration)) -> Quota {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(pause).map_or_else(|| Quota::per_minute(burst), |quota| quota.allow_burst(burst))
}

/// Our clock as the limiter reads it.
#[derive(Clone, Debug)]
struct Hand(Clock);

impl Watch for Hand {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(Duration::from_secs(self.0.now().unsigned_abs()))
    }
}

/// The network that an address stands in: whoever owns one address of it owns the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Prefix([u8; 6]);

impl Prefix {
    /// A /24 of IPv4, a /48 of IPv6; an IPv4 address written as IPv6 counts as what it is.
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                Self([0, 0, 4, a, b, c])
            }
            IpAddr::V6(v6) => {
                let [a, b, c, d, e, f, ..] = v6.octets();
                Self([a, b, c, d, e, f])
            }
        }
    }
}

/// The address of who asks: the nearest one that no proxy of ours has. What a proxy that we did not configure claims is
/// not believed, and of a chain only the part that our own proxies wrote.
pub fn client(peer: IpAddr, forwarded_for: &[&str], proxies: &[IpAddr]) -> IpAddr {
    let ours = |address: IpAddr| proxies.iter().any(|proxy| proxy.to_canonical() == address.to_canonical());
    let mut nearest = peer;
    let hops = forwarded_for.iter().flat_map(|line| line.split(',')).map(str::trim).collect::<Vec<_>>();
    for hop in hops.into_iter().rev() {
        if !ours(nearest) {
            break;
        }
        let Ok(address) = hop.parse() else { break };
        nearest = address;
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn attempts_at_an_account_run_out_and_come_back() {
        let clock = Clock::manual(1_000_000);
        let (attempts, email) = (Attempts::new(clock.clone()), Email::parse("a@example.org").unwrap());
        for _ in 0..limits::ATTEMPTS_ACCOUNT.0 {
            assert_eq!(attempts.at(&email), Ok(()));
        }
        let wait = attempts.at(&email).unwrap_err();
        assert!((1..=30).contains(&wait.seconds), "{wait:?}");
        assert_eq!(attempts.at(&Email::parse("b@example.org").unwrap()), Ok(()), "others are not kept out");
        clock.set(1_000_030);
        assert_eq!(attempts.at(&email), Ok(()));
        assert!(attempts.at(&email).is_err());
    }

    #[test]
    fn neighbours_share_their_attempts() {
        let attempts = Attempts::new(Clock::manual(1_000_000));
        for n in 0..limits::ATTEMPTS_PREFIX.0 {
            assert_eq!(attempts.from(ip(&format!("192.0.2.{n}"))), Ok(()));
        }
        assert!(attempts.from(ip("192.0.2.250")).is_err() && attempts.from(ip("::ffff:192.0.2.9")).is_err());
        assert_eq!(attempts.from(ip("192.0.3.1")), Ok(()));
        assert_eq!(Prefix::of(ip("2001:db8:1::1")), Prefix::of(ip("2001:db8:1:ffff::2")));
        assert_ne!(Prefix::of(ip("2001:db8:1::1")), Prefix::of(ip("2001:db8:2::1")));
    }

    #[test]
    fn forwarded_addresses_are_believed_from_our_proxies_alone() {
        let proxy = ip("10.0.0.1");
        let asks = |peer: &str, chain: &[&str]| client(ip(peer), chain, &[proxy, ip("10.0.0.2")]).to_string();
        assert_eq!(asks("203.0.113.7", &["1.1.1.1"]), "203.0.113.7", "the peer is no proxy of ours");
        assert_eq!(asks("10.0.0.1", &["198.51.100.9"]), "198.51.100.9");
        assert_eq!(asks("10.0.0.1", &["6.6.6.6, 198.51.100.9"]), "198.51.100.9", "what the client itself claims");
        assert_eq!(asks("10.0.0.1", &["6.6.6.6", "198.51.100.9, 10.0.0.2"]), "198.51.100.9");
        assert_eq!(asks("10.0.0.1", &["nonsense"]), "10.0.0.1");
    }
}
