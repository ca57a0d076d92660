//! System or people, in words and as bars.

use super::{System, parts};
use crate::breakdown::caveat::Caveat;
use crate::breakdown::phrases::{Phrases, percent, period};
use crate::breakdown::picture::drawing::Fill;
use crate::i18n::{Lang, Text, Words, number};
use crate::network::bar_chart::{self, Bar, Row as BarRow};
use crate::network::two_sizes::{Picture, picture};
use relais_analytics::attribute::Estimate;
use relais_analytics::interval::Interval;

/// Below this share the site says little about how a journey ended.
const SMALL: f64 = 0.1;

/// Everything; `templates/network/system.html` lays it out.
#[derive(Debug)]
pub(super) struct SystemPanel {
    pub(super) period: String,
    pub(super) lede: String,
    /// What an executive remembers.
    pub(super) more: Vec<String>,
    pub(super) picture: Option<Picture>,
    pub(super) rows: Vec<(String, String, String)>,
    /// Points lost: where, and how many.
    pub(super) lost: Vec<(String, String)>,
    pub(super) lost_told: Option<String>,
    pub(super) notes: Vec<String>,
}

impl SystemPanel {
    pub(super) fn of(system: &System<'_>, lang: Lang) -> Self {
        let phrases = SystemPhrases { system, phrases: Phrases::new(system.breakdown, lang), lang };
        Self {
            period: period(system.breakdown.period, lang),
            lede: phrases.lede(),
            more: phrases.more(),
            picture: phrases.picture(),
            rows: phrases.rows(),
            lost: phrases.lost(),
            lost_told: phrases.lost_told(),
            notes: phrases.notes(),
        }
    }
}

struct SystemPhrases<'a> {
    system: &'a System<'a>,
    phrases: Phrases<'a>,
    lang: Lang,
}

impl SystemPhrases<'_> {
    fn lede(&self) -> String {
        let Some(site) = self.system.variance.and_then(|variance| variance.site) else {
            return Words(self.lang).say("owner-system-unknown");
        };
        let text = Text::new("owner-system-lede").with("site", self.of_hundred(site));
        text.with("rest", percent(self.lang, 1.0 - site.value)).say(self.lang)
    }

    fn more(&self) -> Vec<String> {
        let Some(site) = self.system.variance.and_then(|variance| variance.site) else {
            return Vec::new();
        };
        let means =
            if site.value < SMALL { "owner-system-means" } else { "owner-system-means-much" };
        [means, "owner-system-people"].map(|key| Words(self.lang).say(key)).to_vec()
    }

    fn picture(&self) -> Option<Picture> {
        let variance = self.system.variance.as_ref()?;
        let bar = |(key, share): (&str, Estimate)| {
            BarRow::Bar(Bar {
                label: Words(self.lang).say(key),
                figure: self.of_hundred(share),
                under: None,
                value: 100.0 * share.value,
                interval: share.interval.map(|Interval { low, high }| Interval {
                    low: 100.0 * low,
                    high: 100.0 * high,
                }),
                fill: if key == "owner-system-site" { Fill::Rated } else { Fill::Untraced },
            })
        };
        let bars: Vec<BarRow> = parts(variance).into_iter().map(bar).collect();
        let title = Words(self.lang).say("owner-system-heading");
        Some(picture(&title, &self.lede(), |paper| bar_chart::draw(&bars, Some(100.0), paper)))
    }

    fn rows(&self) -> Vec<(String, String, String)> {
        let w = Words(self.lang);
        let row = |(key, share): (&str, Estimate)| {
            let meaning = match key {
                "owner-system-path" => "owner-system-path-means",
                "owner-system-site" => "owner-system-site-means",
                "owner-system-week" => "owner-system-week-means",
                _ => "owner-system-rest-means",
            };
            (w.say(key), w.say(meaning), self.of_hundred(share))
        };
        self.system.variance.iter().flat_map(parts).map(row).collect()
    }

    fn lost(&self) -> Vec<(String, String)> {
        let said =
            |(key, points): (&str, f64)| (Words(self.lang).say(key), self.phrases.points(points));
        self.system.lost.iter().flat_map(|lost| lost.parts()).map(said).collect()
    }

    fn lost_told(&self) -> Option<String> {
        let (lost, whole) = (self.system.lost?, self.system.breakdown.shortfall);
        let text = Text::new("owner-system-lost").with("all", self.phrases.estimate(whole));
        let text = text.with("system", self.phrases.points(lost.between + lost.dates));
        Some(text.with("within", self.phrases.points(lost.within)).say(self.lang))
    }

    fn notes(&self) -> Vec<String> {
        let sums = Words(self.lang).say("owner-system-sums");
        let caveats = [Caveat::Common, Caveat::Cause, Caveat::Cautious];
        caveats.map(|caveat| caveat.say(self.lang)).into_iter().chain([sums]).collect()
    }

    /// A share with its interval, of a hundred, to one decimal where it is small.
    fn of_hundred(&self, share: Estimate) -> String {
        let one = |share: f64| {
            let decimals = usize::from(share.abs() < 0.1);
            number(self.lang, 100.0 * share, decimals)
        };
        match share.interval {
            None => one(share.value),
            Some(Interval { low, high }) => {
                let text = Text::new("breakdown-with-interval").with("points", one(share.value));
                text.with("low", one(low)).with("high", one(high)).say(self.lang)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::breakdown::Variance;
    use crate::breakdown::sample;
    use crate::network::system::panel::*;

    #[test]
    fn the_share_of_the_site_is_told_first_and_its_limit_at_once() {
        let mut breakdown = sample::garage();
        let share = |value: f64| Estimate {
            value,
            interval: Some(Interval { low: value - 0.02, high: value + 0.02 }),
        };
        breakdown.wider.variance = Some(Variance {
            path: Some(share(0.06)),
            site: Some(share(0.07)),
            week: None,
            rest: share(0.87),
        });
        let en = SystemPanel::of(&System::read(&breakdown), Lang::En);
        assert!(en.lede.contains("7.0 (5.0 to 9.0)") && en.lede.contains("93"), "{}", en.lede);
        assert_eq!((en.rows.len(), en.lost.len()), (3, 4));
        assert!(en.notes[0].contains("common to all"), "{:?}", en.notes);
        let fr = SystemPanel::of(&System::read(&breakdown), Lang::Fr);
        assert!(fr.lede.contains("7,0 (5,0 à 9,0)"), "{}", fr.lede);
    }

    #[test]
    fn what_cannot_be_told_apart_is_said_to_be_so() {
        let view = SystemPanel::of(&System::read(&sample::garage()), Lang::En);
        assert!(view.picture.is_none() && view.more.is_empty() && !view.lede.is_empty());
    }
}
