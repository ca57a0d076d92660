//! What somebody asks for, checked once: the same words in an address, in the API and on the
//! command line.

use jiff::civil::Date;
use serde::Deserialize;

use super::Against;
use crate::blueprint::{Blueprint, Names};
use crate::calendar::Week;
use crate::error::{Refusal, Result};
use crate::i18n::Text;
use crate::organisation::Site;
use crate::privacy::{Eyes, Place};
use crate::publication::Window;

/// Everything of an organisation that a report can be about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalogue {
    /// The blueprints, by their code.
    pub blueprints: Vec<Blueprint>,
    /// The sites, by their code.
    pub sites: Vec<Site>,
    /// The teams, by their code, with their names.
    pub teams: Vec<(String, Names)>,
}

/// A question as it was typed. Empty fields count as absent, since forms send them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct RawQuestion {
    /// The code of a journey type; may be left out where there is only one.
    pub journey_type: Option<String>,
    /// `network` (which is meant when nothing is), `region:R` or `site:S`.
    pub partition: Option<String>,
    /// `rest`, or nothing.
    pub against: Option<String>,
    /// The first day; the whole week that it falls in counts.
    pub from: Option<String>,
    /// The last day; the whole week that it falls in counts.
    pub to: Option<String>,
}

/// A question that can be answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The blueprint.
    pub blueprint: Blueprint,
    /// Whose journeys.
    pub partition: Place,
    /// What the place is called, where it has a name.
    pub place: Option<String>,
    /// What to compare with.
    pub against: Option<Against>,
    /// Which releases.
    pub window: Window,
    /// Whose eyes it is for.
    pub eyes: Eyes,
}

impl RawQuestion {
    /// A question as it would be typed.
    pub fn of(question: &Question) -> Self {
        let day = |week: Option<Week>| week.map(|week| week.monday().to_string());
        Self {
            journey_type: Some(question.blueprint.journey_type.clone()),
            partition: Some(question.partition.to_string()),
            against: question.against.map(|Against::Rest| "rest".to_owned()),
            from: day(question.window.from),
            to: day(question.window.to),
        }
    }

    /// Checks every field against what there is.
    pub fn check(&self, known: &Catalogue, eyes: Eyes) -> Result<Question> {
        let blueprint = blueprint(given(&self.journey_type), known)?.clone();
        let partition = partition(given(&self.partition), known)?;
        let against = against(given(&self.against), &partition)?;
        let window = window(given(&self.from), given(&self.to))?;
        if let Eyes::Team(code) = &eyes
            && !known.teams.iter().any(|(team, _)| team == code)
        {
            return Err(refused(
                "team",
                Text::new("breakdown-unknown-team").with("code", code.as_str()),
            ));
        }
        let place = name(&partition, known);
        Ok(Question { blueprint, partition, place, against, window, eyes })
    }
}

