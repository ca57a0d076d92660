//! What can be chosen on a page: services, places, weeks. Places stand in alphabetical order and
//! without figures, so that no list of them is a league table.

use std::collections::BTreeSet;

use super::Against;
use super::request::{Catalogue, Question};
use crate::calendar::Week;
use crate::calendar::date_in_words as day;
use crate::i18n::{Lang, Words};
use crate::privacy::Place;

/// The form above a breakdown; `templates/breakdown/chooser.html` lays it out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chooser {
    pub(crate) journeys: Vec<Choice>,
    pub(crate) network: Choice,
    pub(crate) regions: Vec<Choice>,
    pub(crate) sites: Vec<Choice>,
    pub(crate) against: Vec<Choice>,
    pub(crate) from: Vec<Choice>,
    pub(crate) to: Vec<Choice>,
}

/// One thing to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) words: String,
    pub(crate) chosen: bool,
}

impl Chooser {
    /// The choices of a reader who may read about the places that `covers` lets through.
    pub fn of(
        question: &Question,
        known: &Catalogue,
        weeks: &[Week],
        covers: &dyn Fn(&Place) -> bool,
        lang: Lang,
    ) -> Self {
        let w = Words(lang);
        let chosen = &question.partition;
        let at = |place: Place, words: String| Choice {
            value: place.to_string(),
            words,
            chosen: place == *chosen,
        };
        let regions: BTreeSet<&String> =
            known.sites.iter().filter_map(|site| site.region.as_ref()).collect();
        let regions = regions.into_iter().map(|code| at(Place::Region(code.clone()), code.clone()));
        let mut sites: Vec<Choice> = known
            .sites
            .iter()
            .filter(|site| covers(&Place::Site(site.code.clone())))
            .map(|site| {
                at(
                    Place::Site(site.code.clone()),
                    site.name.clone().unwrap_or_else(|| site.code.clone()),
                )
            })
            .collect();
        sites.sort_by_cached_key(|site| site.words.to_lowercase());
        Self {
            journeys: journeys(question, known, lang),
            network: at(Place::Network, w.say("breakdown-choose-network")),
            regions: regions
                .filter(|choice| choice.value.parse().is_ok_and(|place| covers(&place)))
                .collect(),
            sites,
            against: against(question, w),
            from: days(weeks, lang, question.window.from.or(weeks.first().copied()), Week::monday),
            to: days(weeks, lang, question.window.to.or(weeks.last().copied()), last_day),
        }
    }
}

fn journeys(question: &Question, known: &Catalogue, lang: Lang) -> Vec<Choice> {
    let choice = |blueprint: &crate::blueprint::Blueprint| Choice {
        value: blueprint.journey_type.clone(),
        words: blueprint.name.say(lang).to_owned(),
        chosen: blueprint.journey_type == question.blueprint.journey_type,
    };
    known.blueprints.iter().map(choice).collect()
}

fn against(question: &Question, w: Words) -> Vec<Choice> {
    let rest = question.against == Some(Against::Rest);
    let choice =
        |value: &str, words: String, chosen| Choice { value: value.to_owned(), words, chosen };
    vec![
        choice("", w.say("breakdown-choose-nothing"), !rest),
        choice("rest", w.say("breakdown-choose-rest"), rest),
    ]
}

fn days(
    weeks: &[Week],
    lang: Lang,
    chosen: Option<Week>,
    of: fn(Week) -> jiff::civil::Date,
) -> Vec<Choice> {
    let choice = |week: &Week| Choice {
        value: of(*week).to_string(),
        words: day(of(*week), lang),
        chosen: Some(*week) == chosen,
    };
    weeks.iter().map(choice).collect()
}

/// The Sunday of a week.
pub(crate) fn last_day(week: Week) -> jiff::civil::Date {
    week.end().yesterday().unwrap_or(week.end())
}

#[cfg(test)]
mod tests {
    use crate::breakdown::chooser::*;
    use crate::breakdown::request::RawQuestion;
    use crate::breakdown::sample;
    use crate::organisation::Site;
    use crate::privacy::Eyes;

    fn known() -> Catalogue {
        let site = |code: &str, name: &str, region: &str| Site {
            code: code.to_owned(),
            name: Some(name.to_owned()),
            region: Some(region.to_owned()),
        };
        let sites =
            vec![site("S1", "Vitré", "R2"), site("S2", "Auray", "R1"), site("S3", "Brest", "R1")];
        Catalogue { blueprints: vec![sample::blueprint()], sites, teams: Vec::new() }
    }

    #[test]
    fn places_stand_in_alphabetical_order_without_figures() {
        let question = RawQuestion::default().check(&known(), Eyes::Owner).unwrap();
        let chooser = Chooser::of(&question, &known(), &[], &|_| true, Lang::Fr);
        let words = |choices: &[Choice]| {
            choices.iter().map(|choice| choice.words.clone()).collect::<Vec<_>>()
        };
        assert_eq!(words(&chooser.sites), ["Auray", "Brest", "Vitré"]);
        assert_eq!(words(&chooser.regions), ["R1", "R2"]);
        assert!(!words(&chooser.sites).concat().contains(|c: char| c.is_ascii_digit()));
    }

    #[test]
    fn a_reader_is_offered_only_the_places_it_may_read_about() {
        let question = RawQuestion::default().check(&known(), Eyes::Owner).unwrap();
        let covers = |place: &Place| matches!(place, Place::Region(code) if code == "R1");
        let chooser = Chooser::of(&question, &known(), &[], &covers, Lang::En);
        assert_eq!((chooser.regions.len(), chooser.sites.len()), (1, 0));
    }

    #[test]
    fn the_whole_of_what_was_released_is_chosen_at_first() {
        let question = RawQuestion::default().check(&known(), Eyes::Owner).unwrap();
        let weeks = [Week(2948), Week(2949), Week(2950)];
        let chooser = Chooser::of(&question, &known(), &weeks, &|_| true, Lang::En);
        assert_eq!(chooser.from.iter().position(|choice| choice.chosen), Some(0));
        assert_eq!(chooser.to.iter().position(|choice| choice.chosen), Some(2));
        assert_eq!(chooser.to[0].value, last_day(weeks[0]).to_string());
    }
}
