//! The review: at the registered date, what the figure says, once; before it, nothing.
//!
//! A verdict is computed from what was published by that date and may be shown, whenever it is
//! read: released weeks never change, so it says the same each time, and no table holds a figure.
//! Looking week after week until it says *moved* would let chance win in the end; that is why
//! nothing is judged before its date.

use jiff::civil::Date;
use relais_analytics::verdict::Verdict;

use super::{Action, Plan};
use crate::breakdown;
use crate::breakdown::disclosure::Reading;
use crate::breakdown::request;
use crate::calendar::{Week, Zone};
use crate::chart::Kind;
use crate::chart::read::ChartQuestion;
use crate::chart::trial::{self, Trial};
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::privacy::{Disclosed, Eyes, NotShown, Place};

/// Where an action stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Its review is still to come.
    Running(Date),
    /// What can be said of it.
    Judged(Disclosed<Judged>),
    /// Why nothing is shown.
    Withheld(NotShown),
}

/// A verdict with what its figure is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// The word and the figures behind it.
    pub verdict: Verdict,
    /// A mean or a share, both of 0 to 100.
    pub kind: Kind,
}

/// Where actions stand, in their order, for whose eyes and as of when.
pub async fn standings(
    db: &Db,
    organisation: OrganisationId,
    actions: &[Action],
    eyes: &Eyes,
    zone: &Zone,
    now: Instant,
) -> Result<Vec<Standing>> {
    let reader = Reader::new(db, organisation, eyes.clone(), now).await?;
    let today = zone.date(now);
    let mut standings = Vec::with_capacity(actions.len());
    for action in actions {
        standings.push(if action.plan.review_on > today {
            Standing::Running(action.plan.review_on)
        } else {
            reader.judge(action, zone).await?
        });
    }
    Ok(standings)
}

/// The last week that a review on a day can know: the one that was over.
fn last_known(review_on: Date) -> Week {
    Week(Week::of(review_on).0 - 1)
}

/// What is read once for all actions.
pub struct Reader<'a> {
    db: &'a Db,
    organisation: OrganisationId,
    eyes: Eyes,
    now: Instant,
    known: request::Catalogue,
}

impl<'a> Reader<'a> {
    /// Reads what all of them need.
    pub async fn new(
        db: &'a Db,
        organisation: OrganisationId,
        eyes: Eyes,
        now: Instant,
    ) -> Result<Self> {
        Ok(Self {
            db,
            organisation,
            eyes,
            now,
            known: breakdown::store::known(db.reader(), organisation).await?,
        })
    }

    async fn judge(&self, action: &Action, zone: &Zone) -> Result<Standing> {
        let (of, plan) = (&action.discussion, &action.plan);
        let last = last_known(plan.review_on);
        if let Some(opening) = self.opening(&of.journey_type, last).await? {
            return Ok(Standing::Withheld(NotShown::TeamsFirst(zone.date(opening))));
        }
        Ok(match self.trial(&of.journey_type, &of.place, plan).await? {
            Err(why) => Standing::Withheld(why),
            Ok(trial) => Standing::Judged(trial.map(|trial| Judged {
                verdict: trial.verdict(plan.start, last, plan.direction),
                kind: trial.kind,
            })),
        })
    }

    /// From when others than the teams see every week up to and with `last`; `None` when this
    /// reader does.
    async fn opening(&self, journey_type: &str, last: Week) -> Result<Option<Instant>> {
        match self.eyes {
            Eyes::Team(_) => Ok(None),
            Eyes::Owner => {
                let connection = self.db.reader();
                let through = breakdown::store::open_through(
                    connection,
                    self.organisation,
                    journey_type,
                    last,
                )
                .await?;
                Ok(through.filter(|opening| *opening > self.now))
            }
        }
    }

    /// The weeks of a plan's figure at a place, or why none may be shown.
    pub async fn trial(
        &self,
        journey_type: &str,
        place: &Place,
        plan: &Plan,
    ) -> Result<Reading<Trial>> {
        let asked = request::RawQuestion {
            journey_type: Some(journey_type.to_owned()),
            partition: Some(place.to_string()),
            ..request::RawQuestion::default()
        };
        let question = asked.check(&self.known, self.eyes.clone())?;
        let asked = ChartQuestion { question, measure: plan.measure.clone(), baseline_until: None };
        let control = plan.control.as_ref();
        let trial = trial::read(self.db, self.organisation, &asked, control, self.now).await?;
        // Whoever tries something is told of releases: without a figure there is none to judge by.
        Ok(trial.map_err(|why| match why {
            NotShown::Unrecorded => NotShown::NothingReleased,
            why => why,
        }))
    }
}