fn given(field: &Option<String>) -> Option<&str> {
    field.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

fn blueprint<'a>(code: Option<&str>, known: &'a Catalogue) -> Result<&'a Blueprint> {
    let codes = || {
        known
            .blueprints
            .iter()
            .map(|blueprint| blueprint.journey_type.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    match (code, known.blueprints.as_slice()) {
        (_, []) => Err(refused("journey_type", Text::new("breakdown-no-journey-type"))),
        (None, [only]) => Ok(only),
        (None, _) => Err(refused(
            "journey_type",
            Text::new("breakdown-which-journey-type").with("known", codes()),
        )),
        (Some(code), blueprints) => {
            blueprints.iter().find(|blueprint| blueprint.journey_type == code).ok_or_else(|| {
                let text = Text::new("breakdown-unknown-journey-type").with("code", code);
                refused("journey_type", text.with("known", codes()))
            })
        }
    }
}

fn partition(text: Option<&str>, known: &Catalogue) -> Result<Place> {
    let Some(text) = text else { return Ok(Place::Network) };
    let unknown =
        |_| refused("partition", Text::new("breakdown-unknown-partition").with("given", text));
    let place: Place = text.parse().map_err(unknown)?;
    let missing = |key, code: &str| Err(refused("partition", Text::new(key).with("code", code)));
    match &place {
        Place::Site(code) if !known.sites.iter().any(|site| site.code == *code) => {
            missing("breakdown-unknown-site", code)
        }
        Place::Region(code)
            if !known.sites.iter().any(|site| site.region.as_ref() == Some(code)) =>
        {
            missing("breakdown-unknown-region", code)
        }
        _ => Ok(place),
    }
}

fn against(text: Option<&str>, partition: &Place) -> Result<Option<Against>> {
    match (text, partition) {
        (None, _) => Ok(None),
        (Some("rest"), Place::Network) => {
            Err(refused("against", Text::new("breakdown-network-has-no-rest")))
        }
        (Some("rest"), _) => Ok(Some(Against::Rest)),
        (Some(other), _) => {
            Err(refused("against", Text::new("breakdown-unknown-against").with("given", other)))
        }
    }
}

fn window(from: Option<&str>, to: Option<&str>) -> Result<Window> {
    let (from, to) = (day("from", from)?, day("to", to)?);
    if let (Some(first), Some(last)) = (from, to)
        && first > last
    {
        let text = Text::new("breakdown-dates-reversed").with("from", first.to_string());
        return Err(refused("from", text.with("to", last.to_string())));
    }
    Ok(Window { from: from.map(Week::of), to: to.map(Week::of) })
}

fn day(field: &'static str, text: Option<&str>) -> Result<Option<Date>> {
    let Some(text) = text else { return Ok(None) };
    let wrong = |_| refused(field, Text::new("breakdown-unknown-date").with("given", text));
    // A date alone: whoever gives a time too means something that windows of whole weeks cannot
    // answer.
    let date = if text.len() == 10 {
        text.parse::<Date>().map_err(wrong)
    } else {
        "".parse::<Date>().map_err(wrong)
    };
    date.map(Some)
}

pub(super) fn name(partition: &Place, known: &Catalogue) -> Option<String> {
    let Place::Site(code) = partition else { return None };
    known.sites.iter().find(|site| site.code == *code)?.name.clone()
}

fn refused(field: &'static str, text: Text) -> crate::error::Error {
    Refusal::new(text).in_field(field).into()
}

#[cfg(test)]
mod tests {
    use crate::breakdown::request::*;
    use crate::breakdown::sample;

    fn known() -> Catalogue {
        let site = Site {
            code: "S1".to_owned(),
            name: Some("Nord".to_owned()),
            region: Some("R1".to_owned()),
        };
        Catalogue { blueprints: vec![sample::blueprint()], sites: vec![site], teams: Vec::new() }
    }

    fn key(asked: RawQuestion) -> &'static str {
        match asked.check(&known(), Eyes::Owner) {
            Err(crate::error::Error::Refused(refusal)) => refusal.text.key(),
            other => panic!("{other:?} should have been refused"),
        }
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn nothing_said_means_the_whole_network_and_the_only_service() {
        let question = RawQuestion { partition: some(""), ..RawQuestion::default() }
            .check(&known(), Eyes::Owner)
            .unwrap();
        assert_eq!(
            (question.partition, question.against, question.window),
            (Place::Network, None, Window::default())
        );
        assert_eq!(question.blueprint.journey_type, "repair");
    }

    #[test]
    fn days_mean_the_whole_weeks_they_fall_in() {
        let asked = RawQuestion {
            from: some("2026-07-08"),
            to: some("2026-09-24"),
            ..RawQuestion::default()
        };
        let window = asked.check(&known(), Eyes::Owner).unwrap().window;
        assert_eq!(window.from.unwrap().monday().to_string(), "2026-07-06");
        assert_eq!(window.to.unwrap().end().to_string(), "2026-09-28");
    }

    #[test]
    fn what_cannot_be_answered_is_refused_by_name() {
        let partition =
            |text: &str| RawQuestion { partition: some(text), ..RawQuestion::default() };
        assert_eq!(key(partition("S1")), "breakdown-unknown-partition");
        assert_eq!(key(partition("site:S9")), "breakdown-unknown-site");
        assert_eq!(key(partition("region:R9")), "breakdown-unknown-region");
        assert_eq!(
            key(RawQuestion { against: some("rest"), ..RawQuestion::default() }),
            "breakdown-network-has-no-rest"
        );
        assert_eq!(
            key(RawQuestion { against: some("best"), ..partition("site:S1") }),
            "breakdown-unknown-against"
        );
        assert_eq!(
            key(RawQuestion { from: some("2026-13-01"), ..RawQuestion::default() }),
            "breakdown-unknown-date"
        );
        assert_eq!(
            key(RawQuestion { to: some("2026-01-01T10:00"), ..RawQuestion::default() }),
            "breakdown-unknown-date"
        );
        let reversed = RawQuestion {
            from: some("2026-02-02"),
            to: some("2026-01-01"),
            ..RawQuestion::default()
        };
        assert_eq!(key(reversed), "breakdown-dates-reversed");
        assert_eq!(
            key(RawQuestion { journey_type: some("sale"), ..RawQuestion::default() }),
            "breakdown-unknown-journey-type"
        );
    }

    #[test]
    fn an_unknown_team_has_no_eyes() {
        assert!(RawQuestion::default().check(&known(), Eyes::Team("nobody".to_owned())).is_err());
    }
}
