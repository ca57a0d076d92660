//! What somebody typed on a team's page, checked field by field: nothing of it is stored before it
//! was redacted.

use jiff::ToSpan;
use jiff::civil::Date;
use relais_analytics::Direction;

use super::clean_text::CleanText;
use super::{Discussion, Level, Obstacle, Plan, Sentence, direction, direction_code};
use crate::blueprint::Blueprint;
use crate::breakdown::request;
use crate::calendar::Week;
use crate::chart::Measure;
use crate::element::Element;
use crate::error::{Error, Refusal, Result};
use crate::i18n::{Lang, Text};
use crate::limits;
use crate::privacy::Place;
use crate::privacy::redact::{Kind, TeamNames};
use crate::team::form::Form;

/// Around a draft: who writes what, when and in which language.
#[derive(Clone, Copy, Debug)]
pub struct DraftContext<'a> {
    /// The discussion.
    pub discussion: &'a Discussion,
    /// The team that writes.
    pub team: &'a str,
    /// The blueprint.
    pub blueprint: &'a Blueprint,
    /// The places of the organisation.
    pub known: &'a request::Catalogue,
    /// The names that teams have added.
    pub names: &'a TeamNames,
    /// The organisation's day.
    pub today: Date,
    /// The language of the page.
    pub lang: Lang,
}

/// A draft without anybody in it, and what was masked of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Clean<T> {
    /// The draft.
    pub draft: T,
    /// What was masked.
    pub masked: Vec<Kind>,
}

