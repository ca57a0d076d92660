//! Everything that is shown of a service, read as the pages, the interface for programs and the
//! command line read it, each figure as the cells that it sums.

use std::collections::{BTreeMap, BTreeSet};

use relais::app::App;
use relais::breakdown::request::{Catalogue, Question, RawQuestion};
use relais::breakdown::{document, process, read::read, store};
use relais::calendar::Week;
use relais::chart::read::{ChartQuestion, Series};
use relais::chart::{Kind, Measure};
use relais::element::Element;
use relais::i18n::Lang;
use relais::id::OrganisationId;
use relais::network::coverage::{self, Which};
use relais::privacy::{Eyes, NotShown, Place};
use serde_json::Value;

use super::eyes::Told;
use super::life::DESKS;
use super::truth::{Quantity, Truth};

/// What a reader knows: sums of cells, by their places in the truth's lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Knowledge {
    pub(super) documents: u64,
    pub(super) sums: BTreeMap<Quantity, BTreeSet<Vec<usize>>>,
    /// Of the whole network in a window, shares of what differs: the elements that are shown, and
    /// the atoms.
    pub(super) importance: Vec<(Vec<usize>, BTreeSet<Element>)>,
    /// Sums over releases and channels.
    pub(super) channels: BTreeSet<BTreeSet<(i32, String)>>,
    /// What is not shown: why, of which element, of which atoms.
    pub(super) hidden: Vec<(String, Element, Vec<usize>)>,
}

/// A place in a window, with the atoms that stand behind it there.
#[derive(Clone, Debug)]
struct Asked {
    place: Place,
    weeks: Vec<i32>,
    rest: bool,
}

pub(super) struct Reader<'a> {
    app: &'a App,
    organisation: OrganisationId,
    known: Catalogue,
    truth: &'a Truth,
    pub(super) knowledge: Knowledge,
}

impl<'a> Reader<'a> {
    pub(super) async fn of(app: &'a App, organisation: OrganisationId, truth: &'a Truth) -> Self {
        let known = store::known(app.db.reader(), organisation).await.expect("what can be asked");
        Self { app, organisation, known, truth, knowledge: Knowledge::default() }
    }

    /// Reads everything with the eyes of a team, and with those of others what they may see.
    pub(super) async fn everything(&mut self) {
        for asked in self.questions() {
            for eyes in [Eyes::Team("shop".to_owned()), Eyes::Owner] {
                let question = self.question(&asked, eyes.clone());
                self.breakdown(&asked, &question).await;
                if !asked.rest {
                    self.charts(&asked, &question).await;
                    self.process(&asked, &question).await;
                }
                if asked.place == Place::Network {
                    self.coverage(&asked, &question).await;
                }
            }
        }
    }

    fn questions(&self) -> Vec<Asked> {
        let releases = self.truth.published.releases.iter();
        let weeks: Vec<i32> = releases.map(|release| release.week.0).collect();
        let units = self.truth.published.atoms.iter().map(|atom| &atom.unit);
        let places: BTreeSet<Place> = units
            .flat_map(|unit| unit.counts_in().into_iter().chain([unit.place.clone()]))
            .chain([Place::Network])
            .filter(|place| self.is_known(place))
            .collect();
        let mut all = Vec::new();
        for place in places {
            for from in 0..weeks.len() {
                for to in from..weeks.len() {
                    let weeks = weeks[from..=to].to_vec();
                    all.push(Asked { place: place.clone(), weeks: weeks.clone(), rest: false });
                    if place != Place::Network {
                        all.push(Asked { place: place.clone(), weeks, rest: true });
                    }
                }
            }
        }
        all
    }

    fn is_known(&self, place: &Place) -> bool {
        match place {
            Place::Region(region) => {
                self.known.sites.iter().any(|site| site.region.as_ref() == Some(region))
            }
            Place::Network | Place::Site(_) => true,
        }
    }

    /// Some of the questions as they are typed, with what a team is told: every so many.
    pub(super) async fn some(&self, every: usize) -> Vec<Told> {
        let mut told = Vec::new();
        for asked in self.questions().iter().step_by(every) {
            let raw = self.raw(asked);
            let question = raw.clone().check(&self.known, Eyes::Team("shop".to_owned()));
            let question = question.expect("a question");
            let now = self.app.clock.now();
            let reading = read(&self.app.db, self.organisation, &question, now).await;
            let shown = reading.expect("an answer").ok();
            let document = shown.map(|shown| document::document(&shown, Lang::En));
            // Read back from text, as the other one is.
            let document = document.map(|document| {
                let text = serde_json::to_string(&document).expect("JSON");
                serde_json::from_str(&text).expect("JSON")
            });
            let fields = [
                ("journey_type", raw.journey_type),
                ("partition", raw.partition),
                ("against", raw.against),
                ("from", raw.from),
                ("to", raw.to),
            ];
            let fields = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
            told.push((fields.collect(), document));
        }
        told
    }

