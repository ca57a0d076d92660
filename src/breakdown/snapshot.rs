//! What every report is computed from, and the memory of those that were: a report is a function of
//! its question, of the settings, the headcounts and the releases that its reader may see, all of
//! which are read each time. What was released never changes, so that only a question never asked
//! before reads it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::disclosure::{Gate, Reading};
use super::pool::Pool;
use super::request::Question;
use super::store;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::privacy::store::Settings;
use crate::privacy::{self, Eyes, Floors, Headcounts, NotShown, Place, Rulings};
use crate::publication::flows::Flows;
use crate::publication::{self, Atom, Published};

/// Everything that decides about a report beside its question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Snapshot {
    ground: Ground,
    /// Whose cells the report is made of.
    place: Place,
    pub(crate) settings: Settings,
    pub(crate) headcounts: Headcounts,
    /// What the releases hide.
    rulings: Arc<Rulings>,
}

/// What is the same for the reports about all places.
#[derive(Clone, Debug, PartialEq)]
struct Ground {
    organisation: OrganisationId,
    journey_type: String,
    /// The releases that this reader may see, and what their numbers mean; no atom and no cell yet.
    frame: Published,
    /// The team of each step that has one, and the minimum sizes in force.
    teams: BTreeMap<String, String>,
    floors: Floors,
}

impl Snapshot {
    /// What the question's reader may see as of `now`.
    pub(crate) async fn of(
        db: &Db,
        organisation: OrganisationId,
        question: &Question,
        now: Instant,
    ) -> Result<Self> {
        Self::visible(db, organisation, question, question.eyes.visible_at(now)).await
    }

    /// Every release of the question's weeks, whoever may see it already.
    pub(crate) async fn of_every_release(
        db: &Db,
        organisation: OrganisationId,
        question: &Question,
    ) -> Result<Self> {
        Self::visible(db, organisation, question, None).await
    }

    async fn visible(
        db: &Db,
        organisation: OrganisationId,
        question: &Question,
        visible_at: Option<Instant>,
    ) -> Result<Self> {
        let connection = db.reader();
        let settings = privacy::store::settings(connection, organisation).await?;
        let settings =
            settings.ok_or_else(|| Error::Internal("the organisation is gone".to_owned()))?;
        let headcounts = privacy::store::headcounts(connection, organisation).await?;
        let code = question.blueprint.journey_type.clone();
        let frame = publication::store::frame(
            connection,
            organisation,
            &code,
            &question.window,
            visible_at,
        )
        .await?;
        let (teams, floors) = (question.blueprint.team_of_steps(), settings.floors);
        let ground = Ground { organisation, journey_type: code, frame, teams, floors };
        let rulings = ground.rulings(db).await?;
        Ok(Self { ground, place: question.partition.clone(), settings, headcounts, rulings })
    }

    /// What decides about the figures that answer a question.
    pub(crate) fn gate(&self, question: &Question) -> Gate {
        Gate::of(question, self.settings, &self.headcounts, self.rulings.clone())
    }

    /// What was published, without any cell.
    pub(crate) async fn outline(&self, db: &Db) -> Result<Published> {
        Ok(Published { atoms: self.ground.atoms(db).await?.to_vec(), ..self.ground.frame.clone() })
    }

    /// What was published, with the cells of the place and of no other.
    pub(crate) async fn published(&self, db: &Db) -> Result<Published> {
        let outline = self.outline(db).await?;
        let here = |atom: &Atom| atom.unit.is_in(&self.place);
        let cells =
            publication::store::cells(db.reader(), self.ground.organisation, &outline.atoms, here)
                .await?;
        Ok(Published { cells, ..outline })
    }

    /// Whether an atom is of the place.
    pub(crate) fn is_in(&self, published: &Published, atom: usize) -> bool {
        published.is_in(atom, &self.place)
    }

    /// The process measures of the atoms of what was published.
    pub(crate) async fn flows(&self, db: &Db, published: &Published) -> Result<Flows> {
        let Ground { organisation, journey_type, .. } = &self.ground;
        let here = |atom: &Atom| atom.unit.is_in(&self.place);
        publication::store::flows(db.reader(), *organisation, journey_type, &published.atoms, here)
            .await
    }

