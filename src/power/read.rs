//! Answers a question about what could be seen: from what was published, through the gate; or from
//! the log alone, before anything was.

use std::collections::BTreeSet;
use std::sync::Arc;

use relais_analytics::attribute::{Attribution, EffectSize, MINIMUM_GROUPS};
use relais_analytics::design::Design;
use relais_analytics::power::{Lever, Noise};

use super::assumed::{PlaceTraffic, parts_asked};
use super::draws::named;
use super::gains::{Ground, gains};
use super::{Assumed, Basis, PartPower, Power, QUARTER, RESPONSE, Volume};
use crate::breakdown::Suppressed;
use crate::breakdown::attribution::{Fit, PermittedParts, figures, period, suppressed};
use crate::breakdown::disclosure::{Gate, Reading, Scope};
use crate::breakdown::pool::Pool;
use crate::breakdown::request::Question;
use crate::breakdown::snapshot::{Snapshot, teams_first};
use crate::clock::Instant;
use crate::db::Db;
use crate::element::Element;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::organisation::Site;
use crate::privacy::{NotShown, Objections, Place};
use crate::publication::traffic::LogTraffic;
use crate::publication::{self, Atom, Published};
use crate::survey::wording::USUAL_PARTS;

/// What could be seen of the question's place beside the rest, as of `now`. It takes a while, and
/// is remembered as every report is.
pub async fn read(
    db: &Db,
    organisation: OrganisationId,
    question: &Question,
    now: Instant,
) -> Result<Reading<Power>> {
    let snapshot = Snapshot::of(db, organisation, question, now).await?;
    let answer: Arc<Reading<Power>> = match snapshot.remembered(db, question) {
        Some(answer) => answer,
        None => {
            let (pool, published) = (snapshot.pool(db).await?, snapshot.published(db).await?);
            let make = move |question: &Question, snapshot: &Snapshot| {
                of_releases(question, &published, &pool, &snapshot.gate(question))
            };
            snapshot.keep(db, question.clone(), make).await?
        }
    };
    teams_first(db, organisation, question, answer.as_ref().clone(), now).await
}

/// What could be seen by the log alone: no answer is read, and nothing of anybody is in it. It has
/// not passed the gate, as a discovery has not, and is for whoever imported the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast(Power);

impl std::ops::Deref for Forecast {
    type Target = Power;

    fn deref(&self) -> &Power {
        &self.0
    }
}

/// What could be seen if this share of customers answered; `None` where the log has no journey of
/// the place.
pub async fn of_log(
    db: &Db,
    organisation: OrganisationId,
    question: &Question,
    sites: &[Site],
    response: Option<f64>,
) -> Result<Option<Forecast>> {
    let reader = db.reader();
    let log = publication::store::traffic::log_traffic(reader, organisation, &question.blueprint);
    let (log, question, sites) = (log.await?, question.clone(), sites.to_vec());
    let response = response.unwrap_or(RESPONSE);
    let work = move || forecast(&question, &log, &sites, response);
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|failure| Error::Internal(format!("a forecast broke off: {failure}")))
}

pub(super) fn forecast(
    question: &Question,
    log: &LogTraffic,
    sites: &[Site],
    response: f64,
) -> Option<Forecast> {
    let assumed = Assumed { response, asked: USUAL_PARTS };
    let at = |place: &Place| PlaceTraffic::of_log(log, place, sites);
    let traffic = at(&question.partition);
    let [here, rest] = traffic.volumes(response);
    if here.journeys <= 0.0 {
        return None;
    }
    let region = region_of(&question.partition, sites);
    let region = region.map(|code| {
        let volumes = at(&Place::Region(code.clone())).volumes(response);
        (code, volumes)
    });
    let ground = Ground { asked: Some(USUAL_PARTS), invited: 1.0, region };
    let positions = traffic.positions().into_iter();
    let elements = positions.filter_map(|at| Some((at, log.catalogue.get(&at)?.clone())));
    let elements: Vec<(u16, Element)> = elements.collect();
    let noise = traffic.noise(assumed);
    let empty = Power {
        blueprint: question.blueprint.clone(),
        partition: question.partition.clone(),
        place: question.place.clone(),
        basis: Basis::Log(assumed),
        here,
        rest,
        parts: Vec::new(),
        gains: Vec::new(),
        suppressed: Vec::new(),
    };
    Some(Forecast(drawn(empty, &elements, noise.as_ref(), &ground)))
}

