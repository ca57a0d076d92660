//! What the columns of a file of answers mean. A column that means nothing refuses the file by
//! name, before anything is stored; one about people who work there is dropped and counted.

use crate::blueprint::Blueprint;
use crate::blueprint::codes::code_of;
use crate::element::Element;
use crate::error::Refusal;
use crate::i18n::Text;
use crate::limits;
use crate::privacy::person;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The identifier of the journey in its source.
    pub journey: Option<usize>,
    pub answered_at: usize,
    pub site: Option<usize>,
    pub outcome: Option<usize>,
    /// In days.
    pub late_days: Option<usize>,
    pub comment: Option<usize>,
    /// In the order of their codes.
    pub items: Vec<Item>,
    /// The steps of the items, in the order of the columns.
    pub steps: Vec<String>,
    /// Columns about people who work there, which are not read.
    pub persons: Vec<(usize, String)>,
    pub width: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub element: Element,
    /// Its code as the key of a JSON object, with the colon.
    pub key: String,
    pub place: usize,
    pub name: String,
}

impl Columns {
    /// The meanings of a header under a blueprint. A blueprint without steps learns them from the
    /// columns.
    pub fn of(header: &[String], blueprint: &Blueprint) -> Result<Self, Refusal> {
        let mut naming = Naming { blueprint, steps: Vec::new() };
        let mut columns = Self { answered_at: usize::MAX, width: header.len(), ..Self::default() };
        // Steps first: they tell where the codes of a handoff part when one of them has a dot.
        for (place, name) in header.iter().enumerate() {
            if let Some(code) = after(name, "step.") {
                let element = naming.step(code).map_err(|text| in_column(name, text))?;
                columns.item(element, place, name)?;
            }
        }
        for (place, name) in header.iter().enumerate() {
            match after(name, "handoff.") {
                Some(pair) => {
                    let element = naming.handoff(pair).map_err(|text| in_column(name, text))?;
                    columns.item(element, place, name)?;
                }
                None if after(name, "step.").is_some() => {}
                None => columns.other(name, place)?,
            }
        }
        columns.items.sort_by_cached_key(|item| item.element.to_string());
        columns.steps = naming.steps;
        columns.complete()
    }

    fn item(&mut self, element: Element, place: usize, name: &str) -> Result<(), Refusal> {
        if self.items.iter().any(|known| known.element == element) {
            return Err(in_column(name, Text::new("response-column-twice")));
        }
        let key = format!("{}:", serde_json::Value::from(element.to_string()));
        self.items.push(Item { element, key, place, name: name.to_owned() });
        Ok(())
    }

    fn other(&mut self, name: &str, place: usize) -> Result<(), Refusal> {
        let column = match name.to_lowercase().as_str() {
            "journey" => &mut self.journey,
            "site" => &mut self.site,
            "outcome" => &mut self.outcome,
            "promise.late_days" => &mut self.late_days,
            "comment" => &mut self.comment,
            "answered_at" if self.answered_at == usize::MAX => {
                self.answered_at = place;
                return Ok(());
            }
            "answered_at" => return Err(in_column(name, Text::new("response-column-twice"))),
            _ if person::is_person_column(name) || person::sign_in(name).is_some() => {
                self.persons.push((place, safe_name(name).to_owned()));
                return Ok(());
            }
            _ => return Err(in_column(name, Text::new("response-unknown-column"))),
        };
        match column.replace(place) {
            None => Ok(()),
            Some(_) => Err(in_column(name, Text::new("response-column-twice"))),
        }
    }

    fn complete(self) -> Result<Self, Refusal> {
        if self.answered_at == usize::MAX {
            return Err(Refusal::new(Text::new("response-no-answered-at")).at_line(1));
        }
        if self.items.is_empty() && self.outcome.is_none() {
            return Err(Refusal::new(Text::new("response-no-question")).at_line(1));
        }
        Ok(self)
    }
}

/// Finds the steps that column names mean.
struct Naming<'a> {
    blueprint: &'a Blueprint,
    steps: Vec<String>,
}

