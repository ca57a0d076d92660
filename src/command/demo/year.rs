//! A year of the demo's network: every journey that will happen, and the log that its systems
//! write of them.

use std::fmt::Write as _;

use crate::calendar::{Week, Zone, rfc3339};
use crate::error::{Error, Result};
use crate::journey::report::Report;
use rand::RngExt;
use rand::rngs::StdRng;

use super::chance::happens;
use super::network::{GARAGES, Garage, TRYING_WEEKS};
use super::story::{DemoJourney, Row};

/// The weeks that are lived.
pub(super) struct Year {
    pub(super) now: i64,
    pub(super) zone: Zone,
    /// How many there are, the running one not counted.
    pub(super) weeks: i32,
}

impl Year {
    pub(super) fn until(now: i64, zone: Zone) -> Self {
        Self { now, zone, weeks: 52 }
    }

    pub(super) fn running_week(&self) -> Week {
        self.zone.week(self.now)
    }

    pub(super) fn first_week(&self) -> Week {
        Week(self.running_week().0 - self.weeks)
    }
}

/// The share of customers whose address the garages know.
const REACHABLE: f64 = 0.92;
/// The share of customers who answer when they are asked.
const ANSWERS: f64 = 0.44;
/// Of these, the share who stop before the last page.
const STOPS: f64 = 0.07;
const DAY: f64 = 86_400.0;

/// What a customer will do with the link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mood {
    Silent,
    /// Answer so many days after the mail: one, two or all three pages.
    Answers {
        days: i64,
        pages: usize,
    },
}

pub(super) struct JourneyPlan {
    pub(super) journey: DemoJourney,
    garage: &'static Garage,
    begins: i64,
    reachable: bool,
    pub(super) mood: Mood,
    pub(super) comment: Option<&'static str>,
}

/// Every journey from the year's first week to the running one. The number of a journey is its
/// place.
pub(super) fn plan(year: &Year, random: &mut StdRng) -> Vec<JourneyPlan> {
    let (running, zone) = (year.running_week(), &year.zone);
    let mut planned = Vec::new();
    for week in year.first_week().0..=running.0 {
        let monday = zone.week_start(Week(week));
        for garage in &GARAGES {
            for _ in 0..busy(garage.weekly, random) {
                let begins = monday + working_time(random);
                // Those who are handed over once the action has begun.
                let tried = week >= running.0 - TRYING_WEEKS - 1;
                planned.push(JourneyPlan::of(garage, begins, tried, random));
            }
        }
    }
    planned.push(JourneyPlan::story(zone, the_sixth(running), Mood::Answers { days: 1, pages: 3 }));
    // The same again, two days ago: if its customer is asked, they have not answered yet.
    let lately = zone.date(year.now - 2 * 86_400);
    planned.push(JourneyPlan::story(zone, lately, Mood::Silent));
    planned
}

/// The number of the story's journey of two days ago.
pub(super) fn latest_story(planned: &[JourneyPlan]) -> usize {
    planned.len() - 1
}

const STORY: &str = "On m’a proposé le 22, puis le 18 à l’autre bout de la ville. Je suis venu sans prévenir : \
    dix minutes d’accueil, des câbles rongés, et la voiture prête à 17 h.";

/// The 6th of the latest month that has been over for long enough to be published.
fn the_sixth(running: Week) -> jiff::civil::Date {
    let sunday = running.monday();
    let month = if sunday.day() > 20 {
        sunday.first_of_month()
    } else {
        sunday.first_of_month().yesterday().map_or(sunday, |day| day.first_of_month())
    };
    month.with().day(6).build().unwrap_or(month)
}

impl JourneyPlan {
    fn of(garage: &'static Garage, begins: i64, tried: bool, random: &mut StdRng) -> Self {
        let journey = DemoJourney::draw(garage, tried, random);
        let mood = if happens(random, ANSWERS) {
            Mood::Answers {
                days: random.random_range(0..3),
                pages: if happens(random, STOPS) { random.random_range(1..3) } else { 3 },
            }
        } else {
            Mood::Silent
        };
        let comment =
            happens(random, 0.12).then(|| COMMENTS[random.random_range(0..COMMENTS.len())]);
        Self { journey, garage, begins, reachable: happens(random, REACHABLE), mood, comment }
    }

    fn story(zone: &Zone, day: jiff::civil::Date, mood: Mood) -> Self {
        let begins = zone.start_of(day) + 8 * 3600 + 600;
        Self {
            journey: DemoJourney::the_story(),
            garage: &GARAGES[0],
            begins,
            reachable: true,
            mood,
            comment: Some(STORY),
        }
    }

