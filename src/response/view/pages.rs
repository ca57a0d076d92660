//! The three pages that ask: how it went, three parts of it, the comment.

use askama::Template;

use super::group::{Group, product_words};
use super::timeline::{self, TimelineStep};
use super::{CustomerFrame, Problem, Shell, Subject};
use crate::element::Element;
use crate::i18n::{Lang, Text};
use crate::journey::elements;
use crate::journey::trace::Trace;
use crate::response::form::{ANOTHER, COMMENT, NOT_MINE, PRESSED, part_id};
use crate::response::pages::{OutcomePage, PartsPage, WordsPage};
use crate::survey::Answer;
use crate::survey::wording::Part;

const PAGES: usize = 3;

#[derive(Debug, Template)]
#[template(path = "response/outcome.html", blocks = ["content"])]
pub struct OutcomeView {
    shell: Shell,
    page: usize,
    step: String,
    heading: String,
    group: Group,
    timeline: Vec<TimelineStep>,
    /// Whether it is still the customer's own journey: only then is it shown, and only then can
    /// they say that it is not.
    own_journey: bool,
    not_mine_id: String,
    not_mine: bool,
}

/// `not_mine` is whether the box "this was not my journey" is ticked.
pub fn outcome_page(
    subject: &Subject<'_>,
    around: &CustomerFrame,
    saved: &OutcomePage,
    not_mine: bool,
    problems: &[Problem],
) -> OutcomeView {
    let heading = Text::new("response-title").with("organisation", subject.organisation);
    let shell = Shell::asking(subject, around, titled(1, &heading, problems, subject), problems);
    let lang = shell.lang();
    OutcomeView {
        page: 1,
        step: step(1).say(lang),
        heading: heading.say(lang),
        group: Group::outcome(&shell, question(subject, &Part::Outcome, lang), saved.outcome),
        timeline: subject
            .trace
            .map(|trace| timeline::steps(trace, subject.blueprint, subject.zone, lang))
            .unwrap_or_default(),
        own_journey: subject.trace.is_some(),
        not_mine_id: shell.id(NOT_MINE),
        not_mine,
        shell,
    }
}

/// The second page: the parts that were drawn, and one of the customer's choice.
#[derive(Debug, Template)]
#[template(path = "response/parts.html", blocks = ["content"])]
pub struct PartsView {
    shell: Shell,
    page: usize,
    step: String,
    heading: String,
    groups: Vec<Group>,
    another_id: String,
    another_problem: Option<String>,
    others: Vec<Another>,
}

#[derive(Clone, Debug)]
struct Another {
    value: String,
    words: String,
    chosen: bool,
}

/// `asked` are the parts that were drawn, in that order.
pub fn parts_page(
    subject: &Subject<'_>,
    around: &CustomerFrame,
    asked: &[Element],
    saved: &PartsPage,
    problems: &[Problem],
) -> PartsView {
    let heading = Text::new("response-parts-title").with("n", asked.len());
    let shell = Shell::asking(subject, around, titled(2, &heading, problems, subject), problems);
    let trace = subject.trace.cloned().unwrap_or_default();
    let asked_in_order = timeline::in_order(&trace, subject.blueprint, asked);
    let groups = asked_in_order.into_iter().map(|(place, element)| {
        part(&shell, subject, &part_id(place), element, saved.answers.get(element))
    });
    PartsView {
        page: 2,
        step: step(2).say(shell.lang()),
        heading: heading.say(shell.lang()),
        groups: groups.collect(),
        another_id: shell.id(ANOTHER),
        another_problem: shell.problem(ANOTHER),
        others: others(&shell, subject, &trace, asked, saved.another.as_ref()),
        shell,
    }
}

fn part(
    shell: &Shell,
    subject: &Subject<'_>,
    id: &str,
    element: &Element,
    given: Option<&Answer>,
) -> Group {
    let lang = shell.lang();
    let name = |code: &str| timeline::step_name(subject.blueprint, code, lang);
    let asked = |part: Part| question(subject, &part, lang);
    match element {
        Element::Handoff(from, to) => {
            let legend =
                asked(Part::Handoff).replace("{from}", &name(from)).replace("{to}", &name(to));
            Group::handoff(shell, id, (element, subject.questionnaire), legend, given)
        }
        _ => {
            let code = element.steps().concat();
            let own = Part::OneStep(code.clone());
            let has_own = subject.questionnaire.wording.said(&own, lang).is_some();
            let legend =
                asked(if has_own { own } else { Part::Step }).replace("{step}", &name(&code));
            Group::step(shell, id, element, legend, given)
        }
    }
}

/// What is asked about a part: the administrator's words, else ours.
fn question(subject: &Subject<'_>, part: &Part, lang: Lang) -> String {
    let own = subject.questionnaire.wording.said(part, lang).map(str::to_owned);
    own.unwrap_or_else(|| product_words(part, lang))
}

fn others(
    shell: &Shell,
    subject: &Subject<'_>,
    trace: &Trace,
    asked: &[Element],
    chosen: Option<&Element>,
) -> Vec<Another> {
    let rated = elements::rated(trace, subject.blueprint);
    let left: Vec<Element> = rated.into_iter().filter(|element| !asked.contains(element)).collect();
    let left = timeline::in_order(trace, subject.blueprint, &left).into_iter();
    let others = left.map(|(_, element)| Another {
        value: element.to_string(),
        words: timeline::part_name(subject.blueprint, element, shell.lang()),
        chosen: chosen == Some(element),
    });
    others.collect()
}

#[derive(Debug, Template)]
#[template(path = "response/words.html", blocks = ["content"])]
pub struct WordsView {
    shell: Shell,
    page: usize,
    step: String,
    heading: String,
    question: String,
    comment_id: String,
    comment: String,
    comment_problem: Option<String>,
    pressure: Option<Group>,
    /// The page before this one.
    back: usize,
}

/// `pressure` says whether this customer is asked if somebody suggested an answer.
pub fn words_page(
    subject: &Subject<'_>,
    around: &CustomerFrame,
    pressure: bool,
    saved: &WordsPage,
    problems: &[Problem],
) -> WordsView {
    let heading = Text::new("response-words-title");
    let shell = Shell::asking(subject, around, titled(3, &heading, problems, subject), problems);
    let lang = shell.lang();
    let pressure = pressure.then(|| {
        let [legend, note] = ["response-pressure", "response-pressure-why"].map(|k| shell.w.say(k));
        Group::yes_or_no(&shell, PRESSED, legend, note, saved.pressed)
    });
    WordsView {
        page: 3,
        step: step(3).say(lang),
        heading: heading.say(lang),
        question: question(subject, &Part::Closing, lang),
        comment_id: shell.id(COMMENT),
        comment: saved.comment.clone().unwrap_or_default(),
        comment_problem: shell.problem(COMMENT),
        pressure,
        back: if subject.trace.is_some() { 2 } else { 1 },
        shell,
    }
}

fn step(page: usize) -> Text {
    Text::new("response-page").with("page", page).with("of", PAGES)
}

/// The title of the window: what is wrong comes first, then the place, then what the page is
/// about.
fn titled(page: usize, heading: &Text, problems: &[Problem], subject: &Subject<'_>) -> Text {
    let lang = subject.questionnaire.wording.nearest(subject.lang);
    let key = if problems.is_empty() { "response-window" } else { "response-window-problem" };
    Text::new(key).with("page", step(page).say(lang)).with("heading", heading.say(lang))
}
