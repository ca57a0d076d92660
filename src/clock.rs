//! What time it is. A parameter everywhere, so that a test or the demo can live a year in a
//! second.
//!
//! There are two answers. [`Clock::now`] is the time of day, which somebody may set back; what is
//! stored and shown uses it. [`Clock::elapsed`] only ever goes forward; pace, attempts and how long
//! nobody did anything are counted by it, or a clock that is set back would lock everybody out.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

/// Seconds since 1970-01-01T00:00:00Z.
pub type Instant = i64;

#[derive(Clone, Debug)]
pub enum Clock {
    System,
    Manual(Arc<Hands>),
}

/// A clock that stands until it is moved.
#[derive(Debug)]
pub struct Hands {
    now: AtomicI64,
    elapsed: AtomicI64,
}

/// Where the system's [`Clock::elapsed`] counts from.
static BEGINNING: LazyLock<std::time::Instant> = LazyLock::new(std::time::Instant::now);

impl Clock {
    /// Stands at `instant` until it is moved.
    pub fn manual(instant: Instant) -> Self {
        let (now, elapsed) = (AtomicI64::new(instant), AtomicI64::new(0));
        Self::Manual(Arc::new(Hands { now, elapsed }))
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
    pub fn now(&self) -> Instant {
        match self {
            Self::System => jiff::Timestamp::now().as_second(),
            Self::Manual(hands) => hands.now.load(Ordering::SeqCst),
        }
    }

    /// How long this process has run, whatever becomes of the time of day.
    pub fn elapsed(&self) -> Duration {
        match self {
            Self::System => BEGINNING.elapsed(),
            Self::Manual(hands) => {
                Duration::from_secs(hands.elapsed.load(Ordering::SeqCst).unsigned_abs())
            }
        }
    }

    /// Time goes by where it is set forward; set back, only the time of day changes. The system's
    /// clock cannot be moved.
    pub fn set(&self, instant: Instant) {
        if let Self::Manual(hands) = self {
            let before = hands.now.swap(instant, Ordering::SeqCst);
            hands.elapsed.fetch_add((instant - before).max(0), Ordering::SeqCst);
        }
    }
}
