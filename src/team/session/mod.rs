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

use crate::clock::Instant;
use crate::limits;
use crate::web::own_cookie;

pub type Digest = Vec<u8>;

/// When each session made its last request, for as many sessions as are remembered.
#[derive(Debug, Default)]
pub struct LastSeen(Mutex<HashMap<Digest, Instant>>);

impl LastSeen {
    /// Whether the session that began at `began` is still one at `now`; if so, this is its last
    /// request so far.
    pub fn alive(&self, digest: &Digest, began: Instant, now: Instant) -> bool {
        let last = self.last(digest, began, now);
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match last {
            Some(last) => remember(&mut seen, digest, now.max(last)),
            None => _ = seen.remove(digest),
        }
        last.is_some()
    }

    /// When a session that began at `began` made its last request, as far as this process knows;
    /// `None` when it has ended.
    pub fn last(&self, digest: &Digest, began: Instant, now: Instant) -> Option<Instant> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = seen.get(digest).copied().unwrap_or(began).max(began);
        (now < began + limits::SESSION && now < last + limits::SESSION_IDLE).then_some(last)
    }

    pub fn forget(&self, digest: &Digest) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(digest);
    }
}

/// Only sessions that exist come here, so the map grows with people, not with attackers; and it
/// has an end.
fn remember(seen: &mut HashMap<Digest, Instant>, digest: &Digest, now: Instant) {
    if seen.len() >= limits::SESSIONS_REMEMBERED && !seen.contains_key(digest) {
        seen.retain(|_, last| now < *last + limits::SESSION_IDLE);
        let oldest = seen.iter().min_by_key(|(_, last)| **last).map(|(digest, _)| digest.clone());
        if let Some(oldest) = oldest.filter(|_| seen.len() >= limits::SESSIONS_REMEMBERED) {
            seen.remove(&oldest);
        }
    }
    seen.insert(digest.clone(), now);
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
        let (seen, digest) = (LastSeen::default(), vec![1]);
        assert!(seen.alive(&digest, BEGAN, BEGAN + 29 * MINUTE));
        assert!(seen.alive(&digest, BEGAN, BEGAN + 58 * MINUTE));
        assert!(!seen.alive(&digest, BEGAN, BEGAN + 88 * MINUTE));
    }

    #[test]
    fn a_busy_session_ends_after_twelve_hours() {
        let (seen, digest) = (LastSeen::default(), vec![1]);
        for minute in (0..12 * 60).step_by(20) {
            assert!(seen.alive(&digest, BEGAN, BEGAN + minute * MINUTE), "{minute}");
        }
        assert!(!seen.alive(&digest, BEGAN, BEGAN + 12 * 60 * MINUTE));
    }

    #[test]
    fn a_process_that_just_started_trusts_the_row_alone() {
        assert!(LastSeen::default().alive(&vec![1], BEGAN, BEGAN + 29 * MINUTE));
        assert!(!LastSeen::default().alive(&vec![1], BEGAN, BEGAN + 30 * MINUTE));
    }

    #[test]
    fn what_is_remembered_has_an_end() {
        let mut seen: HashMap<Digest, Instant> = (0..limits::SESSIONS_REMEMBERED)
            .map(|n| (n.to_be_bytes().to_vec(), BEGAN + 1))
            .collect();
        seen.insert(vec![7], BEGAN);
        remember(&mut seen, &vec![8], BEGAN + 2);
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
