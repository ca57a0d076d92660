//! What really stands behind everything that was published of a service: read from the rows, which
//! no reader can, and from the life that was lived.
//!
//! What is shown is a sum of cells: something of one element at one atom. Behind a cell stand those
//! who did it there: teams of the sites that have it in the atom, or, of steps that no journey
//! meets together, the part of the team that does the one. Teams divide among steps and services as
//! the journeys of their own site do: nobody says otherwise.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use relais::app::App;
use relais::blueprint::Blueprint;
use relais::calendar::Week;
use relais::clock::Instant;
use relais::element::Element;
use relais::id::OrganisationId;
use relais::journey::elements::rated;
use relais::journey::timing::timing;
use relais::journey::trace::Trace;
use relais::publication::store::published;
use relais::publication::usual_times::UsualTimes;
use relais::publication::{Published, Window};
use relais::schema::{journey, response};
use relais_analytics::timings::Timings;
use sea_orm::EntityTrait;

use super::life::{CENTRAL, DESKS, Life, SERVICES};
use crate::garage::{DAY, MONDAY, WEEK};

/// What is summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Quantity {
    /// Ratings and the points that they cost.
    Points,
    /// Promises made and kept.
    Promises,
    /// Days that were lost and won.
    Lateness,
}

/// A team of a site, or the part of it that does one step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Part {
    pub(super) site: String,
    pub(super) team: String,
    step: Option<String>,
}

/// Something of an element at an atom.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) atom: usize,
    pub(super) element: Element,
    pub(super) own: BTreeSet<Part>,
    pub(super) central: BTreeSet<String>,
}

pub(super) struct Truth {
    pub(super) service: &'static str,
    pub(super) published: Published,
    pub(super) cells: BTreeMap<Quantity, Vec<Cell>>,
    /// How many people a part is at an atom.
    heads: HashMap<(usize, Part), f64>,
    /// By atom and site and team, how many people of it work for the service.
    teams: HashMap<(usize, String, String), f64>,
    pub(super) central: BTreeMap<String, f64>,
    /// By release and channel, journeys and answers.
    pub(super) channels: BTreeMap<(i32, String), (u64, u64)>,
    pub(super) blueprint: Blueprint,
}

/// A journey as it was.
struct Passed {
    service: String,
    site: String,
    at: Instant,
    atom: Option<usize>,
    channel: String,
    desk: Option<String>,
    rated: BTreeSet<Element>,
    promised: BTreeSet<Element>,
    late: BTreeSet<Element>,
}

impl Truth {
    pub(super) async fn of(
        app: &App,
        organisation: OrganisationId,
        life: &Life,
        service: &'static str,
    ) -> Self {
        let reader = app.db.reader();
        let always = Window::default();
        let published = published(reader, organisation, service, &always, None).await;
        let published = published.expect("what was published");
        let blueprint = relais::blueprint::store::blueprint(reader, organisation, service);
        let blueprint = blueprint.await.expect("a database").expect("a blueprint");
        let central = CENTRAL.iter().zip(life.central);
        let mut truth = Self {
            service,
            cells: BTreeMap::new(),
            heads: HashMap::new(),
            teams: HashMap::new(),
            central: central.map(|(team, heads)| ((*team).to_owned(), heads.into())).collect(),
            channels: BTreeMap::new(),
            blueprint,
            published,
        };
        let journeys = journey::Entity::find().all(reader).await.expect("journeys");
        let mut usual = UsualTimes::default();
        for row in journeys.iter().filter(|row| row.journey_type == service) {
            usual.add(&Trace::parse(&row.trace).expect("a trace"));
        }
        let passed: HashMap<Vec<u8>, Passed> =
            journeys.into_iter().map(|row| (row.id.clone(), truth.passed(&row, &usual))).collect();
        let answers = response::Entity::find().all(reader).await.expect("responses");
        truth.count(life, &passed, &answers);
        truth
    }

    fn atom(&self, id: Option<i64>) -> Option<usize> {
        self.published.atoms.iter().position(|atom| Some(atom.id) == id)
    }

    fn passed(&self, row: &journey::Model, usual: &UsualTimes) -> Passed {
        let trace = Trace::parse(&row.trace).expect("a trace");
        let times = timing(&trace, &self.blueprint);
        // Where a time is missing, the others of the path speak for the journey. Whoever was in
        // time stands behind the days late with those who were not: they could have been.
        let is_whole = usual.timings(&trace) == Timings::Whole;
        let late = times.slips.keys().filter(|_| is_whole).cloned();
        let attributes: serde_json::Value =
            serde_json::from_str(row.attributes.as_deref().expect("attributes")).expect("JSON");
        let desk = trace.events.iter().map(|event| event.step.to_string());
        Passed {
            service: row.journey_type.clone(),
            site: row.site.clone().expect("a site"),
            at: row.finished_at,
            atom: self.atom(row.atom),
            channel: attributes["channel"].as_str().expect("a channel").to_owned(),
            desk: desk.into_iter().find(|step| DESKS.contains(&step.as_str())),
            rated: rated(&trace, &self.blueprint),
            promised: times.promises.iter().map(|(element, _)| element.clone()).collect(),
            late: late.collect(),
        }
    }