pub(super) fn of_releases(
    question: &Question,
    published: &Published,
    pool: &Pool,
    gate: &Gate,
) -> Result<Reading<Power>> {
    let fit = Fit::of(question, published, pool)?;
    let figures = figures(&fit.report, published, &fit.whole);
    let released = Released::of(question, published, &fit)?;
    let make = |objections: &Objections| released.power(objections);
    match gate.report(&published.units(), Scope::of(question), &figures, make) {
        Ok(shown) => Ok(Ok(shown.transposed()?)),
        Err(why) => Ok(Err(why)),
    }
}

/// What was released, as far as it decides what could be seen.
struct Released<'a> {
    question: &'a Question,
    published: &'a Published,
    fit: &'a Fit,
    weeks: Weeks,
    /// What an average quarter brings, here and elsewhere.
    here: Volume,
    rest: Volume,
    /// Parts asked of each customer by our own questionnaire.
    asked: Option<usize>,
}

impl<'a> Released<'a> {
    fn of(question: &'a Question, published: &'a Published, fit: &'a Fit) -> Result<Self> {
        let weeks = Weeks::of(question, published);
        let [here, rest] = volumes(published, &weeks, &question.partition);
        let asked = asked_by_design(question, published)?;
        Ok(Self { question, published, fit, weeks, here, rest, asked })
    }

    fn power(&self, objections: &Objections) -> Result<Power> {
        let Fit { whole, withheld, .. } = self.fit;
        let parts = PermittedParts::of(self.fit.told(objections), self.published, objections);
        let shown = parts.report.elements.iter().filter(|element| whole.has(element));
        let shown = shown.filter_map(|one| Some((one.position, parts.name(one.position)?)));
        let mut elements: Vec<(u16, Element)> = shown.collect();
        let untold = withheld.as_ref().map(|reason| without_timed(&mut elements, reason));
        let (basis, noise) = self.basis(&parts.report, &elements)?;
        let empty = Power {
            blueprint: self.question.blueprint.clone(),
            partition: self.question.partition.clone(),
            place: self.question.place.clone(),
            basis,
            here: self.here,
            rest: self.rest,
            parts: Vec::new(),
            gains: Vec::new(),
            suppressed: suppressed(self.question, objections, untold.unwrap_or_default()),
        };
        Ok(drawn(empty, &elements, noise.as_ref(), &self.ground()))
    }

    /// How the answers vary, where there are enough of them; else their rate.
    fn basis(
        &self,
        report: &Attribution,
        elements: &[(u16, Element)],
    ) -> Result<(Basis, Option<Noise>)> {
        let (period, Weeks { count, empty }) = (period(self.published), self.weeks);
        // Without a gap there is nothing to compare with, however many answers there are.
        let enough = report.gap.is_none() || report.contrast_groups() >= MINIMUM_GROUPS;
        if report.is_split() && enough {
            let sized = matches!(report.effect_size, Some(EffectSize::Measured(_)));
            let quarter = Lever::Period(f64::from(QUARTER) / f64::from(count));
            let noise = Noise::of(report, count, self.asked).map(|noise| noise.with(quarter));
            return Ok((Basis::Answers { period, weeks: count, empty, sized }, noise));
        }
        let all = report.elements.iter().map(|one| one.asked.unsigned_abs()).sum();
        let asked = self.asked.unwrap_or_else(|| parts_asked(all, self.fit.whole.responses));
        let (here, rest) = (self.here, self.rest);
        let response = (here.answers + rest.answers) / (here.journeys + rest.journeys).max(1.0);
        let assumed = Assumed { response: response.min(1.0), asked };
        let told: BTreeSet<u16> = elements.iter().map(|(at, _)| *at).collect();
        let (place, sides) = (&self.question.partition, (here.journeys, rest.journeys));
        let traffic = PlaceTraffic::of_releases(self.published, place, sides, &told)?;
        Ok((Basis::Few { period, assumed }, traffic.noise(assumed)))
    }

