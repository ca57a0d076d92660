//! Closes one week in one transaction: decides the atoms, sums their rows, marks them, stores the
//! sums.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use relais_analytics::cell::{Cell, Population};
use rustc_hash::FxHashMap;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait,
    DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::blueprint::{self, Blueprint};
use crate::calendar::{Week, Zone};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::id::OrganisationId;
use crate::jobs;
use crate::limits;
use crate::organisation;
use crate::privacy::embargo::{self, Announced};
use crate::privacy::{Floors, Headcounts, HeadsBehind, Place, Ruling, Unit};
use crate::publication::atoms::{self, NewAtom, PACE, SiteQueue};
use crate::publication::catalogue::Catalogue;
use crate::publication::cells::Cells;
use crate::publication::comments;
use crate::publication::rulings::Presence;
use crate::publication::sharing::{self, TypeTeams, Volumes};
use crate::publication::tally::{Key, Tally};
use crate::schema::{self, atom, cells, release};
use crate::survey::{self, Questionnaire};

use super::gathering::{Journeys, gather};
use super::waiting::{self, Due, Table};

/// Everything that closing a week needs to know beside the rows.
#[derive(Debug)]
pub struct Setting {
    pub organisation: OrganisationId,
    /// What the journeys are meant to be.
    pub blueprint: Blueprint,
    /// Where weeks begin at midnight.
    pub zone: Zone,
    /// The minimum sizes in force.
    pub floors: Floors,
    /// What was announced of the time for which the teams see a release first.
    pub alone: Vec<Announced>,
    /// When the pilot ends; `None` once it has.
    pub pilot_until: Option<Instant>,
    /// How many other journey types have been published.
    pub other_types: usize,
    /// Headcounts of the organisation.
    pub headcounts: Headcounts,
    /// Whether the service has central teams only, and all of them have a headcount.
    pub central_only: bool,
    /// The region of each site that is known.
    pub sites: BTreeMap<String, Option<String>>,
    /// What customers were asked.
    pub questionnaires: Vec<Questionnaire>,
    /// The teams of all journey types.
    pub types: TypeTeams,
    /// The part of its team that each step has which shares it.
    pub shares: BTreeMap<String, u32>,
}

impl Setting {
    /// The teams whose work the journeys are.
    pub fn teams(&self) -> impl Iterator<Item = &str> {
        self.blueprint.steps.iter().filter_map(|step| step.team.as_deref())
    }

    /// The team of each step that has one.
    fn steps(&self) -> BTreeMap<String, String> {
        let steps = self.blueprint.steps.iter();
        steps.filter_map(|step| Some((step.code.clone(), step.team.clone()?))).collect()
    }

    /// Whether another journey type has one of the teams.
    fn shares_a_team(&self) -> bool {
        let mut others =
            self.types.iter().filter(|(code, _)| **code != self.blueprint.journey_type);
        others.any(|(_, teams)| self.teams().any(|team| teams.contains(team)))
    }

    /// The fewest heads that stood behind a site's journeys while they were collected.
    fn behind(
        &self,
        site: Option<&str>,
        between: (Instant, Instant),
        volumes: &Volumes,
    ) -> HeadsBehind {
        let mut behind = HeadsBehind {
            steps: self.steps(),
            shares: self.shares.clone(),
            ..self.headcounts.fewest_behind(site, self.teams(), between)
        };
        let code = &self.blueprint.journey_type;
        sharing::divide(&mut behind, code, site.unwrap_or_default(), &self.types, volumes);
        behind
    }

    fn due(&self, week: Week) -> Due<'_> {
        let end = self.zone.week_start(week.next());
        Due { organisation: self.organisation, journey_type: &self.blueprint.journey_type, end }
    }
}