    /// The events of the journey that this number has, each with the instant at which its system
    /// tells it.
    fn events(&self, number: usize) -> impl Iterator<Item = (i64, String)> {
        let address = if self.reachable { address(number) } else { String::new() };
        // Three in four of its customers read French, and their garage knows.
        let locale = if number.is_multiple_of(4) { "en" } else { "fr" };
        self.journey.rows.iter().map(move |row| {
            let at = |days: f64| self.begins + seconds(days);
            let when = |days: Option<f64>| days.map(|days| rfc3339(at(days))).unwrap_or_default();
            let Row { step, start, end, promised, requested } = row;
            let (start, done) = (rfc3339(at(*start)), rfc3339(at(*end)));
            let (promised, requested) = (when(*promised), when(*requested));
            let line = format!(
                "R{number:06},{step},{start},{done},{promised},{requested},{},{address},{locale}\n",
                self.garage.code
            );
            (at(*end), line)
        })
    }
}

/// The address of the customer whose journey has this number.
pub(super) fn address(number: usize) -> String {
    format!("r{number:06}@customers.example")
}

/// The number of the journey whose customer has this address.
pub(super) fn number_of(address: &str) -> Option<usize> {
    address.strip_prefix('r')?.split('@').next()?.parse().ok()
}

pub(super) const COLUMNS: &str = "journey,step,start,end,promised,requested,site,contact,locale\n";

/// The log of all journeys in the order in which it is written, each line with its instant.
pub(super) fn log(planned: &[JourneyPlan]) -> Vec<(i64, String)> {
    let mut lines: Vec<(i64, String)> =
        planned.iter().enumerate().flat_map(|(number, planned)| planned.events(number)).collect();
    lines.sort_by_key(|(at, _)| *at);
    lines
}

pub(super) fn file(lines: &[(i64, String)]) -> String {
    let mut text = String::from(COLUMNS);
    for (_, line) in lines {
        let _ = text.write_str(line);
    }
    text
}

/// How many journeys a week has: about as many as usual.
fn busy(weekly: u32, random: &mut StdRng) -> u32 {
    let most = weekly / 4;
    weekly - most / 2 + random.random_range(0..=most)
}

/// Seconds into the week of a working minute.
fn working_time(random: &mut StdRng) -> i64 {
    let day = random.random_range(0..6_i64);
    day * 86_400 + 7 * 3600 + random.random_range(0..9 * 3600_i64)
}

fn seconds(days: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a journey lasts weeks at most")]
    let seconds = (days * DAY).round() as i64;
    seconds
}

const COMMENTS: [&str; 10] = [
    "J’ai dû répéter trois fois ce qui n’allait pas.",
    "Accueil très rapide, merci à toute l’équipe.",
    "Le rendez-vous a été déplacé sans explication.",
    "Voiture rendue propre et à l’heure.",
    "Personne ne savait où en était ma voiture.",
    "The date I was offered was far too late.",
    "Everything was explained well at hand-back.",
    "I was told two different prices.",
    "L’atelier a trouvé la panne tout de suite.",
    "Il a fallu rappeler pour savoir si c’était prêt.",
];

/// Our own log has no bad rows.
pub(super) fn all_kept(report: &Report) -> Result<()> {
    match report.refusals.first() {
        None => Ok(()),
        Some(first) => Err(Error::Internal(format!("the demo's log was refused: {first}"))),
    }
}

#[cfg(test)]
mod tests {
    use crate::command::demo::year::*;
    use crate::invitation::{Channel, Decision, Facts, Reach, Rules, decide};
    use rand::SeedableRng;

    /// Monday 30 November 2026, 0:00 in Paris.
    const MONDAY: i64 = 1_795_993_200;
    const HOUR: i64 = 3_600;

    /// How many customers were written to by now, in the fortnight before it, and say nothing.
    fn silent(year: &Year, rules: &Rules, random: &mut StdRng) -> usize {
        let planned = plan(year, random);
        planned.iter().filter(|who| is_silent(who, year, rules, random)).count()
    }

    fn is_silent(who: &JourneyPlan, year: &Year, rules: &Rules, random: &mut StdRng) -> bool {
        let last = who.journey.rows.iter().map(|row| row.end).fold(0.0, f64::max);
        let finished_at = who.begins + seconds(last);
        let facts = Facts {
            finished_at,
            asking_since: Some(0),
            parts: who.journey.ratings.len(),
            reach: if who.reachable { Reach::Mail } else { Reach::Nothing },
            opted_out: false,
            contacted_at: None,
        };
        let decision = decide(&facts, rules, Channel::Mail, finished_at, random.random());
        // Mails are read in the evening, and the customer must have had one evening at least.
        let sent_at = rules.invites_at(&year.zone, finished_at, finished_at) + 24 * HOUR;
        who.mood == Mood::Silent && decision == Decision::Invited && sent_at <= year.now
    }

    #[test]
    fn at_every_hour_of_every_weekday_and_with_every_seed_somebody_can_answer() {
        for hours in 0..7 * 24 {
            for seed in 1..=3 {
                let zone = Zone::named("Europe/Paris").unwrap();
                let year = Year { weeks: 1, ..Year::until(MONDAY + hours * HOUR, zone) };
                let mut random = StdRng::seed_from_u64(seed);
                let open = silent(&year, &crate::command::demo::some_customers(), &mut random);
                assert!(open > 20, "{open} links, {hours} hours into the week, seed {seed}");
            }
        }
    }
}
