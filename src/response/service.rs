//! What the pages of a journey type need beside the invitation: read once, kept for a moment.
//!
//! A version of a questionnaire never changes once it is asked, and names of steps change seldom;
//! so a page does not read them again for every customer.

use std::sync::Arc;

use quick_cache::sync::Cache;

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

/// Pages that were rendered, by everything that they are made of: a mail is opened by its reader,
/// by the scanners before them, and again. A page with anything else on it is another one, so what
/// is shown is always what the database holds.
pub type Pages = Cache<[u8; 32], Arc<str>>;

/// The organisation, the journey type, the version.
type Key = (OrganisationId, String, i32);

type CachedService = (Instant, Arc<Service>);

/// Services that pages asked for a moment ago.
#[derive(Clone, Debug)]
pub struct Services(Arc<Cache<Key, CachedService>>);

impl Default for Services {
    fn default() -> Self {
        Self(Arc::new(Cache::new(limits::SERVICES_REMEMBERED)))
    }
}

impl Services {
    pub async fn of(&self, app: &App, opened: &CustomerInvitation) -> Result<Arc<Service>> {
        let key = (opened.organisation, opened.journey_type.clone(), opened.version);
        let now = app.clock.now();
        if let Some((read, service)) = self.0.get(&key)
            && is_fresh(read, now)
        {
            return Ok(service);
        }
        let service = Arc::new(read(app, &key).await?);
        self.0.insert(key, (now, Arc::clone(&service)));
        Ok(service)
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
        pages: Pages::new(limits::PAGES_REMEMBERED),
    })
}