    fn question(&self, asked: &Asked, eyes: Eyes) -> Question {
        self.raw(asked).check(&self.known, eyes).expect("a question")
    }

    fn raw(&self, asked: &Asked) -> RawQuestion {
        let day = |week: Option<&i32>| week.map(|week| Week(*week).monday().to_string());
        RawQuestion {
            journey_type: Some(self.truth.service.to_owned()),
            partition: Some(asked.place.to_string()),
            against: asked.rest.then(|| "rest".to_owned()),
            from: day(asked.weeks.first()),
            to: day(asked.weeks.last()),
        }
    }

    /// The atoms of a place, or of the rest beside it, that these eyes see in some weeks.
    fn atoms(&self, asked: &Asked, eyes: &Eyes, rest: bool) -> Vec<usize> {
        let (published, now) = (&self.truth.published, self.app.clock.now());
        let seen = |week: i32| {
            let mut releases = published.releases.iter();
            let release = releases.find(|release| release.week.0 == week).expect("a release");
            eyes.visible_at(now).is_none_or(|now| release.owners_from <= now)
        };
        let atoms = published.atoms.iter().zip(0..).filter(|(atom, _)| {
            asked.weeks.contains(&atom.unit.release) && seen(atom.unit.release)
        });
        atoms.filter(|(atom, _)| atom.unit.is_in(&asked.place) != rest).map(|(_, at)| at).collect()
    }

    async fn breakdown(&mut self, asked: &Asked, question: &Question) {
        let now = self.app.clock.now();
        let reading =
            read(&self.app.db, self.organisation, question, now).await.expect("an answer");
        let Ok(shown) = reading else { return };
        let told = serde_json::to_value(document::document(&shown, Lang::En)).expect("JSON");
        self.knowledge.documents += 1;
        let code =
            |one: &Value| one["code"].as_str().expect("a code").parse::<Element>().expect("one");
        let list = |part: &str| told[part].as_array().expect("a list").clone();
        let elements: BTreeSet<Element> = list("elements").iter().map(code).collect();
        for rest in [false, true] {
            if rest && !asked.rest {
                continue;
            }
            let atoms = self.atoms(asked, &question.eyes, rest);
            self.total(Quantity::Points, &atoms);
            if !told["lateness_days"].is_null() || !told["calibration"].is_null() {
                self.total(Quantity::Lateness, &atoms);
            }
            for element in &elements {
                for quantity in [Quantity::Points, Quantity::Lateness, Quantity::Promises] {
                    self.element(quantity, element, &atoms);
                }
            }
            for hidden in list("suppressed") {
                let why = hidden["reason"].as_str().expect("a reason").to_owned();
                self.knowledge.hidden.push((why, code(&hidden), atoms.clone()));
            }
            if !rest && !told["importance"].is_null() {
                let told = told["importance"]["elements"].as_array().expect("a list").iter();
                self.knowledge.importance.push((atoms, told.map(code).collect()));
            }
        }
    }

    async fn charts(&mut self, asked: &Asked, question: &Question) {
        let now = self.app.clock.now();
        let series = Series::read(&self.app.db, self.organisation, question, now).await;
        let series = series.expect("what was published");
        let elements = series.elements(&question.blueprint);
        let measures = [Measure::Outcome, Measure::Promises].into_iter();
        for measure in measures.chain(elements.into_iter().map(Measure::Of)) {
            let kind = series.kind(&measure);
            let chart = ChartQuestion {
                question: question.clone(),
                measure: measure.clone(),
                baseline_until: None,
            };
            let Ok(chart) = series.chart(&chart) else { continue };
            self.knowledge.documents += 1;
            for point in chart.points.iter().filter(|point| point.value.is_ok()) {
                let weeks = asked.weeks.iter().copied();
                let weeks = weeks.filter(|week| (point.since.0..=point.week.0).contains(week));
                let asked = Asked { weeks: weeks.collect(), ..asked.clone() };
                let atoms = self.atoms(&asked, &question.eyes, false);
                match &measure {
                    Measure::Outcome => self.total(Quantity::Points, &atoms),
                    Measure::Promises => self.total(Quantity::Promises, &atoms),
                    Measure::Of(element) => {
                        let quantity = match (element, kind) {
                            (Element::Promise(_), Kind::Days) => Quantity::Lateness,
                            (Element::Promise(_), _) => Quantity::Promises,
                            _ => Quantity::Points,
                        };
                        self.element(quantity, element, &atoms);
                    }
                }
            }
        }
    }

