//! A random organisation that has everything at once: two services that share teams, desks that no
//! journey meets together, central teams and teams of the sites, some of them tiny, channels,
//! promises that only some teams make, and changes of its structure between two weeks: heads, the
//! team of a step, the region of a site; also one that a representative objects to.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use relais::clock::Instant;
use relais::db::insert_all;
use relais::id::OrganisationId;
use relais::journey::trace::{Event, Trace};
use relais::limits::PRIVACY_NOTICE;
use relais::organisation::store;
use relais::publication::publish::publish;
use relais::schema::{journey, response};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, IntoActiveModel};
use serde_json::{Map, Value, json};
use smallvec::smallvec;

use super::structure;
use crate::garage::{DAY, MONDAY, WEEK, sql};
use crate::organisation::history;
use crate::support::World;

/// A step, the team that does it, and whether customers meet it.
type Step = (&'static str, &'static str, bool);

/// The services, each with its steps.
pub(super) const SERVICES: [(&str, &[Step]); 2] = [
    (
        "repair",
        &[
            ("CALL", "centre", true),
            ("PLAN", "planning", false),
            ("DESK1", "desk", true),
            ("DESK2", "desk", true),
            ("DESK3", "desk", true),
            ("WORK", "shop", true),
            ("WASH", "yard", true),
        ],
    ),
    ("loan", &[("LEND", "desk", true), ("BACK", "yard", true)]),
];
/// Steps of one team that no journey meets together.
pub(super) const DESKS: [&str; 3] = ["DESK1", "DESK2", "DESK3"];
/// The teams of the sites, and those that are central.
pub(super) const OWN: [&str; 3] = ["desk", "shop", "yard"];
pub(super) const CENTRAL: [&str; 2] = ["centre", "planning"];
const CHANNELS: [&str; 4] = ["phone", "web", "shop", "partner"];
pub(super) const WEEKS: i64 = 4;
/// When a change of the structure is in force that nobody objects to.
pub(super) const CHANGED: Instant = MONDAY + WEEK + 2 * 3_600 + PRIVACY_NOTICE;

/// One site, as it really is.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) code: String,
    pub(super) region: u8,
    /// Of its own teams.
    pub(super) heads: [u32; 3],
    /// The heads that are proposed in the first week and that nobody objects to.
    pub(super) later: [u32; 3],
    /// How many journeys a week come to each desk.
    desks: [u32; 3],
    loans: u32,
    /// Of ten journeys, how many are washed.
    washed: u32,
    /// Which of its teams promise anything: the desk, the shop, the yard.
    promises: [bool; 3],
    /// Whether its shop is ever late.
    is_late: bool,
    channels: [u32; 4],
}

/// An organisation, and what is true of it whatever anybody says.
#[derive(Debug)]
pub(super) struct Life {
    pub(super) seed: u64,
    pub(super) sites: Vec<Site>,
    pub(super) central: [u32; 2],
    /// The site whose desk somebody says is larger than it is.
    pub(super) liar: usize,
    pub(super) is_washed_by_the_shop: bool,
    /// Whether those who plan give the dates of the shop.
    pub(super) plans: bool,
    pub(super) moves: Option<usize>,
}

impl Life {
    pub(super) fn of(seed: u64) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let count = random.random_range(2..=4);
        let sites: Vec<Site> = (0..count).map(|n| Site::of(n, &mut random)).collect();
        let central = [random.random_range(3..20), random.random_range(3..12)];
        let liar = random.random_range(0..count);
        Self {
            seed,
            liar,
            central,
            is_washed_by_the_shop: random.random_bool(0.5),
            plans: random.random_bool(0.6),
            moves: random.random_bool(0.5).then(|| random.random_range(0..count)),
            sites,
        }
    }

    /// How many people a team of a site has at an instant: no more than have always been told of,
    /// or than nobody objected to in time.
    pub(super) fn heads(&self, site: &str, team: &str, at: Instant) -> u32 {
        let site = self.sites.iter().find(|known| known.code == site).expect("a site");
        let own = OWN.iter().position(|own| *own == team).expect("a team of the sites");
        let (before, later) = (site.heads[own], site.later[own]);
        // Fewer are believed at once.
        let from = if later < before { CHANGED - PRIVACY_NOTICE } else { CHANGED };
        if at >= from { later } else { before }
    }

    pub(super) fn team(&self, service: &str, step: &str, at: Instant) -> &'static str {
        if self.is_washed_by_the_shop && step == "WASH" && at >= CHANGED {
            return "shop";
        }
        let (_, steps) = SERVICES.iter().find(|(code, _)| *code == service).expect("a service");
        steps.iter().find(|(code, ..)| *code == step).expect("a step").1
    }
}

