//! How often somebody may ask, counted in this process: by address prefix, by link, by key. Counted
//! by the time that goes by, not by the time of day.
//!
//! Whoever owns one address owns its neighbours, so addresses are counted by their network. A
//! forwarded address is believed from our own proxies alone.

use std::fmt;
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// At least one.
    pub seconds: u64,
}

/// Counts something by its key: so many at once, and one more after each pause.
#[derive(Debug)]
pub struct Limiter<K: Hash + Eq + Clone> {
    counts: RateLimiter<K, DashMapStateStore<K>, Hand, NoOpMiddleware<Nanos>>,
    watch: Hand,
}

impl<K: Hash + Eq + Clone> Limiter<K> {
    pub fn new((burst, pause): (u32, Duration), clock: Clock) -> Self {
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::with_period(pause)
            .map_or_else(|| Quota::per_minute(burst), |quota| quota.allow_burst(burst));
        let watch = Hand(clock);
        Self { counts: RateLimiter::dashmap_with_clock(quota, watch.clone()), watch }
    }

    /// Counts one more, unless it is too early for it.
    pub fn count(&self, key: &K) -> Result<(), Wait> {
        if self.counts.len() > limits::KEYS_COUNTED {
            self.counts.retain_recent();
        }
        self.counts.check_key(key).map_err(|early| {
            let wait = early.wait_time_from(self.watch.now());
            Wait {
                seconds: wait.as_secs()
                    + u64::from(wait.subsec_nanos() > 0).max(u64::from(wait.is_zero())),
            }
        })
    }
}

#[derive(Clone, Debug)]
struct Hand(Clock);

impl Watch for Hand {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(self.0.elapsed())
    }
}

#[derive(Debug)]
pub struct Pace {
    prefixes: Limiter<Prefix>,
    links: Limiter<[u8; 32]>,
    keys: Limiter<[u8; 32]>,
    events: Limiter<Prefix>,
    refusals: Limiter<Prefix>,
}

impl Pace {
    pub fn new(a_minute: NonZeroU32, clock: &Clock) -> Self {
        let pause = Duration::from_secs(60) / a_minute.get();
        Self {
            prefixes: Limiter::new((a_minute.get(), pause), clock.clone()),
            links: Limiter::new(limits::PAGES_OF_A_LINK, clock.clone()),
            keys: Limiter::new(limits::REQUESTS_OF_A_KEY, clock.clone()),
            events: Limiter::new(limits::LIMIT_EVENTS, clock.clone()),
            refusals: Limiter::new(limits::REFUSAL_EVENTS, clock.clone()),
        }
    }

    pub fn from(&self, address: IpAddr) -> Result<(), Wait> {
        self.prefixes.count(&Prefix::of(address))
    }

    /// Counts a page that is sent through a customer's link. Looking is free: scanners of mail
    /// open every link.
    pub fn through(&self, link: &[u8]) -> Result<(), Wait> {
        self.links.count(&crate::id::digest([link]))
    }

    /// Whether the log shall say that a network came to a limit: now and then.
    pub fn logs_limit(&self, address: IpAddr) -> bool {
        self.events.count(&Prefix::of(address)).is_ok()
    }

    /// Whether it shall say what a network was refused: unless that is too much to be read.
    pub fn logs_refusal(&self, address: IpAddr) -> bool {
        self.refusals.count(&Prefix::of(address)).is_ok()
    }

    /// Counts a request with a program's key, whether there is such a key or not.
    pub fn with_key(&self, key: &[u8]) -> Result<(), Wait> {
        self.keys.count(&crate::id::digest([key]))
    }
}

/// The network that an address stands in: whoever owns one address of it owns the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Prefix([u8; 6]);

impl Prefix {
    /// A /24 of IPv4, a /48 of IPv6; an IPv4 address written as IPv6 counts as what it is.
    pub fn of(address: IpAddr) -> Self {
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

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [0, 0, 4, a, b, c] => write!(f, "{a}.{b}.{c}.0/24"),
            bytes => {
                let part = |at: usize| u16::from_be_bytes([bytes[at], bytes[at + 1]]);
                write!(f, "{:x}:{:x}:{:x}::/48", part(0), part(2), part(4))
            }
        }
    }
}

