//! What the page shows of who is heard.

use relais_analytics::attribute::Estimate;
use relais_analytics::interval::Share;

use super::{Channel, Coverage, Feed, What, Which, drawing};
use crate::breakdown::level::LESS_HAPPY;
use crate::breakdown::phrases::{Phrases, period};
use crate::breakdown::picture::drawing::Fill;
use crate::breakdown::request::Catalogue;
use crate::breakdown::{Breakdown, LEVEL};
use crate::calendar::{Zone, date_in_words};
use crate::i18n::{Lang, Text, Words, count, number};
use crate::network::bar_chart::{self, Bar, Row as BarRow};
use crate::network::two_sizes::{Picture, picture, second};
use crate::privacy::Disclosed;

/// Everything; `templates/network/coverage.html` lays it out.
#[derive(Debug)]
pub(super) struct CoveragePanel {
    pub(super) period: String,
    pub(super) lede: String,
    pub(super) picture: Picture,
    pub(super) weeks: Vec<Row>,
    pub(super) channels: Vec<Row>,
    pub(super) level: Option<Level>,
    pub(super) notes: Vec<String>,
}

/// A week, or a channel.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) journeys: String,
    pub(super) invited: String,
    pub(super) answered: String,
    pub(super) rate: String,
}

/// What the silent do to the level.
#[derive(Debug)]
pub(super) struct Level {
    pub(super) picture: Picture,
    pub(super) rows: Vec<(String, String)>,
}

/// A feed.
#[derive(Debug)]
pub(super) struct FeedRow {
    pub(super) name: String,
    pub(super) last: String,
    pub(super) usual: String,
    pub(super) state: String,
    pub(super) stopped: bool,
}

impl CoveragePanel {
    /// The view of what may be shown; `breakdown` is that of the same releases.
    pub(super) fn of(
        coverage: &Disclosed<Coverage>,
        breakdown: Option<&Disclosed<Breakdown>>,
        lang: Lang,
    ) -> Self {
        let whole = coverage.whole;
        let lede = if whole.has_history {
            Text::new("owner-coverage-lede-history")
        } else {
            Text::new("owner-coverage-lede")
                .with("invited", count(lang, whole.invited))
                .with("rate", rate(lang, whole.answered, whole.journeys))
        };
        let lede = lede
            .with("journeys", count(lang, whole.journeys))
            .with("answered", count(lang, whole.answered))
            .say(lang);
        let title = Words(lang).say("owner-coverage-picture");
        let weighted = breakdown.and_then(|breakdown| breakdown.level.weighted);
        let weighted = weighted.map(|weighted| {
            let text = Text::new("owner-coverage-weighted");
            text.with("effective", number(lang, weighted.effective, 0)).say(lang)
        });
        let notes = ["owner-coverage-explains", "caveat-windows"].map(|key| Words(lang).say(key));
        Self {
            period: period(coverage.period, lang),
            picture: picture(&title, &lede, |paper| drawing::draw(coverage, paper, lang)),
            lede,
            weeks: weeks(coverage, lang),
            channels: coverage
                .channels
                .iter()
                .map(|channel| of_channel(channel, whole.has_history, lang))
                .collect(),
            level: breakdown.and_then(|breakdown| Level::of(breakdown, lang)),
            notes: weighted.into_iter().chain(notes).collect(),
        }
    }
}

fn weeks(coverage: &Coverage, lang: Lang) -> Vec<Row> {
    let row = |(week, counts): &(crate::calendar::Week, Option<super::Counts>)| {
        let name = date_in_words(week.monday(), lang);
        let Some(counts) = counts else {
            let none = || "–".to_owned();
            return Row { name, journeys: none(), invited: none(), answered: none(), rate: none() };
        };
        Row {
            name,
            journeys: count(lang, counts.journeys),
            invited: if counts.has_history {
                Words(lang).say("breakdown-not-known")
            } else {
                count(lang, counts.invited)
            },
            answered: count(lang, counts.answered),
            rate: rate_of(lang, (counts.answered, counts.journeys), counts.has_history),
        }
    };
    coverage.weeks.iter().map(row).collect()
}

fn of_channel(channel: &Channel, has_history: bool, lang: Lang) -> Row {
    Row {
        name: match &channel.which {
            Which::Named(code) => code.clone(),
            Which::Unsaid => Words(lang).say("owner-coverage-unsaid"),
            Which::Others => Words(lang).say("owner-coverage-others"),
        },
        journeys: count(lang, channel.journeys),
        invited: String::new(),
        answered: count(lang, channel.answered),
        rate: rate_of(lang, (channel.answered, channel.journeys), has_history),
    }
}

