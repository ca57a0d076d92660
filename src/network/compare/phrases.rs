//! A comparison in words.

use relais_analytics::funnel::{FEWEST_UNITS, FunnelError};

use super::{By, Comparison};
use crate::breakdown::phrases::label;
use crate::breakdown::request::Catalogue;
use crate::chart::{Kind, Measure};
use crate::i18n::{Lang, Text, number};
use crate::privacy::{NotShown, Place};

/// What is compared, as it is called.
pub(super) fn measured(comparison: &Comparison, lang: Lang) -> String {
    let Measure::Of(element) = &comparison.measure else {
        let key =
            if comparison.measure == Measure::Outcome { "chart-outcome" } else { "chart-promises" };
        return Text::new(key).say(lang);
    };
    let key = match (element.is_rated(), comparison.kind) {
        (true, Kind::Means) => "chart-rating",
        (true, Kind::Shares | Kind::Days) => "chart-friction",
        (false, _) => "chart-kept",
    };
    Text::new(key).with("element", label(&comparison.blueprint, element, lang)).say(lang)
}

/// The one sentence first.
pub(super) fn lede(comparison: &Comparison, lang: Lang) -> String {
    let by = |key: &'static str| Text::new(key).with("by", comparison.by.code());
    let text = match (&comparison.funnel, comparison.beyond().count()) {
        (Err(FunnelError::FewUnits { found }), _) => {
            by("owner-compare-few").with("found", *found).with("least", FEWEST_UNITS)
        }
        (Err(_), _) => by("owner-compare-alike"),
        (Ok(_), 0) => by("owner-compare-quiet").with("count", comparison.units.len()),
        (Ok(_), beyond) => {
            by("owner-compare-asks").with("beyond", beyond).with("count", comparison.units.len())
        }
    };
    text.say(lang)
}

/// What the limits mean, and what they do not.
pub(super) fn notes(comparison: &Comparison, lang: Lang) -> Vec<String> {
    let Some(target) = comparison.target() else { return Vec::new() };
    let inside =
        Text::new("owner-compare-inside").with("target", number(lang, target, 1)).say(lang);
    let near = Text::new("owner-compare-near")
        .with("near", comparison.near())
        .with("by", comparison.by.code());
    let chance = Text::new("owner-compare-chance").with("count", comparison.units.len());
    let expected = comparison.by_chance();
    let chance = chance
        .with("expected", number(lang, expected, if expected < 0.1 { 2 } else { 1 }))
        .with("by", comparison.by.code());
    let named = Text::new("owner-compare-unnamed").say(lang);
    let asks = Text::new("owner-compare-asking").say(lang);
    vec![inside, near.say(lang), chance.say(lang), named, asks]
}

/// Why some places are not drawn.
pub(super) fn hidden(by: By, hidden: &[(NotShown, usize)], lang: Lang) -> Vec<String> {
    let one = |(why, count): &(NotShown, usize)| {
        let text = Text::new("owner-compare-hidden").with("count", *count).with("by", by.code());
        text.with("reason", why.say(lang)).say(lang)
    };
    hidden.iter().map(one).collect()
}

/// What a place is called.
pub(super) fn name(place: &Place, known: &Catalogue) -> String {
    match place {
        Place::Network => String::new(),
        Place::Region(code) => code.clone(),
        Place::Site(code) => {
            let site = known.sites.iter().find(|site| site.code == *code);
            site.and_then(|site| site.name.clone()).unwrap_or_else(|| code.clone())
        }
    }
}