/// Reads what closing needs to know; `None` when there is no such organisation.
pub async fn setting(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    blueprint: Blueprint,
) -> Result<Option<Setting>> {
    let Some(row) = schema::organisation::Entity::find_by_id(organisation).one(connection).await?
    else {
        return Ok(None);
    };
    let headcounts = crate::privacy::store::headcounts(connection, organisation).await?;
    let questionnaires =
        survey::store::versions(connection, organisation, &blueprint.journey_type).await?;
    let sites = organisation::store::sites(connection, organisation).await?;
    let missing = headcounts.missing(blueprint.steps_and_teams());
    let teams = blueprint.steps.iter().filter_map(|step| step.team.as_deref());
    // A team whose headcount is not known may well be one of the sites.
    let central_only = missing.is_empty() && headcounts.are_central(teams, Instant::MAX);
    let types = blueprint::store::all(connection, organisation).await?;
    Ok(Some(Setting {
        organisation,
        zone: organisation::store::zone(connection, organisation).await?,
        floors: Floors::raised(row.minimum_answers, row.minimum_heads),
        alone: crate::privacy::store::announced(connection, organisation).await?,
        // Whatever is not plainly running is a pilot.
        pilot_until: (row.stage != "running").then_some(row.pilot_until),
        other_types: other_types(connection, organisation, &blueprint.journey_type).await?,
        headcounts,
        central_only,
        sites: sites.into_iter().map(|site| (site.code, site.region)).collect(),
        questionnaires,
        types: types.iter().map(|other| (other.journey_type.clone(), teams_of(other))).collect(),
        shares: BTreeMap::new(),
        blueprint,
    }))
}

fn teams_of(blueprint: &Blueprint) -> BTreeSet<String> {
    blueprint.steps.iter().filter_map(|step| step.team.clone()).collect()
}

async fn other_types(
    connection: &impl ConnectionTrait,
    organisation: OrganisationId,
    journey_type: &str,
) -> Result<usize> {
    let types = release::Entity::of(organisation)
        .select_only()
        .column(release::Column::JourneyType)
        .distinct()
        .filter(release::Column::JourneyType.ne(journey_type));
    Ok(types.into_tuple::<String>().all(connection).await?.len())
}

/// The week after the last closed one; before the first release, the first week that has anything.
pub async fn next_week(
    connection: &impl ConnectionTrait,
    setting: &Setting,
) -> Result<Option<Week>> {
    let last = releases(setting).order_by_desc(release::Column::Week).one(connection).await?;
    if let Some(last) = last {
        return Ok(Some(last.week.next()));
    }
    let earliest =
        waiting::earliest(connection, setting.organisation, &setting.blueprint.journey_type)
            .await?;
    Ok(earliest.map(|instant| setting.zone.week(instant)))
}

fn releases(setting: &Setting) -> sea_orm::Select<release::Entity> {
    release::Entity::of(setting.organisation)
        .filter(release::Column::JourneyType.eq(&setting.blueprint.journey_type))
}

/// What a week's close released.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Closed {
    /// Atoms.
    pub atoms: u64,
    /// Answers in them.
    pub answers: u64,
    /// Journeys in them.
    pub journeys: u64,
    /// Answers that wait for a later week.
    pub waiting: u64,
}

/// Closes a week that is over; the numbers of elements and variants go in and come out, because
/// the next week needs them. `None` when somebody else has closed it.
pub async fn close(
    tx: &DatabaseTransaction,
    setting: Arc<Setting>,
    week: Week,
    mut catalogue: Catalogue,
    now: Instant,
) -> Result<Option<(Closed, Catalogue)>> {
    waiting::one_state(tx).await?;
    let before = past(tx, &setting, week).await?;
    if before.closed {
        return Ok(None);
    }
    let waits = waiting_at(tx, &setting, week, &before).await?;
    let forming = atoms::form(week, &waits, setting.floors, setting.central_only);
    let mut tally =
        Tally::new(&setting.blueprint, &setting.zone, &setting.questionnaires, catalogue);
    let mut closed = Closed {
        waiting: waits.iter().map(|here| u64::from(here.answers)).sum(),
        ..Closed::default()
    };
    let days = embargo::days(&setting.alone, setting.zone.week_start(week), now);
    let times = (now, now + i64::from(days) * 86_400);
    let keys: Vec<i64> = forming.iter().map(|atom| key_of(&setting, week, &atom.place)).collect();
    let journeys = gather(tx, setting.due(week), &forming, &keys, &mut tally).await?;
    let ruling = ruling(&setting, week, &forming, &keys, &tally);
    let mut rows = Vec::with_capacity(forming.len());
    for ((atom, key), journeys) in forming.iter().zip(&keys).zip(journeys) {
        rows.push(atom_row(&setting, week, atom, (*key, journeys), times)?);
        closed.atoms += 1;
        closed.answers += u64::from(atom.answers);
        closed.waiting -= u64::from(atom.answers);
        closed.journeys += journeys.all;
    }
    insert(tx, rows, 14).await?;
    catalogue = tally.catalogue;
    super::numbering::save(
        tx,
        setting.organisation,
        &setting.blueprint.journey_type,
        &mut catalogue,
    )
    .await?;
    super::flows::save(tx, setting.organisation, &keys, &tally.flows).await?;
    insert(tx, cells_rows(setting.organisation, &keys, &tally.cells, &tally.populations), 3)
        .await?;
    let row = release_row(&setting, week, &waits, &forming, &before, times)?;
    let ruling = Set(Some(ruling.encode().map_err(|failure| internal(&failure))?));
    insert(tx, vec![release::ActiveModel { ruling, ..row }], 7).await?;
    if closed.answers > 0 {
        let job = comments::job(setting.organisation, &setting.blueprint.journey_type, week.0, now);
        jobs::enqueue(tx, vec![job]).await?;
    }
    Ok(Some((closed, catalogue)))
}