    fn count(
        &mut self,
        life: &Life,
        passed: &HashMap<Vec<u8>, Passed>,
        answers: &[response::Model],
    ) {
        let (people, service) = (&People::of(passed), self.service);
        let mut cells: BTreeMap<(Quantity, usize, Element), Crew> = BTreeMap::new();
        let mut add =
            |truth: &mut Self, quantity, atom: usize, element: &Element, at: (&str, Instant)| {
                let crew = truth.crew(life, people, atom, element, at);
                cells.entry((quantity, atom, truth.folded(element))).or_default().add(crew);
            };
        let week = |truth: &Self, atom: usize| truth.published.atoms[atom].unit.release;
        for journey in passed.values().filter(|journey| journey.service == service) {
            let Some(atom) = journey.atom else { continue };
            let key = (week(self, atom), journey.channel.clone());
            self.channels.entry(key).or_default().0 += 1;
            let at = (journey.site.as_str(), journey.at);
            for element in &journey.promised {
                add(self, Quantity::Promises, atom, element, at);
            }
            for element in &journey.late {
                add(self, Quantity::Lateness, atom, element, at);
                add(self, Quantity::Points, atom, element, at);
            }
        }
        for answer in answers.iter().filter(|answer| answer.journey_type == service) {
            let Some(atom) = self.atom(answer.atom) else { continue };
            let journey = &passed[answer.journey.as_ref().expect("a journey")];
            let key = (week(self, atom), journey.channel.clone());
            self.channels.entry(key).or_default().1 += 1;
            let at = (journey.site.as_str(), journey.at);
            for element in journey.rated.iter().chain(&journey.late) {
                add(self, Quantity::Points, atom, element, at);
            }
        }
        // Whoever could have been asked about it stands behind what was answered.
        for journey in passed.values().filter(|journey| journey.service == service) {
            let Some(atom) = journey.atom else { continue };
            let at = (journey.site.as_str(), journey.at);
            for element in &journey.rated {
                let crew = self.crew(life, people, atom, element, at);
                let key = (Quantity::Points, atom, self.folded(element));
                cells.entry(key).and_modify(|cell| cell.add(crew));
            }
        }
        for ((quantity, atom, element), Crew { own, central }) in cells {
            let cell = Cell { atom, element, own, central };
            self.cells.entry(quantity).or_default().push(cell);
        }
        self.leave_something_for_everybody(life, people);
    }

    /// The whole of a place is told of all its people, whatever part of them did anything.
    fn leave_something_for_everybody(&mut self, life: &Life, people: &People) {
        let cells = self.cells.entry(Quantity::Points).or_default().clone();
        for atom in 0..self.published.atoms.len() {
            let here = cells.iter().filter(|cell| cell.atom == atom);
            let own: BTreeSet<Part> = here.flat_map(|cell| cell.own.clone()).collect();
            if self.people(&[atom], &own) >= 7.0 {
                continue;
            }
            let end = self.end(atom);
            let sites: BTreeSet<String> = own.iter().map(|part| part.site.clone()).collect();
            let steps: Vec<String> =
                self.blueprint.steps.iter().map(|step| step.code.clone()).collect();
            let mut all = Crew::default();
            for (site, step) in
                sites.iter().flat_map(|site| steps.iter().map(move |step| (site, step)))
            {
                let element = Element::Step(step.clone());
                all.add(self.crew(life, people, atom, &element, (site.as_str(), end)));
            }
            let element = Element::StepsOf("everybody".to_owned());
            let cell = Cell { atom, element, own: all.own, central: all.central };
            self.cells.entry(Quantity::Points).or_default().push(cell);
        }
    }

    /// Rare handoffs are told together.
    fn folded(&self, element: &Element) -> Element {
        let known = self.published.catalogue.values().any(|known| known == element);
        match element {
            Element::Handoff(..) if !known => Element::HandoffOther,
            _ => element.clone(),
        }
    }

    fn end(&self, atom: usize) -> Instant {
        let first = relais::calendar::Zone::named("Europe/Paris").expect("a zone").week(MONDAY);
        let weeks = self.published.atoms[atom].unit.release - Week(first.0).0 + 1;
        MONDAY + i64::from(weeks) * WEEK
    }

