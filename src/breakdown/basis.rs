//! What every report is computed from, and the memory of those that were: a report is a function of its question, of the
//! settings, the headcounts and the releases that its reader may see, all of which are read each time. What was released
//! never changes, so that only a question never asked before reads it.

use std::sync::Arc;

use super::request::Question;
use super::{Eyes, read::Why, store};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::privacy::store::Settings;
use crate::privacy::{self, Headcounts, Withheld};
use crate::publication::{self, Published};

/// Everything that decides about a report beside its question.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Basis {
    organisation: i64,
    pub(super) settings: Settings,
    pub(super) headcounts: Headcounts,
    /// The releases that this reader may see, and what their numbers mean; no atom and no cell yet.
    frame: Published,
}

impl Basis {
    /// Reads it as of `now`.
    pub(super) async fn of(db: &Db, organisation: i64, question: &Question, now: Instant) -> Result<Self> {
        let connection = db.reader();
        let settings = privacy::store::settings(connection, organisation).await?;
        let settings = settings.ok_or_else(|| Error::Internal("the organisation is gone".to_owned()))?;
        let headcounts = privacy::store::headcounts(connection, organisation).await?;
        let (code, visible_at) = (&question.chain.code, question.eyes.visible_at(now));
        let frame = publication::store::frame(connection, organisation, code, &question.window, visible_at).await?;
        Ok(Self { organisation, settings, headcounts, frame })
    }

    /// The answer to `asked`, remembered or made of what was published. It must be a function of these two alone.
    pub(super) async fn answer<Q, A>(
        self,
        db: &Db,
        (asked, journey_type): (Q, &str),
        make: impl FnOnce(&Q, &Self, &Published) -> Result<A> + Send + 'static,
    ) -> Result<Arc<A>>
    where
        Q: PartialEq + Send + 'static,
        A: Send + Sync + 'static,
    {
        let whole = (asked, self);
        if let Some(answer) = db.memory().find::<(Q, Self), A>(&whole) {
            return Ok(answer);
        }
        let (asked, basis) = whole;
        let frame = basis.frame.clone();
        let published = publication::store::fill(db.reader(), basis.organisation, journey_type, frame).await?;
        // Refitting for every replicate group takes a while, and the threads that serve others must not wait for it.
        let made = tokio::task::spawn_blocking(move || {
            let answer = make(&asked, &basis, &published)?;
            Ok::<_, Error>(((asked, basis), answer))
        });
        let (whole, answer) =
            made.await.map_err(|failure| Error::Internal(format!("a report broke off: {failure}")))??;
        Ok(db.memory().keep(whole, answer))
    }
}

/// Why nothing is shown, with the day on which it will be where the teams read first.
pub(super) async fn why(
    db: &Db,
    organisation: i64,
    question: &Question,
    withheld: Withheld,
    now: Instant,
) -> Result<Why> {
    if withheld != Withheld::NothingReleased || question.eyes != Eyes::Owner {
        return Ok(Why::Gate(withheld));
    }
    let code = &question.chain.code;
    let opening = store::next_opening(db.reader(), organisation, code, &question.partition, now).await?;
    Ok(opening.map_or(Why::Gate(withheld), Why::TeamsFirst))
}
