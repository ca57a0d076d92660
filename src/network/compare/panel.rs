//! What the page shows of a comparison.

use super::{By, Comparison, drawing, phrases};
use crate::breakdown::phrases::period;
use crate::breakdown::request::Catalogue;
use crate::chart::Measure;
use crate::i18n::{Lang, Text, Words, count, number};
use crate::network::two_sizes::{Picture, picture};
use crate::privacy::{Disclosed, Place};

/// Everything; `templates/network/compare.html` lays it out.
#[derive(Debug)]
pub(super) struct ComparisonPanel {
    /// Whether no place may be shown: then nothing is but why.
    pub(super) nobody: bool,
    pub(super) measured: String,
    pub(super) period: String,
    pub(super) lede: String,
    /// Absent where there are too few places: without limits a picture would be a table of them.
    pub(super) picture: Option<Picture>,
    pub(super) rows: Vec<Row>,
    pub(super) hidden: Vec<String>,
    pub(super) notes: Vec<String>,
    /// The network's own weeks, where drift is seen.
    pub(super) chart: String,
}

/// A place beyond the outer limits.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) figure: String,
    pub(super) size: String,
    pub(super) limits: String,
    /// Where its points are lost, beside the rest.
    pub(super) breakdown: String,
    /// Its weeks.
    pub(super) chart: String,
}

impl ComparisonPanel {
    /// The view of places that may be shown.
    pub(super) fn of(comparison: &Disclosed<Comparison>, known: &Catalogue, lang: Lang) -> Self {
        Self::read(comparison, known, lang)
    }

    fn read(comparison: &Comparison, known: &Catalogue, lang: Lang) -> Self {
        let (lede, name) =
            (phrases::lede(comparison, lang), |place: &Place| phrases::name(place, known));
        let measured = phrases::measured(comparison, lang);
        let title =
            Text::new("owner-compare-picture").with("measured", measured.as_str()).say(lang);
        let draw = |paper| drawing::draw(comparison, &name, paper, lang);
        let mut rows: Vec<Row> = comparison
            .beyond()
            .map(|(place, unit)| row(comparison, (place, unit), known, lang))
            .collect();
        rows.sort_by_cached_key(|row| row.name.to_lowercase());
        Self {
            nobody: comparison.units.is_empty(),
            period: period(comparison.period, lang),
            picture: comparison.funnel.is_ok().then(|| picture(&title, &lede, draw)),
            measured,
            lede,
            rows,
            hidden: phrases::hidden(comparison.by, &comparison.hidden, lang),
            notes: phrases::notes(comparison, lang),
            chart: chart(comparison, &Place::Network),
        }
    }
}

fn row(
    comparison: &Comparison,
    (place, unit): (&Place, &super::Unit),
    known: &Catalogue,
    lang: Lang,
) -> Row {
    let pair = |(low, high): (f64, f64)| {
        let text = Text::new("breakdown-interval").with("low", number(lang, low, 1));
        text.with("high", number(lang, high, 1)).say(lang)
    };
    let service = &comparison.blueprint.journey_type;
    Row {
        name: phrases::name(place, known),
        figure: number(lang, unit.figure, 1),
        size: count(lang, unit.size.unsigned_abs()),
        limits: comparison.limits(unit.size).map(|[_, outer]| pair(outer)).unwrap_or_default(),
        breakdown: format!("/network?journey_type={service}&partition={place}&against=rest"),
        chart: chart(comparison, place),
    }
}

fn chart(comparison: &Comparison, place: &Place) -> String {
    format!(
        "/network/chart?journey_type={}&measure={}&partition={place}",
        comparison.blueprint.journey_type, comparison.measure
    )
}

/// What can be compared, in the order of the journey: all of it first, then each step, its dates,
/// its handoffs.
pub(super) fn measures(
    blueprint: &crate::blueprint::Blueprint,
    known: &[crate::element::Element],
    lang: Lang,
) -> Vec<(String, String)> {
    let w = Words(lang);
    let mut elements: Vec<&crate::element::Element> = known.iter().collect();
    elements.sort_by_key(|element| blueprint.place(element));
    let whole =
        [(Measure::Outcome, w.say("chart-outcome")), (Measure::Promises, w.say("chart-promises"))];
    let element = |element: &crate::element::Element| {
        (
            Measure::Of(element.clone()).to_string(),
            crate::breakdown::phrases::label(blueprint, element, lang),
        )
    };
    whole
        .into_iter()
        .map(|(measure, words)| (measure.to_string(), words))
        .chain(elements.into_iter().map(element))
        .collect()
}

/// Both kinds of places.
pub(super) fn places(lang: Lang) -> [(By, String); 2] {
    let w = Words(lang);
    [(By::Sites, w.say("breakdown-sites")), (By::Regions, w.say("breakdown-regions"))]
}

#[cfg(test)]
mod tests {
    use crate::network::compare::panel::*;
    use crate::network::compare::tests::comparison;
    use crate::organisation::Site;

    fn known() -> Catalogue {
        let site = |n: usize| Site {
            code: format!("S{n:02}"),
            name: Some(format!("Garage {}", 99 - n)),
            region: None,
        };
        Catalogue { sites: (0..30).map(site).collect(), ..Catalogue::default() }
    }

    #[test]
    fn a_site_within_the_limits_is_named_nowhere() {
        for lang in Lang::ALL {
            let view = ComparisonPanel::read(&comparison(30), &known(), lang);
            let told = format!("{view:?}");
            assert!(told.contains("Garage 70") && told.contains("site:S29"), "{told}");
            for n in 0..29 {
                assert!(
                    !told.contains(&format!("Garage {}", 99 - n))
                        && !told.contains(&format!("site:S{n:02}"))
                );
            }
        }
    }

    #[test]
    fn too_few_places_are_neither_drawn_nor_named() {
        let view = ComparisonPanel::read(&comparison(9), &known(), Lang::En);
        assert!(
            view.picture.is_none() && view.rows.is_empty() && view.lede.contains("10"),
            "{}",
            view.lede
        );
    }
}
