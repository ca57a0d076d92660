//! Links for another sender: text messages, codes to scan.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::chosen;
use super::deciding::Common;
use super::store::links::{self as store, Open};
use super::store::outbox::add_links;
use super::{Channel, Reach};
use crate::app::App;
use crate::clock::Instant;
use crate::error::Result;
use crate::i18n::Lang;
use crate::i18n::Text;
use crate::id::OrganisationId;
use crate::journal::{self, Author, Entry, Reason};
use crate::limits;
use crate::organisation;
use crate::token::{JourneyId, Token};

#[derive(Clone, Debug)]
pub struct LinkRequest {
    /// The journeys, as their source calls them; `None` for all whose customers can be reached by
    /// telephone alone.
    pub sources: Option<Vec<String>>,
    /// Also new links for who was given one before, answered or not.
    pub again: bool,
    /// Why, for the journal.
    pub reason: Reason,
}

/// One link. Its secret exists here and nowhere else.
#[derive(Clone)]
pub struct CustomerLink {
    /// The journey as its source calls it, where that was given.
    pub source: Option<String>,
    pub contact: Option<String>,
    /// `fr` or `en`.
    pub locale: Lang,
    pub url: String,
    pub expires_at: Instant,
}

impl std::fmt::Debug for CustomerLink {
    /// Shows neither the link nor whom it is for.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CustomerLink").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// Invites the customers that another sender will write to, and returns their links.
pub async fn give(
    app: &App,
    organisation: OrganisationId,
    journey_type: &str,
    wanted: &LinkRequest,
) -> Result<Vec<CustomerLink>> {
    let common = Common::read(app, organisation, journey_type, Channel::Link)
        .await?
        .ok_or_else(|| Text::new("journey-no-type").with("code", journey_type))?;
    if !common.asks() {
        return Err(Text::new("invitation-not-asking").with("code", journey_type).into());
    }
    let sources = wanted.sources.as_ref().map(|sources| {
        sources
            .iter()
            .map(|source| (app.secret.journey_id(journey_type, source), source.clone()))
            .collect::<HashMap<JourneyId, String>>()
    });
    let share = match &sources {
        Some(sources) => {
            let ids: Vec<JourneyId> = sources.keys().copied().collect();
            Some(share_of_list(app, organisation, journey_type, &ids).await?)
        }
        None => None,
    };
    let mut open = invite(app, organisation, journey_type, &common, sources.as_ref()).await?;
    if wanted.again {
        let new: HashSet<Vec<u8>> = open.iter().map(|one| one.invitation.clone()).collect();
        for (mut one, sealed) in
            store::given(app.db.reader(), organisation, journey_type, app.clock.now()).await?
        {
            let wanted = sources.as_ref().is_none_or(|sources| sources.contains_key(&one.journey));
            if wanted && !new.contains(&one.invitation) {
                one.contact = sealed.as_deref().and_then(|sealed| app.secret.decrypt(sealed));
                open.push(one);
            }
        }
    }
    let now = app.clock.now();
    let entry = Entry {
        at: now,
        author: Author::command_line(),
        subject: format!("links:{journey_type}"),
        before: None,
        after: Some(json!({
            "links": open.len(), "again": wanted.again,
            "share_percent": share.map(|share| share.percent),
            "fewest": share.map(|share| share.fewest),
        })),
        reason: wanted.reason.clone(),
        effective_at: now,
    };
    hand_over(app, organisation, open, sources.unwrap_or_default(), entry).await
}

/// How much of its places and weeks a list holds.
async fn share_of_list(
    app: &App,
    organisation: OrganisationId,
    journey_type: &str,
    ids: &[JourneyId],
) -> Result<chosen::Share> {
    let db = app.db.reader();
    let zone = organisation::store::zone(db, organisation).await?;
    let listed = store::endings(db, organisation, journey_type, ids).await?;
    let instants = || listed.iter().map(|(_, at)| *at);
    let (Some(first), Some(last)) = (instants().min(), instants().max()) else {
        return Ok(chosen::Share::default());
    };
    let weeks = zone.week_start(zone.week(first))
        ..=zone.week_start(zone.week(last).next()).saturating_sub(1);
    let all = store::endings_within(db, organisation, journey_type, weeks).await?;
    chosen::share(&listed, &all, &zone)
}

async fn invite(
    app: &App,
    organisation: OrganisationId,
    journey_type: &str,
    common: &Common,
    sources: Option<&HashMap<JourneyId, String>>,
) -> Result<Vec<Open>> {
    let now = app.clock.now();
    let ids: Vec<JourneyId> = match sources {
        Some(sources) => sources.keys().copied().collect(),
        None => {
            store::reachable(
                app.db.reader(),
                organisation,
                journey_type,
                now - limits::ASK_WITHIN..=now,
            )
            .await?
        }
    };
    let mut open = Vec::new();
    for some in ids.chunks(limits::DECIDED_AT_ONCE) {
        let mut candidates =
            super::store::deciding::candidates(app.db.reader(), organisation, some).await?;
        candidates.retain(|candidate| candidate.finished_at <= now);
        if sources.is_none() {
            candidates.retain(|candidate| {
                let address =
                    candidate.address.as_deref().and_then(|sealed| app.secret.decrypt(sealed));
                Reach::of(address.as_deref()) == Reach::Phone
            });
        }
        let made = common.decide(app, candidates).await?;
        open.extend(made.into_iter().map(|one| Open {
            invitation: one.id.to_vec(),
            journey: one.journey,
            contact: one.address,
            locale: one.locale,
            expires_at: one.expires_at,
        }));
    }
    Ok(open)
}

async fn hand_over(
    app: &App,
    organisation: OrganisationId,
    open: Vec<Open>,
    mut sources: HashMap<JourneyId, String>,
    entry: Entry,
) -> Result<Vec<CustomerLink>> {
    let tokens: Vec<Token> = open.iter().map(|_| app.random(Token::random)).collect();
    let links = open
        .iter()
        .zip(&tokens)
        .map(|(one, token)| (organisation, one.invitation.clone(), token.digest()));
    // At the instant of the entry, so that the tables show which links it tells of.
    let (links, now) = (links.collect::<Vec<_>>(), entry.at);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                add_links(tx, links, now).await?;
                journal::store::append(tx, organisation, entry).await
            })
        })
        .await?;
    let given = open.into_iter().zip(tokens).map(|(one, token)| CustomerLink {
        source: sources.remove(&one.journey),
        contact: one.contact,
        locale: one.locale,
        url: format!("{}/r/{}", app.config.public_url, token.expose()),
        expires_at: one.expires_at,
    });
    Ok(given.collect())
}
