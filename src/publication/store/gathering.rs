//! Reads, sums and marks the rows of a week's atoms: each row once, in the order of time.

use rustc_hash::{FxHashMap, FxHashSet};
use sea_orm::DatabaseTransaction;

use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::publication::atoms::NewAtom;
use crate::publication::elements_met::ElementsMet;
use crate::publication::tally::{Response, TalliedJourney, Tally};

use super::waiting::{self, Atom, Due, Table};

/// The journeys of an atom.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Journeys {
    /// All of them.
    pub(super) all: u64,
    /// How many of them were invited; not known where nobody decided about any.
    pub(super) invited: Option<u64>,
}

/// What some atoms hold.
#[derive(Default)]
pub(super) struct Gathered {
    /// Of each atom.
    pub(super) journeys: Vec<Journeys>,
    pub(super) met: ElementsMet,
}

/// Sums and marks what these atoms hold; which journeys each of them has.
pub(super) async fn gather(
    tx: &DatabaseTransaction,
    due: Due<'_>,
    forming: &[NewAtom],
    keys: &[i64],
    tally: &mut Tally<'_>,
) -> Result<Gathered> {
    if forming.is_empty() {
        return Ok(Gathered::default());
    }
    let atoms: Vec<Atom<'_>> =
        keys.iter().zip(forming).map(|(key, atom)| (*key, &atom.sites)).collect();
    let mut sums = Sums::of(forming, keys, tally);
    let mut invited = vec![None; forming.len()];
    for (site, count) in waiting::invited(tx, due, &atoms).await? {
        *invited[sums.place(site.as_deref())?].get_or_insert(0) += count;
    }
    waiting::responses(tx, due, &atoms, |row| sums.response(&row)).await?;
    let mut marked = 0;
    if !sums.seen.is_empty() {
        marked = waiting::mark_answered(tx, due, &atoms).await?;
        agree("answered journeys", marked, sums.journeys.iter().sum())?;
    }
    waiting::journeys(tx, due, &atoms, |row| {
        let journey = sums.tally.tallied(&row.trace, row.attributes.as_deref())?;
        sums.journey(row.site.as_deref(), row.finished_at, &journey)
    })
    .await?;
    sums.tally.credit_slips();
    marked += waiting::mark(tx, due, Table::Journey, &atoms).await?;
    agree("journeys", marked, sums.journeys.iter().sum())?;
    let counted: Vec<u64> = forming.iter().map(|atom| u64::from(atom.answers)).collect();
    if counted != sums.answers {
        return Err(Error::Internal(format!(
            "{counted:?} responses were counted and {:?} read",
            sums.answers
        )));
    }
    agree(
        "responses",
        waiting::mark(tx, due, Table::Response, &atoms).await?,
        counted.iter().sum(),
    )?;
    let journeys = sums.journeys.into_iter().zip(invited);
    let journeys = journeys.map(|(all, invited)| Journeys { all, invited }).collect();
    Ok(Gathered { journeys, met: sums.met })
}

/// What was marked is what was summed, or nothing of this week stays.
fn agree(what: &str, marked: u64, summed: u64) -> Result<()> {
    if marked != summed {
        return Err(Error::Internal(format!(
            "{marked} {what} would be marked and {summed} were summed"
        )));
    }
    Ok(())
}

struct Sums<'t, 'a> {
    tally: &'t mut Tally<'a>,
    /// The atom of each site, by its place in the list; of what has no site, under the empty code.
    places: FxHashMap<String, usize>,
    keys: &'t [i64],
    answers: Vec<u64>,
    journeys: Vec<u64>,
    /// Journeys that came with a response; one may have two.
    seen: FxHashSet<Vec<u8>>,
    met: ElementsMet,
}

impl<'t, 'a> Sums<'t, 'a> {
    fn of(forming: &[NewAtom], keys: &'t [i64], tally: &'t mut Tally<'a>) -> Self {
        let sites = |(place, atom): (usize, &NewAtom)| {
            atom.sites
                .iter()
                .map(|site| (site.clone().unwrap_or_default(), place))
                .collect::<Vec<_>>()
        };
        let places = forming.iter().enumerate().flat_map(sites).collect();
        let (answers, journeys) = (vec![0; keys.len()], vec![0; keys.len()]);
        let (seen, met) = (FxHashSet::default(), ElementsMet::default());
        Self { tally, places, keys, answers, journeys, seen, met }
    }

    fn response(&mut self, row: &waiting::ReleasedResponse) -> Result<()> {
        let response = Response {
            version: row.version,
            answered_at: row.answered_at,
            outcome: row.outcome,
            answers: &row.answers,
            pressed: row.pressed,
        };
        let tallied = match &row.trace {
            Some(trace) => self.tally.tallied(trace, row.attributes.as_deref())?,
            None => self.tally.journey_of_answer(&response)?,
        };
        if let Some((journey, site, finished_at)) = &row.with
            && !self.seen.contains(journey)
        {
            self.seen.insert(journey.clone());
            self.journey(site.as_deref(), *finished_at, &tallied)?;
        }
        let place = self.place(row.site.as_deref())?;
        self.answers[place] += 1;
        self.met.add(row.site.as_deref(), &tallied);
        self.tally.response(self.keys[place], &response, &tallied)
    }

    fn journey(
        &mut self,
        site: Option<&str>,
        finished_at: Instant,
        journey: &TalliedJourney,
    ) -> Result<()> {
        let place = self.place(site)?;
        self.journeys[place] += 1;
        self.met.add(site, journey);
        self.tally.journey(self.keys[place], finished_at, journey);
        Ok(())
    }

    fn place(&self, site: Option<&str>) -> Result<usize> {
        self.places.get(site.unwrap_or_default()).copied().ok_or_else(|| {
            Error::Internal("a row of a site that is not released was read".to_owned())
        })
    }
}