impl DraftContext<'_> {
    /// A text that must not be empty.
    pub fn text(
        &self,
        form: &mut Form,
        field: &'static str,
        longest: usize,
    ) -> Result<Option<CleanText>> {
        let given = CleanText::of(form.get(field), None, self.names, longest);
        let given = given
            .and_then(|text| text.ok_or_else(|| refused(field, Text::new("discussion-empty"))));
        form.take(field, given, self.lang)
    }

    /// An action; `None` when something is wrong with a field, which the form then says.
    pub fn plan(&self, form: &mut Form) -> Result<Option<Clean<Plan>>> {
        let text = self.text(form, "text", limits::NOTE)?;
        let role = CleanText::of(form.get("role"), Some(self.lang), self.names, limits::ROLE);
        let role = form.take("role", role, self.lang)?;
        let team = form.take("level", self.carrier(form.get("level")), self.lang)?;
        let measure = form.take("measure", self.measure(form.get("measure")), self.lang)?;
        let way = form.take("direction", way(form.get("direction")), self.lang)?;
        let control = form.take("control", self.control(form.get("control")), self.lang)?;
        let start = form.take("start", self.start(form.get("start")), self.lang)?;
        let review = form.take("review", self.review(form.get("review"), start), self.lang)?;
        let (Some(text), Some(role), Some(team), Some(measure)) = (text, role, team, measure)
        else {
            return Ok(None);
        };
        let (Some(direction), Some(control), Some(start), Some(review_on)) =
            (way, control, start, review)
        else {
            return Ok(None);
        };
        let masks = [Some(&text), role.as_ref()]
            .into_iter()
            .flatten()
            .flat_map(|text| text.masked().to_vec());
        let masked = masks.collect();
        let (text, role) = (text.text().to_owned(), role.map(|role| role.text().to_owned()));
        Ok(Some(Clean {
            draft: Plan { text, role, team, measure, direction, control, start, review_on },
            masked,
        }))
    }

    fn carrier(&self, level: &str) -> Result<Option<String>> {
        match Level::ALL.into_iter().find(|known| known.code() == level) {
            Some(Level::Ours) => Ok(Some(self.team.to_owned())),
            Some(Level::Neighbours) => Ok(Some(self.discussion.other(self.team).to_owned())),
            Some(Level::Owners) => Ok(None),
            None => Err(refused("level", Text::new("discussion-choose"))),
        }
    }

    /// The figures that an action of this discussion may mean to move: those of the handoff, of its
    /// two steps, and of all.
    pub fn measures(&self) -> Vec<Measure> {
        let steps = self.discussion.handoff.steps();
        let of = |element: fn(String) -> Element| {
            steps.iter().map(move |step| Measure::Of(element((*step).to_owned())))
        };
        let mut all = vec![Measure::Of(self.discussion.handoff.clone())];
        all.extend(of(Element::Step).chain(of(Element::Promise)));
        all.extend([Measure::Promises, Measure::Outcome]);
        all
    }

    fn measure(&self, code: &str) -> Result<Measure> {
        let known = self.measures().into_iter().find(|measure| measure.to_string() == code);
        known.ok_or_else(|| refused("measure", Text::new("discussion-choose")))
    }

    /// What it may be compared with: the network without the place, without its region, or nothing
    /// but its own past.
    pub fn controls(&self) -> Vec<Option<Place>> {
        match &self.discussion.place {
            Place::Network => vec![None],
            Place::Region(_) => vec![Some(self.discussion.place.clone()), None],
            Place::Site(code) => {
                let site = self.known.sites.iter().find(|site| site.code == *code);
                let region = site.and_then(|site| site.region.clone()).map(Place::Region);
                [Some(Some(self.discussion.place.clone())), region.map(Some), Some(None)]
                    .into_iter()
                    .flatten()
                    .collect()
            }
        }
    }

    fn control(&self, code: &str) -> Result<Option<Place>> {
        let known =
            self.controls().into_iter().find(|control| control_code(control.as_ref()) == code);
        known.ok_or_else(|| refused("control", Text::new("discussion-choose")))
    }

    /// The first whole week from a day on, which may not have begun yet.
    fn start(&self, typed: &str) -> Result<Week> {
        let day = day("start", typed)?;
        let week = Week::of(day);
        let first = if week.monday() == day { week } else { week.next() };
        if first.monday() >= self.today {
            Ok(first)
        } else {
            Err(refused("start", Text::new("discussion-start-past")))
        }
    }

    fn review(&self, typed: &str, start: Option<Week>) -> Result<Date> {
        let day = day("review", typed)?;
        let start = start.unwrap_or(Week::of(self.today).next());
        let least = i32::try_from(relais_analytics::verdict::MINIMUM_WEEKS_AFTER).unwrap_or(4);
        match Week::of(day).0 - start.0 {
            weeks if weeks < least => {
                Err(refused("review", Text::new("discussion-review-early").with("weeks", least)))
            }
            weeks if weeks > limits::REVIEW_WEEKS => Err(refused(
                "review",
                Text::new("discussion-review-late").with("weeks", limits::REVIEW_WEEKS),
            )),
            _ => Ok(day),
        }
    }

    /// What a sentence may answer: the handoff, and the steps of it that are the team's.
    pub fn answered(&self) -> Vec<Element> {
        let handoff = self.discussion.handoff.clone();
        let steps = handoff.steps().into_iter().filter_map(|code| self.blueprint.step(code));
        let own = steps.filter(|step| step.team.as_deref() == Some(self.team));
        let own: Vec<Element> = own.map(|step| Element::Step(step.code.clone())).collect();
        [handoff].into_iter().chain(own).collect()
    }

    /// A sentence for customers, in one language at least; `None` when something is wrong with a
    /// field.
    pub fn sentence(&self, form: &mut Form) -> Result<Option<Clean<Sentence>>> {
        let element =
            self.answered().into_iter().find(|element| element.to_string() == form.get("element"));
        let element = element.ok_or_else(|| refused("element", Text::new("discussion-choose")));
        let element = form.take("element", element, self.lang)?;
        let of = |form: &Form, name: &str, own| {
            CleanText::of(form.get(name), Some(own), self.names, limits::SENTENCE)
        };
        let fr = of(form, "fr", Lang::Fr);
        let fr = form.take("fr", fr, self.lang)?;
        let en = of(form, "en", Lang::En);
        let en = form.take("en", en, self.lang)?;
        if matches!((&fr, &en), (Some(None), Some(None))) {
            form.take::<()>("fr", Err(refused("fr", Text::new("discussion-empty"))), self.lang)?;
        }
        let (Some(element), Some(fr), Some(en), []) = (element, fr, en, form.problems()) else {
            return Ok(None);
        };
        let masked =
            [&fr, &en].into_iter().flatten().flat_map(|text| text.masked().to_vec()).collect();
        let text = |text: Option<CleanText>| text.map(|text| text.text().to_owned());
        let draft = Sentence {
            id: 0,
            journey_type: self.discussion.journey_type.clone(),
            element,
            place: self.discussion.place.clone(),
            team: self.team.to_owned(),
            fr: text(fr),
            en: text(en),
            written_on: self.today,
            floor_met: false,
            withdrawn_on: None,
        };
        Ok(Some(Clean { draft, masked }))
    }

    /// What the form of a new action begins with: it starts next Monday, and is looked at twelve
    /// weeks later.
    pub fn first(&self) -> Vec<(String, String)> {
        let start = Week::of(self.today).next().monday();
        let review = start.saturating_add(84.days());
        let pair = |name: &str, value: String| (name.to_owned(), value);
        let control = self.controls().into_iter().next().flatten();
        vec![
            pair("level", Level::Ours.code().to_owned()),
            pair("measure", self.discussion.handoff.to_string()),
            pair("direction", direction_code(Direction::Down).to_owned()),
            pair("control", control_code(control.as_ref())),
            pair("start", start.to_string()),
            pair("review", review.to_string()),
        ]
    }
}

/// How a control group is typed.
pub fn control_code(control: Option<&Place>) -> String {
    control.map_or_else(|| "past".to_owned(), ToString::to_string)
}

/// What was ticked, in the order in which it is asked.
pub fn obstacles(form: &Form) -> Vec<Obstacle> {
    Obstacle::ALL.into_iter().filter(|obstacle| form.has("obstacle", obstacle.code())).collect()
}

fn way(code: &str) -> Result<Direction> {
    direction(code).map_err(|_| refused("direction", Text::new("discussion-choose")))
}

fn day(field: &'static str, typed: &str) -> Result<Date> {
    typed
        .trim()
        .parse()
        .map_err(|_| refused(field, Text::new("breakdown-unknown-date").with("given", typed)))
}

fn refused(field: &'static str, text: Text) -> Error {
    Refusal::new(text).in_field(field).into()
}
