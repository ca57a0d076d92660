//! What every handler and job gets: the database, the clock, the secret, the mailer, the settings.
//! Plumbing only.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use rand::SeedableRng;
use rand::rngs::{StdRng, SysRng};

use crate::breach_list::BreachList;
use crate::clock::{Clock, Instant};
use crate::config::Config;
use crate::db::{Db, Durability, is_in_plain, sqlite_file};
use crate::error::{Error, Result};
use crate::mail::Mailer;
use crate::owner_only_file;
use crate::readiness::Readiness;
use crate::token::Secret;

#[derive(Clone, Debug)]
pub struct App {
    pub config: Arc<Config>,
    pub db: Db,
    pub clock: Clock,
    pub secret: Secret,
    pub mailer: Mailer,
    pub used: KeyUses,
    pub readiness: Readiness,
    pub breaches: Option<BreachList>,
    random: Arc<Mutex<StdRng>>,
}

impl App {
    /// Makes the data folder of `config` when there is none.
    pub async fn open(config: Config, clock: Clock) -> Result<Self> {
        let random = StdRng::try_from_rng(&mut SysRng).map_err(|failure| {
            Error::Internal(format!("the system gives no randomness: {failure}"))
        })?;
        Self::open_with(config, clock, random).await
    }

    pub async fn open_with(config: Config, clock: Clock, random: StdRng) -> Result<Self> {
        Self::open_as(config, clock, random, Durability::Synced).await
    }

    /// With its randomness and with what a power cut may cost: the demo's year is the same for the
    /// same seed, and can be made again.
    pub async fn open_as(
        config: Config,
        clock: Clock,
        mut random: StdRng,
        durability: Durability,
    ) -> Result<Self> {
        owner_only_file::open_folder(&config.data).map_err(Error::io(config.data.display()))?;
        let secret = match &config.secret {
            Some(text) => Secret::parse(text)?,
            None => Secret::of_file(&config.data.join("secret.key"), &mut random)?,
        };
        let secret = secret.with_addresses_in(config.data.join("address.key"));
        // Before the database, so that a setting that cannot be is told before anything is
        // migrated.
        let mailer = Mailer::of_settings(&config.mail)?;
        let breaches = config.breached_passwords.as_deref().map(BreachList::open).transpose()?;
        if is_in_plain(&config.database_url) {
            tracing::warn!(
                "the database is on another machine and its address does not ask for TLS: \
                 add ?sslmode=verify-full"
            );
        }
        let db = Db::open_as(&config.database_url, durability).await?;
        let file = sqlite_file(&config.database_url);
        let readiness = Readiness::of(&config.data, file, &db, &clock);
        Ok(Self {
            config: Arc::new(config),
            db,
            clock,
            secret,
            mailer,
            used: KeyUses::default(),
            readiness,
            breaches,
            random: Arc::new(Mutex::new(random)),
        })
    }

    #[must_use]
    pub fn bound_to(self, address: SocketAddr) -> Self {
        let config = Config::clone(&self.config).bound_to(address);
        Self { config: Arc::new(config), ..self }
    }

    /// Lends the randomness for as long as `with` takes; it must not wait for anything.
    pub fn random<T>(&self, with: impl FnOnce(&mut StdRng) -> T) -> T {
        with(&mut self.random.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// On which day a key was used last, until a job writes it down: requests that read write nothing.
/// A key is named by its digest, and only the day is known, in days since 1970.
#[derive(Clone, Debug, Default)]
pub struct KeyUses(Arc<Mutex<HashMap<Vec<u8>, i32>>>);

impl KeyUses {
    pub fn note(&self, digest: Vec<u8>, at: Instant) {
        let day = i32::try_from(at.div_euclid(86_400)).unwrap_or(i32::MAX);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(digest, day);
    }

    /// Of the last use that nobody has written down yet.
    pub fn day_of(&self, digest: &[u8]) -> Option<i32> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(digest).copied()
    }

    pub fn take(&self) -> HashMap<Vec<u8>, i32> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