/// What the releases before a week say of the sites.
#[derive(Debug, Default)]
struct Past {
    /// Whether the week itself is closed.
    closed: bool,
    /// By site, answers that came in each of the last weeks since it is known.
    came: BTreeMap<String, Vec<u32>>,
    /// By site, answers that the last release left waiting.
    left: BTreeMap<String, u32>,
}

async fn past(tx: &DatabaseTransaction, setting: &Setting, week: Week) -> Result<Past> {
    let first = Week(week.0 - i32::try_from(PACE).unwrap_or(0));
    let rows = releases(setting)
        .filter(release::Column::Week.between(first, week))
        .order_by_asc(release::Column::Week)
        .all(tx)
        .await?;
    let mut past = Past { closed: rows.iter().any(|row| row.week == week), ..Past::default() };
    for row in rows {
        let sites: BTreeMap<String, (u32, u32)> = serde_json::from_str(&row.sites)
            .map_err(|_| super::damaged("release", row.week.monday()))?;
        past.left = sites.iter().map(|(site, (_, left))| (site.clone(), *left)).collect();
        for (site, (came, _)) in sites {
            past.came.entry(site).or_default().push(came);
        }
    }
    Ok(past)
}

async fn waiting_at(
    tx: &DatabaseTransaction,
    setting: &Setting,
    week: Week,
    past: &Past,
) -> Result<Vec<SiteQueue>> {
    let due = setting.due(week);
    let answers = waiting::counts(tx, due, Table::Response).await?;
    let mut journeys = waiting::counts(tx, due, Table::Journey).await?;
    let volumes = if setting.shares_a_team() {
        waiting::volumes(tx, setting.organisation, (due.end - limits::VOLUME, due.end)).await?
    } else {
        Volumes::new()
    };
    let waits = answers.into_iter().map(|(site, answers)| {
        let known = site.as_ref();
        let journeys = journeys.remove(&site).unwrap_or_default();
        let since = answers.since.min(journeys.since);
        SiteQueue {
            region: known.and_then(|site| setting.sites.get(site).cloned().flatten()),
            answers: answers.count,
            journeys: journeys.count,
            pace: known.and_then(|site| past.came.get(site).cloned()).unwrap_or_default(),
            behind: setting.behind(site.as_deref(), (since, due.end), &volumes),
            site,
        }
    });
    Ok(waits.collect())
}

fn key_of(setting: &Setting, week: Week, place: &Place) -> i64 {
    let (organisation, week) = (setting.organisation.to_string(), week.0.to_string());
    crate::id::of_key(&[
        "atom",
        &organisation,
        &setting.blueprint.journey_type,
        &week,
        &place.to_string(),
    ])
}

fn atom_row(
    setting: &Setting,
    week: Week,
    atom: &NewAtom,
    (id, journeys): (i64, Journeys),
    (published_at, owners_from): (Instant, Instant),
) -> Result<atom::ActiveModel> {
    let (scope, place) = match &atom.place {
        Place::Site(site) => ("site", site.clone()),
        Place::Region(region) => ("region", region.clone()),
        Place::Network => ("network", String::new()),
    };
    let row = atom::Model {
        organisation_id: setting.organisation,
        id,
        journey_type: setting.blueprint.journey_type.clone(),
        week,
        scope: scope.to_owned(),
        place,
        region: atom.region.clone(),
        behind: json(&atom.behind)?,
        answers: small(atom.answers),
        journeys: small(journeys.all),
        invited: journeys.invited.map(small),
        heads: small(atom.behind.heads(setting.central_only)),
        published_at,
        owners_from,
    };
    Ok(row.into_active_model().reset_all())
}