impl Site {
    fn of(n: usize, random: &mut StdRng) -> Self {
        let few = |random: &mut StdRng| random.random_range(1..6);
        let many = |random: &mut StdRng| random.random_range(7..24);
        let team =
            |random: &mut StdRng| if random.random_bool(0.5) { few(random) } else { many(random) };
        let heads = [team(random), team(random), team(random)];
        // A site of too few people would show nothing.
        let heads = [heads[0], heads[1].max(8u32.saturating_sub(heads[0] + heads[2])), heads[2]];
        let later = heads.map(|heads| if random.random_bool(0.25) { team(random) } else { heads });
        let mut desks = [0; 3]
            .map(|_: u32| if random.random_bool(0.6) { random.random_range(3..30) } else { 0 });
        desks[0] = desks[0].max(12);
        Self {
            code: format!("S{n}"),
            region: random.random_range(0..2),
            heads,
            later,
            desks,
            loans: if random.random_bool(0.7) { random.random_range(10..40) } else { 0 },
            washed: random.random_range(0..4) * 3,
            promises: [0; 3].map(|_: u32| random.random_bool(0.6)),
            is_late: random.random_bool(0.6),
            channels: [
                60,
                random.random_range(0..30),
                random.random_range(0..20),
                random.random_range(0..8),
            ],
        }
    }

    /// One journey: its service, its events in the order of time, and its channel.
    fn passed(
        &self,
        service: &str,
        desk: &str,
        over: Instant,
        random: &mut StdRng,
    ) -> journey::Model {
        let mut at = over - 5 * DAY;
        let mut event = |step: &str, promised: Option<i64>, random: &mut StdRng| {
            let end = at + random.random_range(1..6) * 3_600;
            let mut event = Event::new(step, Some(at), Some(end));
            if let Some(late) = promised {
                event.promised = smallvec![end - late];
                if step == "WORK" && random.random_bool(0.5) {
                    event.requested = Some(end - late - DAY);
                }
            }
            at = end + random.random_range(1..8) * 3_600;
            event
        };
        let promise = |own: usize, random: &mut StdRng| {
            let late = if own == 1 && !self.is_late { 0 } else { random.random_range(0..3) * DAY };
            self.promises[own].then_some(late)
        };
        let mut events = Vec::new();
        if service == "loan" {
            let promised = promise(0, random);
            events.push(event("LEND", promised, random));
            let promised = promise(2, random);
            events.push(event("BACK", promised, random));
        } else {
            if random.random_bool(0.7) {
                events.push(event("CALL", None, random));
                events.push(event("PLAN", None, random));
            }
            let promised = promise(0, random);
            events.push(event(desk, promised, random));
            let promised = promise(1, random);
            events.push(event("WORK", promised, random));
            if random.random_range(0..10) < self.washed {
                let promised = promise(2, random);
                events.push(event("WASH", promised, random));
            }
        }
        let mut pick = random.random_range(0..self.channels.iter().sum());
        let channel = CHANNELS.iter().zip(self.channels).find(|(_, weight)| {
            let is_here = pick < *weight;
            pick = pick.saturating_sub(*weight);
            is_here
        });
        let channel = channel.map_or(CHANNELS[0], |(channel, _)| channel);
        journey::Model {
            organisation_id: crate::garage::ORGANISATION,
            id: random.random::<[u8; 16]>().to_vec(),
            journey_type: service.to_owned(),
            site: Some(self.code.clone()),
            attributes: Some(json!({ "channel": channel }).to_string()),
            trace: Trace { events, ..Trace::default() }.to_json(),
            started_at: over - 5 * DAY,
            ended_at: over,
            finished_at: over,
            atom: None,
        }
    }
}