impl Naming<'_> {
    fn step(&mut self, name: &str) -> Result<Element, Text> {
        let code = if self.open() {
            self.learn(name)?
        } else {
            let known = self.known(name);
            known.ok_or_else(|| unknown("response-unknown-step", self.blueprint))?.to_owned()
        };
        self.frontstage(code).map(Element::Step)
    }

    /// `A.B`, where a code may hold dots itself: the split is where both sides are steps.
    fn handoff(&mut self, pair: &str) -> Result<Element, Text> {
        let dots = pair.match_indices('.').map(|(at, _)| (&pair[..at], &pair[at + 1..]));
        let both: Vec<(&str, &str)> =
            dots.filter(|(from, to)| !from.is_empty() && !to.is_empty()).collect();
        let known: Vec<(String, String)> = both
            .iter()
            .filter_map(|(from, to)| {
                Some((self.known(from)?.to_owned(), self.known(to)?.to_owned()))
            })
            .collect();
        let (from, to) = match (known.as_slice(), both.as_slice()) {
            ([(from, to)], _) => (from.clone(), to.clone()),
            ([], [(from, to)]) if self.open() => (self.learn(from)?, self.learn(to)?),
            ([], _) => return Err(unknown("response-unknown-handoff", self.blueprint)),
            _ => return Err(Text::new("response-ambiguous-handoff")),
        };
        if from == to {
            return Err(Text::new("response-handoff-to-itself"));
        }
        Ok(Element::Handoff(self.frontstage(from)?, self.frontstage(to)?))
    }

    /// Whether the columns name the steps because nothing else does.
    fn open(&self) -> bool {
        self.blueprint.steps.is_empty()
    }

    /// The code of a step by its code or by the name of one of its activities.
    fn known(&self, name: &str) -> Option<&str> {
        let code = code_of(name);
        let means = self
            .blueprint
            .steps
            .iter()
            .find(|step| step.code == name || step.activities.iter().any(|a| a == name));
        let step = means.or_else(|| self.blueprint.step(&code));
        step.map(|step| step.code.as_str())
            .or_else(|| self.steps.iter().find(|learnt| **learnt == code).map(String::as_str))
    }

    fn learn(&mut self, name: &str) -> Result<String, Text> {
        let code = code_of(name.trim());
        if code.is_empty() || code.len() > limits::NAME || code.chars().any(char::is_control) {
            return Err(Text::new("response-bad-step").with("most", limits::NAME));
        }
        if let Some(sign) = person::sign_in_code(&code) {
            return Err(Text::new(sign.key()));
        }
        if !self.steps.contains(&code) {
            if self.steps.len() >= limits::STEPS {
                return Err(Text::new("response-too-many-steps").with("most", limits::STEPS));
            }
            self.steps.push(code.clone());
        }
        Ok(code)
    }

    /// Customers are asked about frontstage steps alone.
    fn frontstage(&self, code: String) -> Result<String, Text> {
        if self.open() || self.blueprint.is_frontstage(&code) {
            return Ok(code);
        }
        Err(Text::new("response-backstage").with("step", code))
    }
}

/// The rest of a name after a prefix in any case.
fn after<'a>(name: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = name.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn unknown(key: &'static str, blueprint: &Blueprint) -> Text {
    let met = blueprint.steps.iter().filter(|step| step.frontstage);
    Text::new(key).with("known", met.map(|step| step.code.as_str()).collect::<Vec<_>>().join(", "))
}

fn in_column(name: &str, text: Text) -> Refusal {
    Refusal::new(text).at_line(1).in_field(safe_name(name))
}

/// The name of a column, unless it is too long to be one or is about a person.
fn safe_name(name: &str) -> &str {
    if name.len() > limits::NAME || person::sign_in(name).is_some() { "…" } else { name }
}

#[cfg(test)]
mod tests {
    use crate::blueprint::Step;
    use crate::response::columns::*;

    fn garage() -> Blueprint {
        let step = |code: &str| Step {
            team: Some("team".to_owned()),
            frontstage: code != "PLAN",
            ..Step::seen(code)
        };
        let steps =
            vec![step("CALL"), step("PLAN"), step("A.B"), step("B.C"), step("A"), step("C")];
        Blueprint { steps, ..Blueprint::unknown("repair") }
    }

    fn columns(header: &str, blueprint: &Blueprint) -> Result<Columns, Refusal> {
        Columns::of(&header.split(',').map(str::to_owned).collect::<Vec<_>>(), blueprint)
    }