    /// The pages of evidence.
    async fn process(&mut self, asked: &Asked, question: &Question) {
        let elements: Vec<Element> = self.truth.published.catalogue.values().cloned().collect();
        let now = self.app.clock.now();
        let told = process::read(&self.app.db, self.organisation, question, &elements, now).await;
        let atoms = self.atoms(asked, &question.eyes, false);
        for (element, reading) in told.expect("what was published") {
            if reading.is_ok_and(|shown| shown.promises.is_some()) {
                self.knowledge.documents += 1;
                self.element(Quantity::Promises, &element, &atoms);
            }
        }
    }

    async fn coverage(&mut self, asked: &Asked, question: &Question) {
        let now = self.app.clock.now();
        let reading = coverage::read::read(&self.app.db, self.organisation, question, now).await;
        let Ok(shown) = reading.expect("an answer") else { return };
        self.knowledge.documents += 1;
        let atoms = self.atoms(asked, &question.eyes, false);
        let seen: BTreeSet<i32> =
            atoms.iter().map(|atom| self.truth.published.atoms[*atom].unit.release).collect();
        let cells = |is: &dyn Fn(i32, &str) -> bool| -> BTreeSet<(i32, String)> {
            let all = self.truth.channels.keys();
            all.filter(|(week, code)| seen.contains(week) && is(*week, code)).cloned().collect()
        };
        let counted = |cells: &BTreeSet<(i32, String)>| -> (u64, u64) {
            let counts = cells.iter().map(|cell| self.truth.channels[cell]);
            counts.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
        };
        let mut rows = vec![cells(&|_, _| true)];
        rows.extend(
            shown
                .weeks
                .iter()
                .filter(|(_, told)| told.is_some())
                .map(|(week, _)| cells(&|of, _| of == week.0)),
        );
        let mut named: BTreeSet<(i32, String)> = BTreeSet::new();
        for channel in &shown.channels {
            let Which::Named(code) = &channel.which else { continue };
            // It stands by itself in some of the weeks.
            let some = (1..1u32 << seen.len()).rev().map(|chosen| {
                let weeks = seen.iter().zip(0..).filter(|(_, at)| chosen >> at & 1 == 1);
                let weeks: BTreeSet<i32> = weeks.map(|(week, _)| *week).collect();
                cells(&|week, of| of == code && weeks.contains(&week))
            });
            let counts = (channel.journeys, channel.answered);
            let row = some.into_iter().find(|row| counted(row) == counts);
            let row = row.unwrap_or_else(|| panic!("{channel:?} is no sum of its weeks"));
            named.extend(row.iter().cloned());
            rows.push(row);
        }
        let others: Vec<_> = shown
            .channels
            .iter()
            .filter(|channel| !matches!(channel.which, Which::Named(_)))
            .collect();
        let row = cells(&|week, code| !named.contains(&(week, code.to_owned())));
        let counts = others.iter().map(|other| (other.journeys, other.answered));
        let counts = counts.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        assert_eq!(counted(&row), counts, "{others:?}");
        rows.push(row);
        self.knowledge.channels.extend(rows);
    }

    fn total(&mut self, quantity: Quantity, atoms: &[usize]) {
        self.know(quantity, atoms, |_| true);
    }

    fn element(&mut self, quantity: Quantity, element: &Element, atoms: &[usize]) {
        self.know(quantity, atoms, |of| is_part_of(of, element));
    }

    fn know(&mut self, quantity: Quantity, atoms: &[usize], is: impl Fn(&Element) -> bool) {
        let row = sum(self.truth, quantity, atoms, is);
        if !row.is_empty() {
            self.knowledge.sums.entry(quantity).or_default().insert(row);
        }
    }
}

/// Whether something of an element is part of what is shown under a name.
fn is_part_of(element: &Element, shown: &Element) -> bool {
    match (element, shown) {
        (Element::Step(step), Element::StepsOf(team)) => {
            team == "desk" && DESKS.contains(&step.as_str())
        }
        _ => element == shown,
    }
}

/// The cells of some atoms, by their places in the list.
pub(super) fn sum(
    truth: &Truth,
    quantity: Quantity,
    atoms: &[usize],
    is: impl Fn(&Element) -> bool,
) -> Vec<usize> {
    let cells = truth.cells.get(&quantity).map_or(&[][..], Vec::as_slice);
    let here = cells.iter().enumerate();
    here.filter(|(_, cell)| atoms.contains(&cell.atom) && is(&cell.element))
        .map(|(at, _)| at)
        .collect()
}

/// Why somebody hides what would tell of a smaller team beside it.
pub(super) fn remainder() -> String {
    NotShown::Remainder.say(Lang::En)
}
