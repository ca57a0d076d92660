//! What time it is. A parameter everywhere, so that a test or the demo can live a year in a second.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// An instant: seconds since 1970-01-01T00:00:00Z.
pub type Instant = i64;

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine.
    System,
    /// A hand: tests and the demo move it.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `instant` until it is moved.
    pub fn manual(instant: Instant) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(instant)))
    }

    /// Now.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
    pub fn now(&self) -> Instant {
        match self {
            Self::System => jiff::Timestamp::now().as_second(),
            Self::Manual(hand) => hand.load(Ordering::SeqCst),
        }
    }

    /// Moves a manual clock; the system's cannot be moved.
    pub fn set(&self, instant: Instant) {
        if let Self::Manual(hand) = self {
            hand.store(instant, Ordering::SeqCst);
        }
    }
}