    fn codes(columns: &Columns) -> Vec<String> {
        columns.items.iter().map(|item| item.element.to_string()).collect()
    }

    fn refused(header: &str) -> (String, &'static str) {
        let refusal = columns(header, &garage()).unwrap_err();
        assert_eq!(refusal.place.line, Some(1));
        (refusal.place.field.unwrap_or_default(), refusal.text.key())
    }

    #[test]
    fn columns_stand_in_any_order_and_items_in_the_order_of_their_codes() {
        let read = columns(
            "Comment,step.CALL,Outcome,handoff.CALL.A,answered_at,employee,journey",
            &garage(),
        )
        .unwrap();
        assert_eq!(codes(&read), ["handoff:CALL:A", "step:CALL"]);
        assert_eq!(
            (read.comment, read.outcome, read.answered_at, read.journey),
            (Some(0), Some(2), 4, Some(6))
        );
        assert_eq!(read.persons, [(5, "employee".to_owned())]);
        assert_eq!(read.items[1].key, "\"step:CALL\":");
    }

    #[test]
    fn a_handoff_parts_where_both_sides_are_steps() {
        let one = |name: &str| codes(&columns(&format!("answered_at,{name}"), &garage()).unwrap());
        assert_eq!(one("handoff.A.B.CALL"), ["handoff:A.B:CALL"]);
        assert_eq!(one("handoff.CALL.B.C"), ["handoff:CALL:B.C"]);
        assert_eq!(
            refused("answered_at,handoff.A.B.C").1,
            "response-ambiguous-handoff",
            "A.B to C, or A to B.C"
        );
        assert_eq!(refused("answered_at,handoff.CALL.X").1, "response-unknown-handoff");
        assert_eq!(refused("answered_at,handoff.CALL").1, "response-unknown-handoff");
        assert_eq!(refused("answered_at,handoff.CALL.CALL").1, "response-handoff-to-itself");
    }

    #[test]
    fn a_wrong_header_is_refused_by_the_name_of_the_column() {
        let column = |name: &str| refused(&format!("answered_at,outcome,{name}"));
        assert_eq!(column("colour"), ("colour".to_owned(), "response-unknown-column"));
        assert_eq!(column("step.WASH"), ("step.WASH".to_owned(), "response-unknown-step"));
        assert_eq!(column("step.PLAN"), ("step.PLAN".to_owned(), "response-backstage"));
        assert_eq!(column("OUTCOME"), ("OUTCOME".to_owned(), "response-column-twice"));
        assert_eq!(column("Answered_at").1, "response-column-twice");
        assert_eq!(refused("outcome").1, "response-no-answered-at");
        assert_eq!(refused("answered_at,journey").1, "response-no-question");
    }

    #[test]
    fn without_a_blueprint_the_columns_name_the_steps_in_their_order() {
        let nothing = Blueprint::unknown("flight");
        let header = "answered_at,step.Online boarding,step.Cleanliness: cabin,handoff.Online boarding.Bag.age";
        assert_eq!(
            columns(header, &nothing).unwrap_err().text.key(),
            "response-unknown-handoff",
            "it could part twice"
        );
        let read =
            columns("answered_at,handoff.GATE.SEAT,step.DESK,step.GATE: A", &nothing).unwrap();
        assert_eq!(read.steps, ["DESK", "GATE- A", "GATE", "SEAT"]);
        let person = columns("answered_at,step.Mme Durand", &nothing).unwrap_err();
        assert!(!format!("{person:?}").contains("Durand"));
        let person = columns("answered_at,outcome,vu par Mme Durand", &nothing).unwrap();
        assert_eq!(person.persons, [(2, "…".to_owned())]);
    }

    #[test]
    fn an_activity_means_its_step() {
        let mut blueprint = garage();
        blueprint.steps[0].activities = vec!["Phone call".to_owned()];
        let read = columns("answered_at,step.Phone call", &blueprint).unwrap();
        assert_eq!(codes(&read), ["step:CALL"]);
        let twice = columns("answered_at,step.Phone call,step.CALL", &blueprint).unwrap_err();
        assert_eq!(twice.text.key(), "response-column-twice");
    }
}