/// What the release may show.
fn ruling(
    setting: &Setting,
    week: Week,
    forming: &[NewAtom],
    keys: &[i64],
    tally: &Tally<'_>,
) -> Ruling {
    let units: Vec<Unit> = forming
        .iter()
        .map(|atom| Unit {
            release: week.0,
            place: atom.place.clone(),
            region: atom.region.clone(),
            answers: atom.answers,
            behind: atom.behind.clone().into(),
        })
        .collect();
    let (elements, variants) = (tally.catalogue.elements(), tally.catalogue.variants());
    let mut presence = Presence::of(&elements, &variants, units.len());
    let places: FxHashMap<i64, usize> = keys.iter().copied().zip(0..).collect();
    for (key, cell) in &tally.populations {
        presence.journeys(places[&key.atom], key.variant, cell);
    }
    for (key, cell) in &tally.cells {
        presence.answers(places[&key.atom], key.variant, cell);
    }
    presence.ruling(&units.iter().collect::<Vec<_>>(), &setting.steps(), setting.floors)
}

/// The cells of each atom, the lowest key first.
fn cells_rows(
    organisation: OrganisationId,
    atoms: &[i64],
    answers: &FxHashMap<Key, Cell>,
    journeys: &FxHashMap<Key, Population>,
) -> Vec<cells::ActiveModel> {
    let answers = answers.iter().map(|(key, cell)| (*key, cell.encode()));
    let journeys = journeys.iter().map(|(key, population)| (*key, population.encode()));
    let mut states: Vec<(Key, Vec<u8>)> = answers.chain(journeys).collect();
    states.sort_unstable_by_key(|(key, _)| *key);
    let mut of_atoms: FxHashMap<i64, Cells> =
        atoms.iter().map(|atom| (*atom, Cells::default())).collect();
    for (key, state) in states {
        of_atoms
            .entry(key.atom)
            .or_default()
            .push((key.variant, key.version, key.replicate), &state);
    }
    let row = |(atom, cells): (i64, Cells)| cells::ActiveModel {
        organisation_id: Set(organisation),
        atom: Set(atom),
        states: Set(cells.into_bytes()),
    };
    of_atoms.into_iter().map(row).collect()
}

fn release_row(
    setting: &Setting,
    week: Week,
    waits: &[SiteQueue],
    forming: &[NewAtom],
    past: &Past,
    (published_at, owners_from): (Instant, Instant),
) -> Result<release::ActiveModel> {
    // Every site that was ever heard of stays in the list: a week without answers is known, too.
    let mut sites: BTreeMap<&str, (u32, u32)> =
        past.came.keys().map(|site| (site.as_str(), (0, 0))).collect();
    for here in waits {
        if let Some(site) = here.site.as_deref() {
            let came = here.answers.saturating_sub(past.left.get(site).copied().unwrap_or(0));
            let released = forming.iter().any(|atom| atom.sites.contains(&here.site));
            sites.insert(site, (came, if released { 0 } else { here.answers }));
        }
    }
    let row = release::Model {
        organisation_id: setting.organisation,
        journey_type: setting.blueprint.journey_type.clone(),
        week,
        published_at,
        owners_from,
        sites: json(&sites)?,
        ruling: None,
    };
    Ok(row.into_active_model().reset_all())
}

/// Inserts rows of so many columns, as many in a statement as the database takes.
pub(super) async fn insert<A>(tx: &DatabaseTransaction, rows: Vec<A>, columns: usize) -> Result<()>
where
    A: ActiveModelTrait + ActiveModelBehavior + Send,
{
    let most = crate::db::most_values(tx.get_database_backend()) / columns;
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        A::Entity::insert_many(rows.by_ref().take(most)).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|failure| internal(&failure))
}

fn internal(failure: &serde_json::Error) -> Error {
    Error::Internal(failure.to_string())
}

fn small(count: impl TryInto<i32>) -> i32 {
    count.try_into().unwrap_or(i32::MAX)
}