    fn ground(&self) -> Ground {
        let own = |atom: &&Atom| atom.unit.place == self.question.partition;
        let region = self.published.atoms.iter().find(own);
        let region = region.and_then(|atom| atom.unit.region.clone()).map(|code| {
            let place = Place::Region(code.clone());
            (code, volumes(self.published, &self.weeks, &place))
        });
        // Where it is not known whom another tool asked, nobody more is said to be there to ask.
        let whole = &self.fit.whole;
        let share = |invited: u64| invited as f64 / whole.journeys.max(1) as f64;
        let invited = whole.invited.map_or(1.0, share);
        Ground { asked: self.asked, invited, region }
    }
}

/// Takes out what is only timed: of delays that are not told, nothing could be seen either.
fn without_timed(elements: &mut Vec<(u16, Element)>, reason: &NotShown) -> Vec<Suppressed> {
    let timed = elements.extract_if(.., |(_, element)| !element.is_rated());
    timed.map(|(_, element)| Suppressed { element, reason: reason.clone() }).collect()
}

/// A report with its parts, in the order of the chain, and with what would help.
fn drawn(
    report: Power,
    elements: &[(u16, Element)],
    noise: Option<&Noise>,
    ground: &Ground,
) -> Power {
    let positions: Vec<u16> = elements.iter().map(|(at, _)| *at).collect();
    let shares = match noise {
        Some(noise) => named(noise, &positions),
        None => vec![None; positions.len()],
    };
    let part =
        |((_, element), named): (&(u16, Element), _)| PartPower { element: element.clone(), named };
    let mut parts: Vec<PartPower> = elements.iter().zip(shares).map(part).collect();
    parts.sort_by_key(|part| report.blueprint.place(&part.element));
    let report = Power { parts, ..report };
    let position = |wanted: &Element| {
        elements.iter().find(|(_, element)| element == wanted).map(|(at, _)| *at)
    };
    let gains = noise.map(|noise| gains(&report, ground, noise, position)).unwrap_or_default();
    Power { gains, ..report }
}

/// The weeks that a report is about.
#[derive(Clone, Copy)]
struct Weeks {
    count: u32,
    /// Those that brought no answer at the place.
    empty: u32,
}

impl Weeks {
    fn of(question: &Question, published: &Published) -> Self {
        let weeks = || published.atoms.iter().map(|atom| atom.unit.release);
        let count = weeks().max().zip(weeks().min()).map_or(1, |(last, first)| last - first + 1);
        let here = published.atoms.iter().filter(|atom| atom.unit.is_in(&question.partition));
        let answered = here.filter(|atom| atom.unit.answers > 0).map(|atom| atom.unit.release);
        let answered = answered.collect::<BTreeSet<_>>().len();
        let count = u32::try_from(count).unwrap_or(1).max(1);
        let answered = u32::try_from(answered).unwrap_or(u32::MAX);
        Self { count, empty: count.saturating_sub(answered) }
    }
}

/// What an average quarter brings at a place and elsewhere.
fn volumes(published: &Published, weeks: &Weeks, place: &Place) -> [Volume; 2] {
    let quarter = f64::from(QUARTER) / f64::from(weeks.count);
    let mut volumes = [Volume::default(); 2];
    for atom in &published.atoms {
        let side = &mut volumes[usize::from(!atom.unit.is_in(place))];
        side.journeys += quarter * f64::from(atom.journeys);
        side.answers += quarter * f64::from(atom.unit.answers);
    }
    volumes
}

/// How many parts our own questionnaire asks each customer about, by its newest version with an
/// answer of the place; `None` where answers of another tool are among them.
fn asked_by_design(question: &Question, published: &Published) -> Result<Option<usize>> {
    let mut newest = None;
    for cell in published.answers(|atom| published.is_in(atom, &question.partition)) {
        let number = cell?.version;
        let Some(Design::Drawn { asked }) = published.versions.get(&number).map(|one| one.design)
        else {
            return Ok(None);
        };
        newest = newest.max(Some((number, asked)));
    }
    Ok(newest.map(|(_, asked)| asked))
}

fn region_of(place: &Place, sites: &[Site]) -> Option<String> {
    let Place::Site(code) = place else { return None };
    sites.iter().find(|site| site.code == *code)?.region.clone()
}
