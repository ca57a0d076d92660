//! A team's discussions, what is being tried, and opening one.

use askama::Template;
use axum::extract::{Form as Sent, Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect};

use super::member::Seat;
use super::row::{ActionRow, moved};
use crate::app::App;
use crate::breakdown::titles::{named, placed};
use crate::breakdown::web::page::looked_at;
use crate::calendar::date_in_words;
use crate::discussion::review::{self, Standing};
use crate::discussion::{Action, Discussion, notices, store, words};
use crate::element::Element;
use crate::error::{Refusal, Result};
use crate::i18n::{Text, Words};
use crate::privacy::{Eyes, Place};
use crate::publication;
use crate::team::form::Form;
use crate::team::web::{SignedIn, frame};
use crate::web::{Answer, Frame, Page};

/// A choice of a list: its value, its words, whether it is chosen.
type Choice = (String, String, bool);

#[derive(Template)]
#[template(path = "discussion/list.html")]
struct ListPage {
    w: Words,
    frame: Frame,
    form: Form,
    team: String,
    discussions: Vec<DiscussionRow>,
    handoffs: Vec<Choice>,
    places: Vec<Choice>,
    ideas: Vec<Idea>,
}

struct DiscussionRow {
    address: String,
    handoff: String,
    about: String,
    actions: Vec<ActionRow>,
}

/// What moved elsewhere at a handoff that this team has too. Nobody is told where.
struct Idea {
    handoff: String,
    text: String,
}

pub(super) async fn show(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(team): Path<String>,
) -> Answer {
    let seat = Seat::of(&app, me, team).await?;
    Ok(page(&app, &seat, &uri, Form::default()).await?.into_response())
}

async fn page(app: &App, seat: &Seat, uri: &Uri, form: Form) -> Answer<Page<ListPage>> {
    let (organisation, lang) = (seat.me.organisation, seat.lang());
    let w = Words(lang);
    let actions = store::actions(app.db.reader(), organisation).await?;
    let discussions = store::discussions(app.db.reader(), organisation).await?;
    let is_ours = |of: &Discussion| of.has(&seat.team) && seat.covers(&of.place);
    let own: Vec<Action> =
        actions.iter().filter(|action| is_ours(&action.discussion)).cloned().collect();
    let (eyes, zone, now) = (seat.eyes(), &seat.me.zone, app.clock.now());
    let standings = review::standings(&app.db, organisation, &own, &eyes, zone, now).await?;
    let judged: Vec<(&Action, &Standing)> = own.iter().zip(&standings).collect();
    let ours = discussions.iter().filter(|discussion| is_ours(discussion));
    let rows =
        ours.map(|discussion| discussion_row(seat, discussion, &judged)).collect::<Answer<_>>()?;
    looked_at(app, organisation, seat.role().code(), format!("discussions {}", seat.team)).await?;
    let chosen = |value: String, words: String, field: &str| {
        (value.clone(), words, form.get(field) == value)
    };
    let handoffs = handoffs_in_words(app, seat).await?.into_iter();
    let handoffs = handoffs.map(|(value, words)| chosen(value, words, "handoff")).collect();
    let places = places(seat).into_iter();
    let places = places
        .map(|place| chosen(place.to_string(), placed(&place, &seat.known, lang), "place"))
        .collect();
    let ideas = ideas(app, seat, &actions).await?;
    let frame = frame(&seat.me, uri, w.say("discussion-title"));
    Ok(Page(ListPage {
        w,
        frame,
        form,
        team: seat.name.clone(),
        discussions: rows,
        handoffs,
        places,
        ideas,
    }))
}

fn discussion_row(
    seat: &Seat,
    of: &Discussion,
    judged: &[(&Action, &Standing)],
) -> Answer<DiscussionRow> {
    let lang = seat.lang();
    let own = judged.iter().filter(|(action, _)| action.discussion.id == of.id);
    let rows = own.map(|(action, standing)| ActionRow::of(action, standing, &seat.known, lang));
    let about = Text::new("discussion-about")
        .with("place", placed(&of.place, &seat.known, lang))
        .with("neighbour", words::team(of.other(&seat.team), &seat.known, lang))
        .with("date", date_in_words(of.opened_on, lang));
    Ok(DiscussionRow {
        address: format!("{}/{}", seat.address(), of.id),
        handoff: named(seat.blueprint(&of.journey_type)?, &of.handoff, lang),
        about: about.say(lang),
        actions: rows.collect(),
    })
}

/// The handoffs that the team has a part in, along the chain: what may be discussed.
async fn known_handoffs(app: &App, seat: &Seat) -> Result<Vec<(String, Element)>> {
    let mut all = Vec::new();
    for blueprint in &seat.known.blueprints {
        let known = publication::store::catalogue(
            app.db.reader(),
            seat.me.organisation,
            &blueprint.journey_type,
        )
        .await?;
        let mut own: Vec<Element> = known
            .into_values()
            .filter(|element| matches!(element, Element::Handoff(..)))
            .filter(|element| blueprint.teams(element).contains(&seat.team.as_str()))
            .collect();
        own.sort_by_key(|element| blueprint.place(element));
        all.extend(own.into_iter().map(|element| (blueprint.journey_type.clone(), element)));
    }
    Ok(all)
}