/// What a customer says of a journey: of the whole, and of every part that they met.
fn answer(
    journey: &journey::Model,
    at: Instant,
    drawn: bool,
    random: &mut StdRng,
) -> response::Model {
    let trace = Trace::parse(&journey.trace).expect("a trace");
    let met: Vec<&str> =
        trace.events.iter().map(|event| &*event.step).filter(|step| *step != "PLAN").collect();
    let mut answers = Map::new();
    for step in &met {
        answers.insert(format!("step:{step}"), Value::from(random.random_range(0..=10)));
    }
    for pair in met.windows(2) {
        let code = format!("handoff:{}:{}", pair[0], pair[1]);
        answers.insert(code, Value::from(random.random_range(0..=10)));
    }
    response::Model {
        organisation_id: journey.organisation_id,
        id: journey.id.iter().rev().copied().collect(),
        journey_type: journey.journey_type.clone(),
        journey: Some(journey.id.clone()),
        site: journey.site.clone(),
        version: 1,
        answered_at: at,
        outcome: Some(random.random_range(0..=10)),
        answers: Value::Object(answers).to_string(),
        atom: None,
        chances: drawn.then(|| "{}".to_owned()),
        another: None,
        pressed: None,
    }
}

/// Lives all weeks on a real database, through the product's own functions.
pub(super) async fn live(world: &World, life: &Life) -> OrganisationId {
    world.app.clock.set(MONDAY - DAY);
    let organisation = store::ensure(&world.app.db, MONDAY - DAY).await.expect("an organisation");
    for service in 0..SERVICES.len() {
        structure::apply(world, organisation, service, &structure::blueprint(life, service, 0))
            .await;
    }
    sql(
        &world.app,
        "UPDATE organisation SET stage = 'running', minimum_heads = 7, time_zone = 'Europe/Paris'",
    )
    .await;
    let asked = SERVICES.map(|(code, _)| history(organisation, code));
    insert(world, asked.to_vec()).await;
    let mut random = StdRng::seed_from_u64(life.seed ^ 0x5eed);
    for week in 0..WEEKS {
        weekly(world, life, week, &mut random).await;
        world.app.clock.set(MONDAY + (week + 1) * WEEK + 3_600);
        for (service, _) in SERVICES {
            let (db, clock) = (&world.app.db, &world.app.clock);
            let silent = &relais::progress::silent;
            publish(db, clock, organisation, service, None, silent).await.expect("published");
        }
        if week == 0 {
            structure::change(world, organisation, life).await;
        }
    }
    organisation
}

async fn weekly(world: &World, life: &Life, week: i64, random: &mut StdRng) {
    let over = MONDAY + week * WEEK + DAY;
    let (mut journeys, mut answers) = (Vec::new(), Vec::new());
    for (n, site) in life.sites.iter().enumerate() {
        let desks = DESKS.iter().zip(site.desks).map(|(desk, count)| ("repair", *desk, count));
        for (service, desk, count) in desks.chain([("loan", "", site.loans)]) {
            for _ in 0..count {
                let journey =
                    site.passed(service, desk, over + random.random_range(0..DAY), random);
                // Some answer a week later; where the service asks itself, it is another origin.
                if random.random_bool(0.7) {
                    let late = if random.random_bool(0.1) { WEEK } else { 0 };
                    let drawn = n == 0 && week == 2;
                    answers.push(answer(&journey, over + 2 * DAY + late, drawn, random));
                }
                journeys.push(journey);
            }
        }
    }
    insert(world, journeys).await;
    insert(world, answers).await;
}

async fn insert<M, A>(world: &World, rows: Vec<M>)
where
    M: IntoActiveModel<A> + Send + 'static,
    A: ActiveModelTrait + ActiveModelBehavior + Send + 'static,
{
    let stored = world.app.db.write(move |tx| Box::pin(insert_all(tx, rows)));
    stored.await.expect("rows");
}
