//! The same attackers on what the product itself says: the documents of the demo and of
//! organisations that live on a real database, week by week, while customers erase themselves,
//! teams grow and sites change their region.

use std::collections::{BTreeMap, BTreeSet};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use relais::app::App;
use relais::breakdown::read::read;
use relais::breakdown::request::{Catalogue, RawQuestion};
use relais::breakdown::{document, store};
use relais::calendar::Week;
use relais::clock::Clock;
use relais::config::Config;
use relais::element::Element;
use relais::i18n::Lang;
use relais::id::OrganisationId;
use relais::privacy::{Eyes, Floors, Place};
use relais::publication::publish::publish;
use relais::publication::store::published;
use relais::publication::{Published, Window};
use relais::schema::{headcount, journey, response, step};
use sea_orm::EntityTrait;
use serde_json::Value;

use super::house::{House, Plan, plan};
use super::search::{Tally, put_together};
use super::view::{Rows, View};
use crate::garage::{DAY, MONDAY, ORGANISATION, WEEK, found, live};
use crate::support::demo::{demo, relais};
use crate::support::{World, both, figure, sql_in};

both!(documents_of_successive_weeks_together_tell_nothing_small);

/// Releases of the demo of which every window is read.
const RELEASES: usize = 5;

/// What somebody asks: the place, the first and the last week, against the rest or not.
pub(super) type Question = (Place, i32, i32, bool);

/// A place whose documents are read one after the other.
pub(super) struct Reader<'a> {
    app: &'a App,
    organisation: OrganisationId,
    known: Catalogue,
}

impl<'a> Reader<'a> {
    pub(super) async fn of(app: &'a App, organisation: OrganisationId) -> Self {
        let known = store::known(app.db.reader(), organisation).await.expect("what can be asked");
        Self { app, organisation, known }
    }

    /// The document; none where nothing may be shown.
    pub(super) async fn document(
        &self,
        (place, from, to, rest): &Question,
        eyes: Eyes,
    ) -> Option<Value> {
        let asked = RawQuestion {
            journey_type: Some("repair".to_owned()),
            partition: Some(place.to_string()),
            against: rest.then(|| "rest".to_owned()),
            from: Some(Week(*from).monday().to_string()),
            to: Some(Week(*to).monday().to_string()),
        };
        let question = asked.check(&self.known, eyes).expect("a question");
        let reading = read(&self.app.db, self.organisation, &question, self.app.clock.now()).await;
        let shown = reading.expect("an answer").ok()?;
        serde_json::to_value(document::document(&shown, Lang::En)).ok()
    }

    /// Every question about some weeks.
    fn questions(&self, weeks: &[i32]) -> Vec<Question> {
        let sites = self.known.sites.iter().map(|site| Place::Site(site.code.clone()));
        let regions =
            self.known.sites.iter().filter_map(|site| site.region.clone()).map(Place::Region);
        let places: BTreeSet<Place> = sites.chain(regions).chain([Place::Network]).collect();
        let mut all = Vec::new();
        for place in places {
            for (at, from) in weeks.iter().enumerate() {
                for to in &weeks[at..] {
                    all.push((place.clone(), *from, *to, false));
                    if place != Place::Network {
                        all.push((place.clone(), *from, *to, true));
                    }
                }
            }
        }
        all
    }
}

/// What documents show, by element, each as the set of the atoms that it sums; checked to be those
/// sums.
#[derive(Default)]
struct Seen(BTreeMap<Option<Element>, Rows>);

