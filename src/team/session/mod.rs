//! Who is signed in: a session on the server, found by the digest of a random cookie.
//!
//! **Where the time of the last request is kept.** A page that is read writes nothing but the
//! access log, so the time of a session's last request cannot go to the database with every page.
//! The row holds when the session began; the time of its last request is kept in this process
//! ([`LastSeen`]). A process that has just started, or a second one, knows the row alone and asks
//! for signing in again half an hour after it began: the mistake is on the safe side.
//!
//! **The cookie.** Where people reach Relais over https it is `__Host-relais`: `Secure`,
//! `HttpOnly`, `SameSite=Lax`, for this host and no other. A browser that reaches it over plain
//! http on the machine itself (`http://127.0.0.1:8080`) gets `relais-session` without `Secure`,
//! since not every browser takes a secure cookie there. Any other plain http address gets the
//! secure one, which the browser refuses: nobody signs in over a wire that others read.

pub mod attempts;
pub mod own;
pub mod store;
pub mod web;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use cookie::CookieBuilder;
use cookie::time::Duration;

use crate::clock::{Clock, Instant};
use crate::limits;
use crate::web::own_cookie;

pub type Digest = Vec<u8>;

/// When each session made its last request, for as many sessions as are remembered.
#[derive(Debug, Default)]
pub struct LastSeen(Mutex<HashMap<Digest, LastRequest>>);

/// A last request: how old the session was, and when that was by the time that goes by. A clock
/// that is set back prolongs no session, and one that is set right ends none.
#[derive(Clone, Copy, Debug, PartialEq)]
struct LastRequest {
    age: i64,
    at: i64,
}

impl LastSeen {
    /// How many seconds ago the session that began at `began` did so, if it is still one; then
    /// this is its last request so far.
    pub fn alive(&self, digest: &Digest, began: Instant, clock: &Clock) -> Option<i64> {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let alive = age_and_rest(seen.get(digest), began, clock);
        match alive {
            Some((age, _)) => remember(&mut seen, digest, LastRequest { age, at: elapsed(clock) }),
            None => _ = seen.remove(digest),
        }
        alive.map(|(age, _)| age)
    }

    /// When a session that began at `began` made its last request, as far as this process knows;
    /// `None` when it has ended.
    pub fn last(&self, digest: &Digest, began: Instant, clock: &Clock) -> Option<Instant> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, rest) = age_and_rest(seen.get(digest), began, clock)?;
        Some((clock.now() - rest).max(began))
    }

    pub fn forget(&self, digest: &Digest) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(digest);
    }
}

/// How old a session is and how long it has rested, in seconds; `None` when it has ended.
fn age_and_rest(seen: Option<&LastRequest>, began: Instant, clock: &Clock) -> Option<(i64, i64)> {
    let (age, rest) = match seen {
        Some(seen) => {
            let rest = elapsed(clock) - seen.at;
            (seen.age + rest, rest)
        }
        None => {
            let age = (clock.now() - began).max(0);
            (age, age)
        }
    };
    (age < limits::SESSION && rest < limits::SESSION_IDLE).then_some((age, rest))
}

fn elapsed(clock: &Clock) -> i64 {
    i64::try_from(clock.elapsed().as_secs()).unwrap_or(i64::MAX)
}

/// Only sessions that exist come here, so the map grows with people, not with attackers; and it
/// has an end.
fn remember(all: &mut HashMap<Digest, LastRequest>, digest: &Digest, seen: LastRequest) {
    if all.len() >= limits::SESSIONS_REMEMBERED && !all.contains_key(digest) {
        all.retain(|_, other| seen.at < other.at + limits::SESSION_IDLE);
        let oldest = all.iter().min_by_key(|(_, other)| other.at).map(|(digest, _)| digest.clone());
        if let Some(oldest) = oldest.filter(|_| all.len() >= limits::SESSIONS_REMEMBERED) {
            all.remove(&oldest);
        }
    }
    all.insert(digest.clone(), seen);
}

/// The cookie of a service that people reach at one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cookie {
    secure: bool,
}

impl Cookie {
    pub fn of(public_url: &str) -> Self {
        Self { secure: !is_plain_and_local(public_url) }
    }

    pub fn name(self) -> &'static str {
        if self.secure { "__Host-relais" } else { "relais-session" }
    }

    /// It ends with the browser's session; the server ends it earlier.
    pub fn set(self, value: &str) -> String {
        self.written(self.name(), value).to_string()
    }

    pub fn clear(self) -> String {
        let nothing = self.written(self.name(), "");
        nothing.max_age(Duration::ZERO).to_string()
    }

    /// The cookie that keeps a sign-in through a provider while it lasts.
    pub fn attempt_name(self) -> &'static str {
        if self.secure { "__Host-relais-attempt" } else { "relais-attempt" }
    }

    pub fn set_attempt(self, value: &str, seconds: i64) -> String {
        let attempt = self.written(self.attempt_name(), value);
        attempt.max_age(Duration::seconds(seconds)).to_string()
    }

    fn written<'c>(self, name: &'static str, value: &'c str) -> CookieBuilder<'c> {
        own_cookie(name, value).secure(self.secure)
    }
}

