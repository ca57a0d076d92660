//! What every handler and job gets: the database, the clock, the secret, the mailer, the settings. Plumbing only.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rand::SeedableRng;
use rand::rngs::{StdRng, SysRng};

use crate::clock::{Clock, Instant};
use crate::config::Config;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::mail::Mailer;
use crate::token::Secret;

/// One running Relais.
#[derive(Clone, Debug)]
pub struct App {
    /// The settings in force.
    pub config: Arc<Config>,
    /// The database.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// The organisation's secret.
    pub secret: Secret,
    /// How mail leaves.
    pub mailer: Mailer,
    /// Which keys were used of late.
    pub used: KeyUses,
    random: Arc<Mutex<StdRng>>,
}

impl App {
    /// Opens the data folder of `config`, which is made when there is none.
    pub async fn open(config: Config, clock: Clock) -> Result<Self> {
        let random = StdRng::try_from_rng(&mut SysRng).map_err(|failure| {
            Error::Internal(format!("the system gives no randomness: {failure}"))
        })?;
        Self::open_with(config, clock, random).await
    }

    /// The same with its randomness given: the demo's year is the same for the same seed.
    pub async fn open_with(config: Config, clock: Clock, mut random: StdRng) -> Result<Self> {
        std::fs::create_dir_all(&config.data).map_err(Error::io(config.data.display()))?;
        let secret = match &config.secret {
            Some(text) => Secret::parse(text)?,
            None => Secret::of_file(&config.data.join("secret.key"), &mut random)?,
        };
        let secret = secret.with_addresses_in(config.data.join("address.key"));
        // Before the database, so that a setting that cannot be is told before anything is migrated.
        let mailer = Mailer::of_settings(&config.mail)?;
        let db = Db::open(&config.database_url).await?;
        let (random, used) = (Arc::new(Mutex::new(random)), KeyUses::default());
        Ok(Self { config: Arc::new(config), db, clock, secret, mailer, used, random })
    }

    /// The same application under another clock.
    #[must_use]
    pub fn under(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// Lends the randomness for as long as `with` takes; it must not wait for anything.
    pub fn random<T>(&self, with: impl FnOnce(&mut StdRng) -> T) -> T {
        with(&mut self.random.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// On which day something was used last, until a job writes it down: requests that read write nothing. What is used is
/// named by its digest, and only the day is known, in days since 1970.
#[derive(Clone, Debug, Default)]
pub struct KeyUses(Arc<Mutex<HashMap<Vec<u8>, i32>>>);

impl KeyUses {
    /// Takes note of a use.
    pub fn note(&self, digest: Vec<u8>, at: Instant) {
        let day = i32::try_from(at.div_euclid(86_400)).unwrap_or(i32::MAX);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(digest, day);
    }

    /// The day of the last use that nobody has written down yet.
    pub fn day_of(&self, digest: &[u8]) -> Option<i32> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(digest).copied()
    }

    /// Hands over what is to be written down.
    pub fn take(&self) -> HashMap<Vec<u8>, i32> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
