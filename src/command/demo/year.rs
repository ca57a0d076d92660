//! A year of the demo's network as the files that its systems would export.

use std::io::Write;

use rand::RngExt;
use rand::rngs::StdRng;
use relais::calendar::{Week, Zone, rfc3339};
use relais::error::{Error, Result};
use relais::progress::Progress;

use super::chance::{between, happens};
use super::network::{GARAGES, Garage};
use super::passage::{Passage, Row};

/// How many weeks the year has.
pub(super) const WEEKS: i32 = 52;
/// The share of customers who answer.
const ANSWER: f64 = 0.21;
const DAY: f64 = 86_400.0;

/// Writes the year whose last week is `last` as an event log and a file of answers.
pub(super) fn write(
    last: Week,
    zone: &Zone,
    random: &mut StdRng,
    events: &mut impl Write,
    answers: &mut impl Write,
    progress: Progress<'_>,
) -> Result<()> {
    let mut year = Year { events, answers, journeys: 0 };
    year.heads()?;
    for week in 0..WEEKS {
        let monday = zone.week_start(Week(last.0 - WEEKS + 1 + week));
        for garage in &GARAGES {
            for _ in 0..busy(garage.weekly, random) {
                let begins = monday + working_time(random);
                year.journey(garage, begins, &Passage::draw(garage, random), random)?;
            }
        }
        progress(week.unsigned_abs().into(), Some(WEEKS.unsigned_abs().into()));
    }
    let story = zone.start_of(the_sixth(last)) + 8 * 3600 + 600;
    year.told(&GARAGES[0], story, &Passage::the_story(), Some(STORY))
}

const STORY: &str = "On m’a proposé le 22, puis le 18 à l’autre bout de la ville. Je suis venu sans prévenir : \
    dix minutes d’accueil, des câbles rongés, et la voiture prête à 17 h.";

/// The 6th of the latest month that has been over for long enough to be published.
fn the_sixth(last: Week) -> jiff::civil::Date {
    let sunday = last.end();
    let month = if sunday.day() > 20 {
        sunday.first_of_month()
    } else {
        sunday.first_of_month().yesterday().map_or(sunday, |day| day.first_of_month())
    };
    month.with().day(6).build().unwrap_or(month)
}

struct Year<'a, E, A> {
    events: &'a mut E,
    answers: &'a mut A,
    journeys: u32,
}

const ITEMS: [&str; 8] = [
    "step.CALL",
    "handoff.CALL.RECEP",
    "step.RECEP",
    "handoff.RECEP.WORK",
    "step.WORK",
    "handoff.WORK.DELIV",
    "handoff.RECEP.DELIV",
    "step.DELIV",
];

impl<E: Write, A: Write> Year<'_, E, A> {
    fn heads(&mut self) -> Result<()> {
        writeln!(self.events, "journey,step,start,end,promised,requested,site").map_err(Error::io("events.csv"))?;
        let items = ITEMS.join(",");
        writeln!(self.answers, "journey,answered_at,outcome,{items},comment").map_err(Error::io("answers.csv"))
    }

    fn journey(&mut self, garage: &Garage, begins: i64, passage: &Passage, random: &mut StdRng) -> Result<()> {
        if !happens(random, ANSWER) {
            return self.told_nothing(garage, begins, passage);
        }
        let asked = three_of(&passage.ratings, random);
        let comment = happens(random, 0.12).then(|| COMMENTS[random.random_range(0..COMMENTS.len())]);
        let asked = Passage { rows: Vec::new(), ratings: asked, outcome: passage.outcome };
        let ended = self.happened(garage, begins, &passage.rows)?;
        self.answered(ended + seconds(between(random, 1.0, 2.5)), &asked, comment)
    }

    fn told_nothing(&mut self, garage: &Garage, begins: i64, passage: &Passage) -> Result<()> {
        self.happened(garage, begins, &passage.rows).map(|_| ())
    }

    fn told(&mut self, garage: &Garage, begins: i64, passage: &Passage, comment: Option<&str>) -> Result<()> {
        let ended = self.happened(garage, begins, &passage.rows)?;
        self.answered(ended + seconds(1.2), passage, comment)
    }

    /// Writes a journey's events and returns when it ended.
    fn happened(&mut self, garage: &Garage, begins: i64, rows: &[Row]) -> Result<i64> {
        self.journeys += 1;
        let mut ended = begins;
        for row in rows {
            let at = |days: f64| begins + seconds(days);
            let when = |days: Option<f64>| days.map(|days| rfc3339(at(days))).unwrap_or_default();
            let (start, end) = (rfc3339(at(row.start)), rfc3339(at(row.end)));
            let (promised, requested) = (when(row.promised), when(row.requested));
            writeln!(
                self.events,
                "R{:06},{},{start},{end},{promised},{requested},{}",
                self.journeys, row.step, garage.code
            )
            .map_err(Error::io("events.csv"))?;
            ended = ended.max(at(row.end));
        }
        Ok(ended)
    }

    /// Writes the answers of the journey written last.
    fn answered(&mut self, at: i64, passage: &Passage, comment: Option<&str>) -> Result<()> {
        let rating = |item: &&str| {
            let given = passage.ratings.iter().find(|(code, _)| code == item);
            given.map(|(_, rating)| rating.to_string()).unwrap_or_default()
        };
        let ratings: Vec<String> = ITEMS.iter().map(rating).collect();
        let comment = comment.map(|words| format!("\"{words}\"")).unwrap_or_default();
        let (journey, at, ratings) = (self.journeys, rfc3339(at), ratings.join(","));
        writeln!(self.answers, "R{journey:06},{at},{},{ratings},{comment}", passage.outcome)
            .map_err(Error::io("answers.csv"))
    }
}

/// Three items as the questionnaire draws them: two steps and a handoff, or a step and two handoffs.
fn three_of(ratings: &[(&'static str, u8)], random: &mut StdRng) -> Vec<(&'static str, u8)> {
    let (mut steps, mut handoffs): (Vec<_>, Vec<_>) =
        ratings.iter().copied().partition(|(code, _)| code.starts_with("step"));
    let wanted = if happens(random, 0.5) { (2, 1) } else { (1, 2) };
    let mut asked = draw(&mut steps, wanted.0, random);
    asked.extend(draw(&mut handoffs, wanted.1, random));
    // A way with a single handoff is asked about one more step instead.
    let missing = 3 - asked.len();
    asked.extend(draw(&mut steps, missing, random));
    asked
}

fn draw<T>(from: &mut Vec<T>, count: usize, random: &mut StdRng) -> Vec<T> {
    let count = count.min(from.len());
    (0..count).map(|_| from.swap_remove(random.random_range(0..from.len()))).collect()
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