    /// What all places share. It takes every cell of the network, so that one makes it at a time
    /// and others wait for it.
    pub(crate) async fn pool(&self, db: &Db) -> Result<Arc<Pool>> {
        if let Some(pool) = db.pools().find::<Ground, Pool>(&self.ground) {
            return Ok(pool);
        }
        let _turn = db.pools().turn().await;
        if let Some(pool) = db.pools().find::<Ground, Pool>(&self.ground) {
            return Ok(pool);
        }
        let whole = Self { place: Place::Network, ..self.clone() };
        let published = whole.published(db).await?;
        let pool = apart(move || Pool::of(&published)).await?;
        Ok(db.pools().keep(whole.ground, pool))
    }

    /// The answer to `asked`, if it is remembered.
    pub(crate) fn remembered<Q, A>(&self, db: &Db, asked: &Q) -> Option<Arc<A>>
    where
        Q: Clone + PartialEq + Send + 'static,
        A: Send + Sync + 'static,
    {
        db.memory().find::<(Q, Self), A>(&(asked.clone(), self.clone()))
    }

    /// The answer to `asked`, remembered or made of what was published. It must be a function of
    /// these two alone.
    pub(crate) async fn answer<Q, A>(
        self,
        db: &Db,
        asked: Q,
        make: impl FnOnce(&Q, &Self, &Published) -> Result<A> + Send + 'static,
    ) -> Result<Arc<A>>
    where
        Q: Clone + PartialEq + Send + 'static,
        A: Send + Sync + 'static,
    {
        if let Some(answer) = self.remembered(db, &asked) {
            return Ok(answer);
        }
        let published = self.published(db).await?;
        self.keep(db, asked, move |asked, snapshot| make(asked, snapshot, &published)).await
    }

    /// Makes an answer and remembers it.
    pub(crate) async fn keep<Q, A>(
        self,
        db: &Db,
        asked: Q,
        make: impl FnOnce(&Q, &Self) -> Result<A> + Send + 'static,
    ) -> Result<Arc<A>>
    where
        Q: PartialEq + Send + 'static,
        A: Send + Sync + 'static,
    {
        let (whole, answer) = apart(move || {
            let answer = make(&asked, &self)?;
            Ok(((asked, self), answer))
        })
        .await?;
        Ok(db.memory().keep(whole, answer))
    }
}

impl Ground {
    /// The atoms of all places, which the gate needs to know: what is left when a place is taken
    /// off must be enough too.
    async fn atoms(&self, db: &Db) -> Result<Arc<Vec<Atom>>> {
        if let Some(atoms) = db.pools().find::<Self, Vec<Atom>>(self) {
            return Ok(atoms);
        }
        let releases = &self.frame.releases;
        let atoms =
            publication::store::atoms(db.reader(), self.organisation, &self.journey_type, releases)
                .await?;
        Ok(db.pools().keep(self.clone(), atoms))
    }

    /// What the releases hide at these minimum sizes.
    async fn rulings(&self, db: &Db) -> Result<Arc<Rulings>> {
        if let Some(rulings) = db.pools().find::<Self, Rulings>(self) {
            return Ok(rulings);
        }
        let atoms = self.atoms(db).await?;
        let rulings = publication::store::rulings::rulings(
            db.reader(),
            self.organisation,
            &self.journey_type,
            &self.frame,
            &atoms,
            &self.teams,
            self.floors,
        )
        .await?;
        Ok(db.pools().keep(self.clone(), rulings))
    }
}

/// Works on a thread of its own: refitting for every replicate group takes a while, and the threads
/// that serve others must not wait for it.
async fn apart<A: Send + 'static>(work: impl FnOnce() -> Result<A> + Send + 'static) -> Result<A> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|failure| Error::Internal(format!("a report broke off: {failure}")))?
}

/// A reading as its reader is told it: where nothing was released to the owner because the teams
/// read first, from which day on it will be.
pub(crate) async fn teams_first<T>(
    db: &Db,
    organisation: OrganisationId,
    question: &Question,
    reading: Reading<T>,
    now: Instant,
) -> Result<Reading<T>> {
    let (code, place) = (&question.blueprint.journey_type, &question.partition);
    let opening = match &reading {
        Err(NotShown::NothingReleased) if question.eyes == Eyes::Owner => {
            store::next_opening(db.reader(), organisation, code, place, now).await?
        }
        _ => None,
    };
    Ok(opening.map_or(reading, |day| Err(NotShown::TeamsFirst(day))))
}
