//! What the page says of incentives: the figure, what it means, what to do about it.

use relais_analytics::coached::Sign;

use super::Incentives;
use crate::breakdown::phrases::period;
use crate::i18n::{Lang, Text, Words, count, number};
use crate::limits;
use crate::privacy::Disclosed;

/// The share of honest groups that are flagged all the same, of 1: measured in the analytics crate.
const FLAGGED_BY_CHANCE: f64 = 0.006;

/// Everything; `templates/network/incentives.html` lays it out.
#[derive(Debug)]
pub(super) struct IncentivesPanel {
    pub(super) period: String,
    pub(super) lede: String,
    pub(super) asked: Option<String>,
    pub(super) signs: String,
    /// Each sign with how many sites show it.
    pub(super) seen: Vec<(String, String)>,
    /// What it means, and what to do: sentences in the order in which they are read.
    pub(super) means: [String; 3],
    pub(super) does: [String; 5],
    pub(super) notes: [String; 3],
}

impl IncentivesPanel {
    /// The view of what may be shown.
    pub(super) fn of(incentives: &Disclosed<Incentives>, lang: Lang) -> Self {
        Self::read(incentives, lang)
    }

    fn read(incentives: &Incentives, lang: Lang) -> Self {
        let w = Words(lang);
        let say = |key: &str| w.say(key);
        Self {
            period: period(incentives.period, lang),
            lede: lede(incentives, lang),
            asked: incentives.asked.map(|asked| {
                let text = Text::new("owner-incentives-asked").with("in", limits::PRESSURE_ONE_IN);
                text.with("count", count(lang, asked)).say(lang)
            }),
            signs: signs(incentives, lang),
            seen: incentives
                .signs
                .iter()
                .flat_map(|signs| signs.seen)
                .map(|(sign, sites)| (say(name(sign)), count(lang, sites as u64)))
                .collect(),
            means: [
                "owner-incentives-means-system",
                "owner-incentives-means-score",
                "owner-incentives-means-nobody",
            ]
            .map(say),
            does: [
                "owner-incentives-do-bonus",
                "owner-incentives-do-beg",
                "owner-incentives-do-single",
                "owner-incentives-do-talk",
                "owner-incentives-do-watch",
            ]
            .map(say),
            notes: [
                "owner-incentives-note-few",
                "owner-incentives-note-signs",
                "owner-incentives-note-place",
            ]
            .map(say),
        }
    }
}

fn lede(incentives: &Incentives, lang: Lang) -> String {
    let Some(rate) = incentives.pressure else {
        return Text::new("owner-incentives-unknown")
            .with("floor", limits::MINIMUM_ANSWERS)
            .say(lang);
    };
    let decimals = usize::from(rate.value < 0.1);
    let one = |share: f64| number(lang, 100.0 * share, decimals);
    let text = Text::new("owner-incentives-lede").with("share", one(rate.value));
    text.with("low", one(rate.interval.low)).with("high", one(rate.interval.high)).say(lang)
}

fn signs(incentives: &Incentives, lang: Lang) -> String {
    let Some(signs) = &incentives.signs else {
        return Words(lang).say("owner-incentives-signs-few");
    };
    let text = Text::new("owner-incentives-signs")
        .with("flagged", signs.flagged)
        .with("sites", signs.sites);
    text.with("chance", number(lang, FLAGGED_BY_CHANCE * signs.sites as f64, 1)).say(lang)
}

fn name(sign: Sign) -> &'static str {
    match sign {
        Sign::Ideal => "owner-sign-ideal",
        Sign::DespiteParts => "owner-sign-despite",
        Sign::Straight => "owner-sign-straight",
        Sign::Spotless => "owner-sign-spotless",
    }
}

#[cfg(test)]
mod tests {
    use crate::breakdown::sample;
    use crate::network::incentives::Signs;
    use crate::network::incentives::panel::*;
    use relais_analytics::interval::{Interval, Share};

    #[test]
    fn it_is_told_of_the_organisation_in_both_languages() {
        let told = |incentives: &Incentives, lang| IncentivesPanel::read(incentives, lang);
        let mut incentives = Incentives {
            period: sample::garage().period,
            pressure: Some(Share {
                count: 0,
                of: 0,
                value: 0.042,
                interval: Interval { low: 0.021, high: 0.081 },
            }),
            asked: Some(214),
            signs: Some(Signs { sites: 22, flagged: 1, seen: Sign::ALL.map(|sign| (sign, 1)) }),
        };
        let (en, fr) = (told(&incentives, Lang::En), told(&incentives, Lang::Fr));
        assert!(
            en.lede.contains("4.2") && en.lede.contains("2.1") && fr.lede.contains("4,2"),
            "{} {}",
            en.lede,
            fr.lede
        );
        assert!(en.signs.contains("22") && en.signs.contains("0.1"), "{}", en.signs);
        (incentives.pressure, incentives.signs) = (None, None);
        assert!(told(&incentives, Lang::En).lede.contains("10"));
    }
}
