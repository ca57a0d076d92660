//! Decides about journeys that are over, in batches: whoever is invited has their parts drawn and
//! a mail in the outbox.

use std::collections::HashMap;

use rand::RngExt;

use super::store::deciding::{self as store, Candidate, NewInvitation};
use super::store::rules;
use super::{Channel, DAY, Decision, Facts, Reach, Rules, decide};
use crate::app::App;
use crate::blueprint::{self, Blueprint};
use crate::calendar::Zone;
use crate::clock::Instant;
use crate::db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::journey::elements;
use crate::journey::trace::Trace;
use crate::limits;
use crate::organisation;
use crate::survey::drawing::{Item, draw};
use crate::survey::{self, Questionnaire};
use crate::token::JourneyId;

#[derive(Clone, Debug)]
pub(super) struct Common {
    organisation: OrganisationId,
    blueprint: Blueprint,
    zone: Zone,
    rules: Rules,
    /// The questionnaire asked now, and since when customers are asked at all.
    asking: Option<(Questionnaire, Instant)>,
    channel: Channel,
    now: Instant,
}

/// Decides about these journeys, unless they were decided already, and returns how many are
/// invited.
pub async fn decide_all(
    app: &App,
    organisation: OrganisationId,
    journey_type: &str,
    ids: &[JourneyId],
) -> Result<u64> {
    let Some(common) = Common::read(app, organisation, journey_type, Channel::Mail).await? else {
        return Ok(0);
    };
    let mut invited = 0;
    for some in ids.chunks(limits::DECIDED_AT_ONCE) {
        let candidates = store::candidates(app.db.reader(), organisation, some).await?;
        invited += common.decide(app, candidates).await?.len() as u64;
    }
    Ok(invited)
}

/// Decides about journeys with an address that are over and still undecided: those whose log came
/// as a file, and those that ended because nothing more happened.
pub async fn sweep(app: &App, organisation: OrganisationId) -> Result<u64> {
    let mut invited = 0;
    for journey_type in blueprint::store::types(app.db.reader(), organisation).await? {
        let Some(common) = Common::read(app, organisation, &journey_type, Channel::Mail).await?
        else {
            continue;
        };
        let Some((_, since)) = &common.asking else { continue };
        loop {
            let most = limits::DECIDED_AT_ONCE as u64;
            let span = (*since).max(common.now - limits::ASK_WITHIN)..=common.now;
            let waiting =
                store::undecided(app.db.reader(), organisation, &journey_type, span, most).await?;
            let last = waiting.len() < limits::DECIDED_AT_ONCE;
            let candidates = store::candidates(app.db.reader(), organisation, &waiting).await?;
            invited += common.decide(app, candidates).await?.len() as u64;
            if last {
                break;
            }
        }
    }
    Ok(invited)
}

impl Common {
    /// `None` when there is no such journey type.
    pub(super) async fn read(
        app: &App,
        organisation: OrganisationId,
        journey_type: &str,
        channel: Channel,
    ) -> Result<Option<Self>> {
        let conn = app.db.reader();
        let Some(blueprint) = blueprint::store::blueprint(conn, organisation, journey_type).await?
        else {
            return Ok(None);
        };
        Ok(Some(Self {
            organisation,
            zone: organisation::store::zone(conn, organisation).await?,
            rules: rules::read(conn, organisation, journey_type).await?,
            asking: asking(app, organisation, journey_type).await?,
            blueprint,
            channel,
            now: app.clock.now(),
        }))
    }

    pub(super) fn asks(&self) -> bool {
        self.asking.is_some()
    }