fn is_plain_and_local(public_url: &str) -> bool {
    let Some(rest) = public_url.strip_prefix("http://") else { return false };
    let authority = rest.split('/').next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Where to go after signing in: a path of ours, never another site.
pub fn safe_path(asked: &str) -> &str {
    let ours = asked.starts_with('/')
        && !asked.starts_with("//")
        && !asked.contains('\\')
        && asked.bytes().all(|byte| byte.is_ascii_graphic());
    if ours { asked } else { "/" }
}

#[cfg(test)]
mod tests {
    use crate::team::session::*;

    const BEGAN: Instant = 1_000_000;
    const MINUTE: i64 = 60;

    #[test]
    fn a_session_ends_after_half_an_hour_of_nothing() {
        let (seen, digest, clock) = (LastSeen::default(), vec![1], Clock::manual(BEGAN));
        for (minute, alive) in [(29, true), (58, true), (88, false)] {
            clock.set(BEGAN + minute * MINUTE);
            assert_eq!(seen.alive(&digest, BEGAN, &clock).is_some(), alive, "{minute}");
        }
    }

    #[test]
    fn a_busy_session_ends_after_twelve_hours() {
        let (seen, digest, clock) = (LastSeen::default(), vec![1], Clock::manual(BEGAN));
        for minute in (0..12 * 60).step_by(20) {
            clock.set(BEGAN + minute * MINUTE);
            assert!(seen.alive(&digest, BEGAN, &clock).is_some(), "{minute}");
        }
        clock.set(BEGAN + 12 * 60 * MINUTE);
        assert!(seen.alive(&digest, BEGAN, &clock).is_none());
    }

    #[test]
    fn a_clock_that_is_set_back_neither_ends_nor_prolongs_a_session() {
        for back in [MINUTE, 60 * MINUTE] {
            let (seen, digest, clock) = (LastSeen::default(), vec![1], Clock::manual(BEGAN));
            assert!(seen.alive(&digest, BEGAN, &clock).is_some());
            let earlier = BEGAN - back;
            clock.set(earlier);
            assert_eq!(seen.alive(&digest, BEGAN, &clock), Some(0));
            clock.set(earlier + 29 * MINUTE);
            assert!(seen.last(&digest, BEGAN, &clock).is_some());
            clock.set(earlier + 30 * MINUTE);
            assert!(seen.alive(&digest, BEGAN, &clock).is_none());
        }
    }

    #[test]
    fn a_process_that_just_started_trusts_the_row_alone() {
        let at = |minute| Clock::manual(BEGAN + minute * MINUTE);
        let alive = |minute| LastSeen::default().alive(&vec![1], BEGAN, &at(minute)).is_some();
        assert!(alive(29) && !alive(30) && alive(-60));
    }

    #[test]
    fn what_is_remembered_has_an_end() {
        let mut seen: HashMap<Digest, LastRequest> = (0..limits::SESSIONS_REMEMBERED)
            .map(|n| (n.to_be_bytes().to_vec(), LastRequest { age: 0, at: 1 }))
            .collect();
        seen.insert(vec![7], LastRequest { age: 0, at: 0 });
        remember(&mut seen, &vec![8], LastRequest { age: 0, at: 2 });
        assert!(!seen.contains_key(&vec![7]), "the one that was quiet for longest goes");
        assert!(seen.contains_key(&vec![8]) && seen.len() <= limits::SESSIONS_REMEMBERED + 1);
    }

    #[test]
    fn the_cookie_is_secure_everywhere_but_on_the_machine_itself() {
        for local in ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:1/x"] {
            assert_eq!(Cookie::of(local).name(), "relais-session", "{local}");
        }
        for other in [
            "https://relais.example",
            "http://relais.example",
            "http://127.0.0.1.example",
            "https://localhost",
        ] {
            let set = Cookie::of(other).set("x");
            assert_eq!(set, "__Host-relais=x; HttpOnly; SameSite=Lax; Secure; Path=/", "{other}");
        }
    }

    #[test]
    fn signing_in_never_leads_to_another_site() {
        for bad in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\tx",
            "/\r\nx",
            "/é",
            "javascript:x",
            "",
        ] {
            assert_eq!(safe_path(bad), "/", "{bad:?}");
        }
        assert_eq!(
            safe_path("/teams/a/breakdown?from=2026-01-05"),
            "/teams/a/breakdown?from=2026-01-05"
        );
    }

    #[test]
    fn the_way_back_survives_its_query() {
        assert_eq!(
            crate::web::percent_encoded("/teams/a/breakdown?x=1&y=é"),
            "/teams/a/breakdown%3Fx%3D1%26y%3D%C3%A9"
        );
    }
}