/// The address of who asks: the nearest one that is no proxy of ours. What a proxy that we did not
/// configure claims is not believed, and of a chain only the part that our own proxies wrote.
pub fn client(peer: IpAddr, forwarded_for: &[&str], proxies: &[IpAddr]) -> IpAddr {
    let mut nearest = peer;
    let hops =
        forwarded_for.iter().flat_map(|line| line.split(',')).map(str::trim).collect::<Vec<_>>();
    for hop in hops.into_iter().rev() {
        if !proxies.iter().any(|proxy| proxy.to_canonical() == nearest.to_canonical()) {
            break;
        }
        let Ok(address) = hop.parse() else { break };
        nearest = address;
    }
    nearest
}

#[cfg(test)]
mod tests {
    use crate::rate_limit::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_network_may_ask_so_often_a_minute_and_a_link_and_a_key_have_their_own() {
        let clock = Clock::manual(1_000_000);
        let pace = Pace::new(NonZeroU32::new(60).unwrap(), &clock);
        for _ in 0..60 {
            assert_eq!(pace.from(ip("192.0.2.1")), Ok(()));
        }
        assert_eq!(pace.from(ip("192.0.2.2")), Err(Wait { seconds: 1 }), "a neighbour");
        assert_eq!(
            (pace.from(ip("192.0.3.1")), pace.through(b"link"), pace.with_key(b"key")),
            (Ok(()), Ok(()), Ok(()))
        );
        clock.set(1_000_001);
        assert_eq!(
            (pace.from(ip("192.0.2.1")), pace.from(ip("192.0.2.1")).is_err()),
            (Ok(()), true)
        );
        let sent =
            |link: &'static [u8]| (0..1_000).take_while(|_| pace.through(link).is_ok()).count();
        assert_eq!(
            (sent(b"a"), sent(b"b")),
            (limits::PAGES_OF_A_LINK.0 as usize, limits::PAGES_OF_A_LINK.0 as usize)
        );
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_waiting() {
        for back in [60, 3_600] {
            let clock = Clock::manual(1_000_000);
            let pace = Pace::new(NonZeroU32::new(60).unwrap(), &clock);
            while pace.from(ip("192.0.2.1")).is_ok() {}
            clock.set(1_000_000 - back);
            assert_eq!(pace.from(ip("192.0.2.1")), Err(Wait { seconds: 1 }));
            assert_eq!(pace.from(ip("192.0.3.1")), Ok(()));
            clock.set(1_000_001 - back);
            assert_eq!(pace.from(ip("192.0.2.1")), Ok(()), "a second went by");
        }
    }

    #[test]
    fn neighbours_are_of_one_network() {
        assert_eq!(Prefix::of(ip("192.0.2.250")), Prefix::of(ip("::ffff:192.0.2.9")));
        assert_ne!(Prefix::of(ip("192.0.2.1")), Prefix::of(ip("192.0.3.1")));
        assert_eq!(Prefix::of(ip("2001:db8:1::1")), Prefix::of(ip("2001:db8:1:ffff::2")));
        assert_ne!(Prefix::of(ip("2001:db8:1::1")), Prefix::of(ip("2001:db8:2::1")));
        assert_eq!(Prefix::of(ip("192.0.2.250")).to_string(), "192.0.2.0/24");
        assert_eq!(Prefix::of(ip("2001:db8:a::9")).to_string(), "2001:db8:a::/48");
    }

    #[test]
    fn forwarded_addresses_are_believed_from_our_proxies_alone() {
        let proxy = ip("10.0.0.1");
        let asks = |peer: &str, chain: &[&str]| {
            client(ip(peer), chain, &[proxy, ip("10.0.0.2")]).to_string()
        };
        assert_eq!(
            asks("203.0.113.7", &["1.1.1.1"]),
            "203.0.113.7",
            "the peer is no proxy of ours"
        );
        assert_eq!(asks("10.0.0.1", &["198.51.100.9"]), "198.51.100.9");
        assert_eq!(
            asks("10.0.0.1", &["6.6.6.6, 198.51.100.9"]),
            "198.51.100.9",
            "what the client itself claims"
        );
        assert_eq!(asks("10.0.0.1", &["6.6.6.6", "198.51.100.9, 10.0.0.2"]), "198.51.100.9");
        assert_eq!(asks("10.0.0.1", &["nonsense"]), "10.0.0.1");
    }
}