impl Seen {
    fn add(&mut self, published: &Published, weeks: &[i32], question: &Question, document: &Value) {
        let (place, from, to, rest) = question;
        let inside = |at: usize| published.is_in(at, place);
        let window = |at: &usize| (from..=to).contains(&&published.atoms[*at].unit.release);
        let held: Vec<usize> =
            (0..published.atoms.len()).filter(window).filter(|at| inside(*at)).collect();
        let sum = |of: fn(&relais::publication::Atom) -> u32| {
            held.iter().map(|at| u64::from(of(&published.atoms[*at]))).sum()
        };
        assert_eq!(
            document["responses"].as_u64(),
            Some(sum(|atom| atom.unit.answers)),
            "{question:?}"
        );
        assert_eq!(document["journeys"].as_u64(), Some(sum(|atom| atom.journeys)), "{question:?}");
        let mut codes = vec![None];
        for element in document["elements"].as_array().expect("elements") {
            let code: Element =
                element["code"].as_str().expect("a code").parse().expect("an element");
            let asked = asked(published, &held, &code);
            assert_eq!(element["asked"].as_u64(), Some(asked), "{code} of {question:?}");
            assert!(!code.is_rated() || asked >= 10, "{code} of {question:?} has {asked} answers");
            codes.push(Some(code));
        }
        for hidden in document["suppressed"].as_array().expect("what is suppressed") {
            let code = hidden["code"].as_str().expect("a code").parse().ok();
            assert!(!codes.contains(&code), "{code:?} is shown and suppressed");
        }
        let row = |rest: bool| {
            let atoms = (0..published.atoms.len()).filter(window).filter(|at| inside(*at) != rest);
            atoms.fold(0u128, |row, at| row | 1 << at)
        };
        let view = View {
            place: place.clone(),
            releases: weeks.iter().copied().filter(|w| (from..=to).contains(&w)).collect(),
            rest: *rest,
            heads: 0,
        };
        for code in codes {
            let rows = self.0.entry(code).or_default();
            rows.entry(row(false)).or_insert_with(|| View { rest: false, ..view.clone() });
            if *rest && row(true) != 0 {
                rows.entry(row(true)).or_insert_with(|| view.clone());
            }
        }
    }

    fn attack(&self, house: &House) -> Tally {
        let mut tally =
            Tally { organisations: 1, atoms: house.units.len() as u64, ..Tally::default() };
        for (element, rows) in &self.0 {
            if let Some(found) = put_together(house, element.as_ref(), rows, &mut tally) {
                panic!("{found}");
            }
        }
        tally
    }
}

/// How many answers some atoms have to an element's own item.
fn asked(published: &Published, held: &[usize], code: &Element) -> u64 {
    let here = published.answers(|atom| held.contains(&atom)).map(|cell| cell.expect("a cell"));
    let asked = here.map(|cell| {
        let elements = published.variants[&cell.variant].iter().enumerate();
        let own = elements.filter(|(_, position)| published.catalogue.get(position) == Some(code));
        own.map(|(k, _)| cell.state.asked(k)).sum::<i64>()
    });
    u64::try_from(asked.sum::<i64>()).expect("a count")
}