    /// Who did something at a site, as many as they were then.
    fn crew(
        &mut self,
        life: &Life,
        people: &People,
        atom: usize,
        element: &Element,
        (site, at): (&str, Instant),
    ) -> Crew {
        let mut crew = Crew::default();
        let end = self.end(atom);
        for step in element.steps() {
            let team = life.team(self.service, step, at);
            if CENTRAL.contains(&team) {
                crew.central.insert(team.to_owned());
                continue;
            }
            let exclusive = DESKS.contains(&step).then(|| step.to_owned());
            let part = Part { site: site.to_owned(), team: team.to_owned(), step: exclusive };
            let (of_service, of_step) = people.shares(life, self.service, &part, end);
            let heads = f64::from(life.heads(site, team, at)) * of_service;
            let own = heads * of_step;
            let fewest = |known: &mut f64, heads: f64| *known = known.min(heads);
            let whole = (atom, part.site.clone(), part.team.clone());
            fewest(self.teams.entry(whole).or_insert(heads), heads);
            fewest(self.heads.entry((atom, part.clone())).or_insert(own), own);
            crew.own.insert(part);
        }
        crew
    }

    /// How many people some parts are, whoever they were at these atoms: those who stay are the
    /// same ones.
    pub(super) fn people(&self, atoms: &[usize], parts: &BTreeSet<Part>) -> f64 {
        let most = |of: &dyn Fn(usize) -> Option<f64>| {
            atoms.iter().filter_map(|atom| of(*atom)).fold(0.0, f64::max)
        };
        let mut teams: BTreeMap<(&String, &String), f64> = BTreeMap::new();
        for part in parts {
            let heads = most(&|atom| self.heads.get(&(atom, part.clone())).copied());
            *teams.entry((&part.site, &part.team)).or_default() += heads;
        }
        let whole = |((site, team), heads): ((&String, &String), f64)| {
            let key = |atom| (atom, site.clone(), team.clone());
            heads.min(most(&|atom| self.teams.get(&key(atom)).copied()))
        };
        teams.into_iter().map(whole).sum()
    }
}

/// Who stands behind something.
#[derive(Default)]
struct Crew {
    own: BTreeSet<Part>,
    central: BTreeSet<String>,
}

impl Crew {
    fn add(&mut self, other: Self) {
        self.own.extend(other.own);
        self.central.extend(other.central);
    }
}

/// How teams divide, as their journeys do.
struct People {
    /// Of each journey: service, site, desk, and when it was over.
    journeys: Vec<(String, String, Option<String>, Instant)>,
    /// What was counted before.
    shares: RefCell<HashMap<(Part, Instant), f64>>,
}

impl People {
    fn of(passed: &HashMap<Vec<u8>, Passed>) -> Self {
        let of = |journey: &Passed| {
            (journey.service.clone(), journey.site.clone(), journey.desk.clone(), journey.at)
        };
        let shares = RefCell::default();
        Self { journeys: passed.values().map(of).collect(), shares }
    }

    /// The parts of a team that work for a service, and that do the step, in a week that ends then.
    fn shares(&self, life: &Life, service: &str, part: &Part, end: Instant) -> (f64, f64) {
        let share = |part: &Part, count: &dyn Fn() -> f64| {
            let key = (part.clone(), end);
            if let Some(share) = self.shares.borrow().get(&key) {
                return *share;
            }
            let share = count();
            self.shares.borrow_mut().insert(key, share);
            share
        };
        let whole = Part { step: None, ..part.clone() };
        let of_service = share(&whole, &|| self.of_service(life, service, part, end));
        let of_step =
            if part.step.is_none() { 1.0 } else { share(part, &|| self.of_step(part, end)) };
        (of_service, of_step)
    }

    /// The part of a team that works for a service: it divides among all that have it.
    fn of_service(&self, life: &Life, service: &str, part: &Part, end: Instant) -> f64 {
        let has = |(of, steps): &(&'static str, &[(&str, &str, bool)])| {
            steps.iter().any(|(step, ..)| life.team(of, step, end - DAY) == part.team)
        };
        let rivals: BTreeSet<&str> =
            SERVICES.iter().filter(|service| has(service)).map(|(of, _)| *of).collect();
        let count = |is: &dyn Fn(&str) -> bool| {
            let here = self
                .journeys
                .iter()
                .filter(|(of, site, _, at)| is(of) && *site == part.site && *at < end);
            here.count() as f64
        };
        count(&|of| of == service) / count(&|of| rivals.contains(of)).max(1.0)
    }

    /// The part of it that does a step.
    fn of_step(&self, part: &Part, end: Instant) -> f64 {
        let Some(step) = &part.step else { return 1.0 };
        let count = |is: &dyn Fn(&String) -> bool| {
            let here = self.journeys.iter().filter(|(_, site, desk, at)| {
                *site == part.site && *at < end && desk.as_ref().is_some_and(is)
            });
            here.count() as f64
        };
        count(&|desk| desk == step) / count(&|_| true).max(1.0)
    }
}