    /// Decides and stores the decisions in one transaction; returns who is invited.
    pub(super) async fn decide(
        &self,
        app: &App,
        candidates: Vec<Candidate>,
    ) -> Result<Vec<NewInvitation>> {
        if candidates.is_empty() {
            return Ok(Vec::new());
        }
        let (common, inside) = (self.clone(), app.clone());
        let candidates: Vec<_> =
            candidates.into_iter().map(|candidate| OpenCandidate::of(app, candidate)).collect();
        app.db
            .write(move |tx| {
                Box::pin(async move {
                    // Two who decide at once would not see whom the other writes to.
                    db::lock(tx, &format!("asking {}", common.organisation)).await?;
                    let keys: Vec<[u8; 16]> =
                        candidates.iter().filter_map(|opened| opened.key).collect();
                    let organisation = common.organisation;
                    let mut histories = store::histories(tx, organisation, &keys).await?;
                    let ids: Vec<JourneyId> =
                        candidates.iter().map(|opened| opened.candidate.journey).collect();
                    let decided =
                        store::decided(tx, organisation, &ids, common.channel == Channel::Link)
                            .await?;
                    let fresh = candidates
                        .into_iter()
                        .filter(|opened| !decided.contains(&opened.candidate.journey));
                    let fresh: Vec<OpenCandidate> = fresh.collect();
                    let mut decisions = Vec::with_capacity(fresh.len());
                    let mut made = Vec::new();
                    for opened in fresh {
                        let decision = common.one(&inside, &opened, &mut histories, &mut made)?;
                        let week = common.zone.week(opened.candidate.finished_at);
                        decisions.push((opened.candidate.journey, week, decision));
                    }
                    let kind = &common.blueprint.journey_type;
                    store::write(tx, (organisation, kind), common.now, &decisions, &made).await?;
                    Ok(made)
                })
            })
            .await
    }

    fn one(
        &self,
        app: &App,
        opened: &OpenCandidate,
        histories: &mut HashMap<[u8; 16], store::History>,
        made: &mut Vec<NewInvitation>,
    ) -> Result<Decision> {
        let candidate = &opened.candidate;
        let history = opened.key.and_then(|key| histories.get(&key).copied()).unwrap_or_default();
        let parts = elements::rated(&Trace::parse(&candidate.trace)?, &self.blueprint);
        let facts = Facts {
            finished_at: candidate.finished_at,
            asking_since: self.asking.as_ref().map(|(_, since)| *since),
            parts: parts.len(),
            reach: Reach::of(opened.address.as_deref()),
            opted_out: history.opted_out,
            contacted_at: history.contacted_at,
        };
        let decision = decide(
            &facts,
            &self.rules,
            self.channel,
            self.now,
            app.random(|random| random.random()),
        );
        if let (Decision::Invited, Some((questionnaire, _))) = (decision, &self.asking) {
            let asked = questionnaire.wording.parts_asked;
            let items = app.random(|random| draw(&parts, asked, random));
            let new = self.invitation(app, opened, questionnaire, items);
            if let Some(key) = opened.key {
                histories.entry(key).or_default().contacted_at = Some(new.due_at);
            }
            made.push(new);
        }
        Ok(decision)
    }

    fn invitation(
        &self,
        app: &App,
        opened: &OpenCandidate,
        questionnaire: &Questionnaire,
        items: Vec<Item>,
    ) -> NewInvitation {
        let candidate = &opened.candidate;
        let wished = candidate.locale.unwrap_or(app.config.language);
        let due_at = match self.channel {
            Channel::Mail => self.rules.invites_at(&self.zone, candidate.finished_at, self.now),
            Channel::Link => self.now,
        };
        NewInvitation {
            id: app.random(|random| random.random()),
            journey: candidate.journey,
            week: self.zone.week(candidate.finished_at),
            version: questionnaire.version,
            channel: self.channel,
            // Customers are written to in a language in which they can answer.
            locale: questionnaire.wording.nearest(wished),
            items,
            pressure: app.random(|random| random.random_range(0..limits::PRESSURE_ONE_IN) == 0),
            address_key: opened.key,
            address: opened.address.clone(),
            due_at,
            expires_at: due_at + i64::from(self.rules.link_days) * DAY,
        }
    }
}

/// The questionnaire asked now, and since when customers are asked at all; `None` when they are
/// not.
async fn asking(
    app: &App,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<Option<(Questionnaire, Instant)>> {
    let conn = app.db.reader();
    let since = store::asking_since(conn, organisation, journey_type).await?;
    Ok(survey::store::in_force(conn, organisation, journey_type).await?.zip(since))
}

/// A candidate whose address is decrypted while it is decided.
struct OpenCandidate {
    candidate: Candidate,
    address: Option<String>,
    key: Option<[u8; 16]>,
}

impl OpenCandidate {
    fn of(app: &App, candidate: Candidate) -> Self {
        let address = candidate.address.as_deref().and_then(|sealed| app.secret.decrypt(sealed));
        let key = address.as_deref().map(|address| app.secret.address_key(address));
        Self { candidate, address, key }
    }
}