/// What really stands behind the atoms: read from the rows, which no reader can.
async fn house(app: &App, published: &Published) -> House {
    let reader = app.db.reader();
    let mut house = House {
        units: published.units(),
        sites: vec![BTreeSet::new(); published.atoms.len()],
        journeys: published.atoms.iter().map(|atom| atom.journeys).collect(),
        most: BTreeMap::new(),
        central: BTreeMap::new(),
        teams: BTreeMap::new(),
        weeks: 0,
        floors: Floors::raised(10, 7),
        central_only: false,
    };
    let places: BTreeMap<i64, usize> =
        published.atoms.iter().zip(0..).map(|(atom, at)| (atom.id, at)).collect();
    let answered = response::Entity::find()
        .all(reader)
        .await
        .expect("responses")
        .into_iter()
        .map(|row| (row.atom, row.site));
    let passed = journey::Entity::find()
        .all(reader)
        .await
        .expect("journeys")
        .into_iter()
        .map(|row| (row.atom, row.site));
    for (atom, site) in answered.chain(passed) {
        if let Some(at) = atom.and_then(|atom| places.get(&atom)) {
            house.sites[*at].insert(site);
        }
    }
    for row in step::Entity::find().all(reader).await.expect("steps") {
        house.teams.extend(row.team.map(|team| (row.code, team)));
    }
    for row in headcount::Entity::find().all(reader).await.expect("headcounts") {
        let heads = u32::try_from(row.heads).expect("a number");
        let most = match row.site.is_empty() {
            true => house.central.entry(row.team).or_default(),
            false => house.most.entry(row.team).or_default().entry(row.site).or_default(),
        };
        *most = heads.max(*most);
    }
    house
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_documents_of_the_demo_together_tell_nothing_small() {
    let folder = demo().copy();
    let config = Config::read(&[("data", folder.path().display().to_string())], |_| None)
        .expect("the settings");
    let app = App::open(config, Clock::System).await.expect("the demo");
    let organisation = relais::organisation::store::ensure(&app.db, app.clock.now())
        .await
        .expect("an organisation");
    let everything = published(app.db.reader(), organisation, "repair", &Window::default(), None)
        .await
        .expect("all");
    let last = &everything.releases[everything.releases.len() - RELEASES..];
    let weeks: Vec<i32> = last.iter().map(|release| release.week.0).collect();
    let window = Window { from: Some(Week(weeks[0])), to: None };
    let some = published(app.db.reader(), organisation, "repair", &window, None)
        .await
        .expect("the last weeks");
    let (reader, mut seen, mut read) = (Reader::of(&app, organisation).await, Seen::default(), 0);
    for question in reader.questions(&weeks) {
        let Some(document) = reader.document(&question, Eyes::Team("workshop".to_owned())).await
        else {
            continue;
        };
        seen.add(&some, &weeks, &question, &document);
        read += 1;
        if read % 97 == 0 {
            // Read back from text, as the other one is.
            let document: Value = serde_json::from_str(&document.to_string()).expect("JSON");
            assert_eq!(
                printed(folder.path(), &question),
                document,
                "the command line says the same"
            );
        }
    }
    let tally = seen.attack(&house(&app, &some).await);
    figure(&format!("attackers: the demo's {read} documents of {RELEASES} weeks: {tally}"));
    assert!(read > 100 && tally.groups > 0, "{tally}");
}

/// What the command line prints about a question.
fn printed(folder: &std::path::Path, (place, from, to, rest): &Question) -> Value {
    let (place, from, to) =
        (place.to_string(), Week(*from).monday().to_string(), Week(*to).monday().to_string());
    let mut args = vec![
        "breakdown",
        "--journey-type",
        "repair",
        "--json",
        "--lang",
        "en",
        "--as-team",
        "workshop",
    ];
    args.extend(["--partition", &place, "--from", &from, "--to", &to]);
    args.extend(rest.then_some(["--against", "rest"]).into_iter().flatten());
    let told = relais(folder, &args);
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    serde_json::from_slice(&told.stdout).expect("one JSON document")
}

async fn documents_of_successive_weeks_together_tell_nothing_small(world: World) {
    let plan = chosen();
    settle(&world, &plan).await;
    let (mut seen, mut told) = (Seen::default(), BTreeMap::new());
    let mut documents = 0;
    for week in 0..plan.weeks {
        pass(&world, &plan, week).await;
        world.app.clock.set(MONDAY + i64::from(week + 1) * WEEK + 3_600);
        let closed = publish(
            &world.app.db,
            &world.app.clock,
            ORGANISATION,
            "repair",
            None,
            &relais::progress::silent,
        )
        .await;
        closed.expect("a week is closed");
        let all =
            published(world.app.db.reader(), ORGANISATION, "repair", &Window::default(), None)
                .await
                .expect("all");
        let weeks: Vec<i32> = all.releases.iter().map(|release| release.week.0).collect();
        let reader = Reader::of(&world.app, ORGANISATION).await;
        for question in reader.questions(&weeks) {
            let Some(document) =
                reader.document(&question, Eyes::Team("workshop".to_owned())).await
            else {
                continue;
            };
            seen.add(&all, &weeks, &question, &document);
            documents += 1;
            // What was published once stays, whoever was erased and whatever was set since.
            let figures = ["responses", "journeys", "invited", "outcome", "elements", "suppressed"]
                .map(|part| document[part].clone());
            let before = told.entry(question.clone()).or_insert_with(|| figures.clone());
            assert_eq!(*before, figures, "{question:?} says something else than a week before");
        }
    }
    let all = published(world.app.db.reader(), ORGANISATION, "repair", &Window::default(), None)
        .await
        .expect("all");
    let house = house(&world.app, &all).await;
    let tally = seen.attack(&house);
    figure(&format!("attackers: {documents} documents of four weeks on a database: {tally}"));
    assert!(documents > 100 && tally.groups > 0, "{documents} documents, {tally}\n{plan:?}");
}

/// The first of the random plans in which there is something to find.
fn chosen() -> Plan {
    let mut runner = TestRunner::deterministic();
    loop {
        let plan = plan().new_tree(&mut runner).expect("a plan").current();
        let busy = plan
            .sites
            .iter()
            .filter(|site| site.comes.iter().all(|(answers, _)| *answers >= 8))
            .count();
        let moving = plan.sites.iter().filter(|site| site.heads[0] != site.heads[1]).count();
        if (4..=7).contains(&plan.sites.len())
            && plan.weeks == 4
            && busy >= 2
            && moving >= 1
            && !plan.central_only
        {
            return plan;
        }
    }
}

async fn settle(world: &World, plan: &Plan) {
    let code = |n: usize| -> &'static str { Box::leak(format!("S{n}").into_boxed_str()) };
    let region = |region: Option<u8>| {
        region.map(|n| -> &'static str { Box::leak(format!("R{n}").into_boxed_str()) })
    };
    let garage = |(n, site): (usize, &super::house::Site)| {
        let [desk, shop] = site.heads[0].map(|heads| i32::try_from(heads).expect("a number"));
        (code(n), region(site.regions[0]), desk, shop + 6)
    };
    let garages: Vec<crate::garage::Garage> = plan.sites.iter().enumerate().map(garage).collect();
    found(&world.app, Box::leak(garages.into_boxed_slice())).await;
}

/// One week: customers come, some answer late, some erase what they said, before its release or
/// after it; teams grow and sites change their region.
async fn pass(world: &World, plan: &Plan, week: i32) {
    let over = MONDAY + i64::from(week) * WEEK + DAY;
    for (n, site) in plan.sites.iter().enumerate() {
        let (answers, more) = site.comes[usize::try_from(week).expect("a week")];
        let code = format!("S{n}");
        live(&world.app, Some(&code), over, (answers + more, answers), over + DAY).await;
        live(&world.app, Some(&code), over, (3, 2), over + WEEK).await;
        let erased = site.erased[usize::try_from(week).expect("a week")];
        for released in ["IS NULL", "IS NOT NULL"] {
            run(world, format!(
                "DELETE FROM response WHERE id IN (SELECT id FROM response WHERE site = '{code}' AND atom {released} ORDER BY id LIMIT {erased})"
            ))
            .await;
        }
        if week == site.change {
            let region = site.regions[1].map_or("NULL".to_owned(), |region| format!("'R{region}'"));
            run(world, format!("UPDATE site SET region = {region} WHERE code = '{code}'")).await;
            for (team, heads) in
                [("reception", site.heads[1][0]), ("workshop", site.heads[1][1] + 6)]
            {
                run(world, format!(
                    "INSERT INTO headcount (organisation_id, team, site, since, heads) VALUES (1, '{team}', '{code}', {over}, {heads})"
                ))
                .await;
            }
        }
    }
}

async fn run(world: &World, statement: String) {
    let ran = world.app.db.write(move |tx| Box::pin(async move { sql_in(tx, &statement).await }));
    ran.await.expect("a statement");
}
