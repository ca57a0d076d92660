//! What the pages of a journey type need beside the invitation: read once, kept for a moment.
//!
//! A version of a questionnaire never changes once it is asked, and names of steps change seldom;
//! so a page does not read them again for every customer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::invitation::CustomerInvitation;
use crate::app::App;
use crate::blueprint::{self, Blueprint};
use crate::calendar::Zone;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::limits;
use crate::organisation;
use crate::survey::you_said::YouSaid;
use crate::survey::{self, Questionnaire};

#[derive(Debug)]
pub struct Service {
    pub questionnaire: Questionnaire,
    pub blueprint: Blueprint,
    pub zone: Zone,
    pub organisation: String,
    pub you_said: Vec<YouSaid>,
    /// As they were shown a moment ago.
    pub pages: Pages,
}

/// Rendered pages, by everything that they are made of: a mail is opened by its reader, by the
/// scanners before that, and again. A page with anything else on it has another key, so what is
/// shown is always what the database holds.
#[derive(Debug, Default)]
pub struct Pages(Mutex<HashMap<[u8; 32], Arc<str>>>);

impl Pages {
    pub fn get(&self, key: &[u8; 32]) -> Option<Arc<str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Keeps a page, and drops all others when they have become many.
    pub fn keep(&self, key: [u8; 32], page: Arc<str>) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= limits::PAGES_REMEMBERED {
            pages.clear();
        }
        pages.insert(key, page);
    }
}

/// The organisation, the journey type, the version.
type Key = (OrganisationId, String, i32);

type CachedService = (Instant, Arc<Service>);

/// Services that pages asked for a moment ago.
#[derive(Clone, Debug, Default)]
pub struct Services(Arc<Mutex<HashMap<Key, CachedService>>>);

impl Services {
    pub async fn of(&self, app: &App, opened: &CustomerInvitation) -> Result<Arc<Service>> {
        let key = (opened.organisation, opened.journey_type.clone(), opened.version);
        let now = app.clock.now();
        if let Some((read, service)) = self.known().get(&key)
            && is_fresh(*read, now)
        {
            return Ok(Arc::clone(service));
        }
        let service = Arc::new(read(app, &key).await?);
        let mut known = self.known();
        known.retain(|_, (read, _)| is_fresh(*read, now));
        known.insert(key, (now, Arc::clone(&service)));
        Ok(service)
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<Key, CachedService>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_fresh(read: Instant, now: Instant) -> bool {
    (0..limits::SERVICE_REMEMBERED).contains(&(now - read))
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
        blueprint: blueprint::store::blueprint(conn, *organisation, journey_type)
            .await?
            .ok_or_else(gone)?,
        zone: organisation::store::zone(conn, *organisation).await?,
        organisation: organisation::store::name(conn, *organisation).await?,
        you_said: survey::store::you_said::read(conn, *organisation, journey_type).await?,
        pages: Pages::default(),
    })
}