impl Level {
    /// The level before and after each correction. Where answers are too few to be split, there is
    /// none.
    fn of(breakdown: &Breakdown, lang: Lang) -> Option<Self> {
        let phrases = Phrases::new(breakdown, lang);
        let calibration = breakdown.level.calibration?;
        let plain = |value: f64| Estimate { value, interval: None };
        let silent = |key: &'static str, which: usize| {
            let text = Text::new(key).with("less", number(lang, LESS_HAPPY, 0));
            breakdown.level.if_silent.map(|outcomes| (text, plain(outcomes[which])))
        };
        let figures = [
            Some((Text::new("owner-coverage-observed"), plain(100.0 - calibration.observed))),
            Some((Text::new("breakdown-fact-calibrated"), breakdown.outcome)),
            breakdown
                .level
                .weighted
                .map(|weighted| (Text::new("breakdown-fact-weighted"), weighted.outcome)),
            silent("owner-coverage-silent", 0),
            silent("owner-coverage-happier", 1),
        ];
        let said = |(text, points): (Text, Estimate)| (text.say(lang), points);
        let figures: Vec<(String, Estimate)> = figures.into_iter().flatten().map(said).collect();
        let bar = |(label, points): &(String, Estimate)| {
            BarRow::Bar(Bar {
                label: label.clone(),
                figure: phrases.estimate(*points),
                under: None,
                value: points.value,
                interval: points.interval,
                fill: Fill::Untraced,
            })
        };
        let bars: Vec<BarRow> = figures.iter().map(bar).collect();
        let rows: Vec<(String, String)> =
            figures.into_iter().map(|(label, points)| (label, phrases.estimate(points))).collect();
        let told: Vec<String> = rows
            .iter()
            .map(|(label, figure)| format!("{label}{}{figure}", phrases.colon()))
            .collect();
        let title = Words(lang).say("owner-coverage-level");
        let picture =
            second(&title, &told.join("; "), |paper| bar_chart::draw(&bars, Some(100.0), paper));
        Some(Self { picture, rows })
    }
}

/// The feeds in words.
pub(super) fn feeds(feeds: &[Feed], known: &Catalogue, zone: &Zone, lang: Lang) -> Vec<FeedRow> {
    let service = |code: &str| {
        let blueprint = known.blueprints.iter().find(|blueprint| blueprint.journey_type == code);
        blueprint.map_or_else(|| code.to_owned(), |blueprint| blueprint.name.say(lang).to_owned())
    };
    let row = |feed: &Feed| {
        let name = match &feed.what {
            What::Events(code) => Text::new("owner-feed-events").with("service", service(code)),
            What::Answers(code) => Text::new("owner-feed-answers").with("service", service(code)),
            What::Key(label) => Text::new("owner-feed-key").with("label", label.as_str()),
        };
        let state = match (feed.last, feed.has_stopped()) {
            (None, _) => Text::new("owner-feed-never"),
            (Some(_), true) => Text::new("owner-feed-stopped").with("days", feed.silent_days),
            (Some(_), false) => Text::new("owner-feed-fine"),
        };
        FeedRow {
            name: name.say(lang),
            last: feed.last.map_or_else(|| "–".to_owned(), |at| date_in_words(zone.date(at), lang)),
            usual: match feed.usual {
                Some(days) => Text::new("owner-feed-usual").with("days", days).say(lang),
                None => Words(lang).say("owner-feed-young"),
            },
            state: state.say(lang),
            stopped: feed.has_stopped(),
        }
    };
    feeds.iter().map(row).collect()
}

/// The rate of some journeys; not known where history is among them, or more answered than there
/// are.
fn rate_of(lang: Lang, (answered, journeys): (u64, u64), has_history: bool) -> String {
    if has_history || answered > journeys {
        return Words(lang).say("breakdown-not-known");
    }
    rate(lang, answered, journeys)
}

fn rate(lang: Lang, part: u64, whole: u64) -> String {
    let whole_numbers = i64::try_from(part).ok().zip(i64::try_from(whole).ok());
    let share = whole_numbers.and_then(|(part, whole)| Share::of(part.min(whole), whole, LEVEL));
    let Some(share) = share else { return String::new() };
    let one = |share: f64| number(lang, 100.0 * share, 1);
    let text = Text::new("breakdown-with-interval").with("points", one(share.value));
    text.with("low", one(share.interval.low)).with("high", one(share.interval.high)).say(lang)
}
