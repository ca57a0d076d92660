//! What time it is. A parameter everywhere, so that a test or the demo can live a year in a
//! second.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Seconds since 1970-01-01T00:00:00Z.
pub type Instant = i64;

#[derive(Clone, Debug)]
pub enum Clock {
    System,
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// Stands at `instant` until it is moved.
    pub fn manual(instant: Instant) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(instant)))
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
    pub fn now(&self) -> Instant {
        match self {
            Self::System => jiff::Timestamp::now().as_second(),
            Self::Manual(hand) => hand.load(Ordering::SeqCst),
        }
    }

    /// The system's clock cannot be moved.
    pub fn set(&self, instant: Instant) {
        if let Self::Manual(hand) = self {
            hand.store(instant, Ordering::SeqCst);
        }
    }
}
