//! What the pages of a journey type need beside the invitation: read once, kept for a moment.
//!
//! A version of a questionnaire never changes once it is asked, and names of steps change seldom; so a page does not
//! read them again for every customer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::answering::Opened;
use crate::app::App;
use crate::calendar::Zone;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::journey::{self, Blueprint};
use crate::limits;
use crate::survey::you_said::YouSaid;
use crate::survey::{self, Questionnaire};

/// The service that a customer dealt with.
#[derive(Debug)]
pub struct Service {
    /// What is asked.
    pub questionnaire: Questionnaire,
    /// The names of the steps.
    pub blueprint: Blueprint,
    /// Where its days begin.
    pub zone: Zone,
    /// Who serves.
    pub organisation: String,
    /// What its customers are told was done.
    pub told: Vec<YouSaid>,
    /// Its pages, as they were shown a moment ago.
    pub shown: Pages,
}

/// Pages that were rendered, by everything that they are made of: a mail is opened by its reader, by the scanners before
/// him, and again. A page with anything else on it is another one, so what is shown is always what the database holds.
#[derive(Debug, Default)]
pub struct Pages(Mutex<HashMap<[u8; 32], Arc<str>>>);

impl Pages {
    /// The page of a key.
    pub fn get(&self, key: &[u8; 32]) -> Option<Arc<str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Keeps a page, and lets go of all others when they have become many.
    pub fn keep(&self, key: [u8; 32], page: Arc<str>) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= limits::PAGES_REMEMBERED {
            pages.clear();
        }
        pages.insert(key, page);
    }
}

/// The tenant, the journey type, the version.
type Key = (OrganisationId, String, i32);

/// When it was read, and what.
type Read = (Instant, Arc<Service>);

/// Services that pages asked for a moment ago.
#[derive(Clone, Debug, Default)]
pub struct Services(Arc<Mutex<HashMap<Key, Read>>>);

impl Services {
    /// The service of an invitation.
    pub async fn of(&self, app: &App, opened: &Opened) -> Result<Arc<Service>> {
        let key = (opened.organisation, opened.journey_type.clone(), opened.version);
        let now = app.clock.now();
        let fresh = |read: Instant| (0..limits::SERVICE_REMEMBERED).contains(&(now - read));
        if let Some((read, service)) = self.known().get(&key)
            && fresh(*read)
        {
            return Ok(Arc::clone(service));
        }
        let service = Arc::new(read(app, &key).await?);
        let mut known = self.known();
        known.retain(|_, (read, _)| fresh(*read));
        known.insert(key, (now, Arc::clone(&service)));
        Ok(service)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Read>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn read(app: &App, (organisation, journey_type, version): &Key) -> Result<Service> {
    let conn = app.db.reader();
    let gone = || {
        Error::Internal(format!(
            "an invitation asks version {version} of {journey_type}, which is not there"
        ))
    };
    let versions = survey::store::versions(conn, *organisation, journey_type).await?;
    Ok(Service {
        questionnaire: versions.into_iter().find(|one| one.version == *version).ok_or_else(gone)?,
        blueprint: journey::store::blueprint(conn, *organisation, journey_type)
            .await?
            .ok_or_else(gone)?,
        zone: journey::store::zone(conn, *organisation).await?,
        organisation: journey::store::organisation_name(conn, *organisation).await?,
        told: survey::store::you_said::read(conn, *organisation, journey_type).await?,
        shown: Pages::default(),
    })
}