async fn handoffs_in_words(app: &App, seat: &Seat) -> Result<Vec<(String, String)>> {
    let several = seat.known.blueprints.len() > 1;
    let handoffs = known_handoffs(app, seat).await?.into_iter().filter_map(|(code, element)| {
        let blueprint =
            seat.known.blueprints.iter().find(|blueprint| blueprint.journey_type == code)?;
        let name = named(blueprint, &element, seat.lang());
        let words =
            if several { format!("{}, {name}", blueprint.name.say(seat.lang())) } else { name };
        Some((format!("{code}|{element}"), words))
    });
    Ok(handoffs.collect())
}

/// Where the team may discuss: its own place first, then what stands around it.
fn places(seat: &Seat) -> Vec<Place> {
    let own = seat.place();
    let region = match &own {
        Place::Site(code) => seat
            .known
            .sites
            .iter()
            .find(|site| site.code == *code)
            .and_then(|site| site.region.clone()),
        Place::Network | Place::Region(_) => None,
    };
    let sites = seat.known.sites.iter().map(|site| Place::Site(site.code.clone()));
    let all = [own.clone()]
        .into_iter()
        .chain(region.map(Place::Region))
        .chain([Place::Network])
        .chain(sites);
    let mut places: Vec<Place> = Vec::new();
    for place in all.filter(|place| seat.covers(place)) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// What moved elsewhere at the team's own handoffs, as far as the process owner may know it:
/// whoever copies needs no figure and no place.
async fn ideas(app: &App, seat: &Seat, actions: &[Action]) -> Answer<Vec<Idea>> {
    let others = actions.iter().filter(|action| is_elsewhere(&action.discussion, seat));
    let others: Vec<Action> = others.cloned().collect();
    let (organisation, zone, now) = (seat.me.organisation, &seat.me.zone, app.clock.now());
    let standings =
        review::standings(&app.db, organisation, &others, &Eyes::Owner, zone, now).await?;
    let worked = others.iter().zip(&standings).filter(|(_, standing)| moved(standing));
    worked
        .map(|(action, _)| {
            let blueprint = seat.blueprint(&action.discussion.journey_type)?;
            let handoff = named(blueprint, &action.discussion.handoff, seat.lang());
            Ok(Idea { handoff, text: action.plan.text.clone() })
        })
        .collect()
}

/// Whether a handoff of the team's was discussed between others or at another place.
fn is_elsewhere(of: &Discussion, seat: &Seat) -> bool {
    let blueprint = seat.blueprint(&of.journey_type);
    blueprint.is_ok_and(|of_type| of_type.teams(&of.handoff).contains(&seat.team.as_str()))
        && !(of.has(&seat.team) && seat.covers(&of.place))
}

/// Opens a discussion with the neighbour.
pub(super) async fn open(
    me: SignedIn,
    State(app): State<App>,
    uri: Uri,
    Path(team): Path<String>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Answer {
    let seat = Seat::of(&app, me, team).await?;
    let mut form = Form::of(pairs);
    let known = known_handoffs(&app, &seat).await?;
    let handoff = known
        .into_iter()
        .find(|(code, element)| format!("{code}|{element}") == form.get("handoff"));
    let handoff = form.take("handoff", handoff.ok_or_else(|| refused("handoff")), seat.lang())?;
    let place = places(&seat).into_iter().find(|place| place.to_string() == form.get("place"));
    let place = form.take("place", place.ok_or_else(|| refused("place")), seat.lang())?;
    let (Some((journey_type, handoff)), Some(place)) = (handoff, place) else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, &seat, &uri, form).await?)
            .into_response());
    };
    let teams = seat.blueprint(&journey_type)?.teams(&handoff);
    let other =
        teams.iter().find(|code| **code != seat.team).copied().unwrap_or(&seat.team).to_owned();
    let mut discussion = Discussion {
        id: 0,
        journey_type,
        handoff,
        place,
        team: seat.team.clone(),
        neighbour: other,
        opened_on: seat.today,
        joined_on: None,
    };
    let organisation = seat.me.organisation;
    discussion.id = store::save::discussion_key(organisation, &discussion);
    let to = format!("{}/{}", seat.address(), discussion.id);
    let invitation = notices::invitation_job(organisation, discussion.id, app.clock.now())?;
    let write = app.db.write(move |tx| {
        Box::pin(async move {
            store::save::open(tx, organisation, &discussion).await?;
            crate::jobs::enqueue(tx, vec![invitation]).await
        })
    });
    write.await?;
    Ok(Redirect::to(&to).into_response())
}

fn refused(field: &'static str) -> crate::error::Error {
    Refusal::new(Text::new("discussion-choose")).in_field(field).into()
}
