//! One customer at the three pages: which comes next, what each shows, and what was sent.

use super::answering::Page;
use super::form::{self, Pairs, Problem, Rejection};
use super::invitation::CustomerInvitation;
use super::pages::{OutcomePage, PartsPage, WordsPage};
use super::service::Service;
use super::view::pages::{OutcomeView, PartsView, WordsView};
use super::view::{self, CustomerFrame, Subject};
use crate::element::Element;
use crate::error::Result;
use crate::i18n::Text;
use crate::journey::elements;
use crate::journey::trace::Trace;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Outcome,
    Parts,
    Words,
}

impl Step {
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Outcome, Self::Parts, Self::Words].into_iter().find(|step| step.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Outcome => "1",
            Self::Parts => "2",
            Self::Words => "3",
        }
    }

    /// The address of what follows. Who says that it was not their journey has no parts of it to
    /// speak of.
    pub fn after(self, unlinked: bool) -> &'static str {
        match self {
            Self::Outcome if unlinked => "3",
            Self::Outcome => "2",
            Self::Parts => "3",
            Self::Words => "thanks",
        }
    }
}

#[derive(Debug)]
pub enum PageView {
    Outcome(Box<OutcomeView>),
    Parts(Box<PartsView>),
    Words(Box<WordsView>),
}

#[derive(Debug)]
pub struct CustomerSession<'a> {
    service: &'a Service,
    opened: &'a CustomerInvitation,
    around: CustomerFrame,
    trace: Option<Trace>,
    asked: Vec<Element>,
}

impl<'a> CustomerSession<'a> {
    pub fn new(
        service: &'a Service,
        opened: &'a CustomerInvitation,
        around: CustomerFrame,
    ) -> Result<Self> {
        let trace = opened.trace.as_deref().map(Trace::parse).transpose()?;
        let asked = match trace {
            Some(_) => opened.items.iter().map(|item| item.element.clone()).collect(),
            None => Vec::new(),
        };
        Ok(Self { service, opened, around, trace, asked })
    }

    /// The first page that was not saved yet.
    pub fn next(&self) -> Step {
        match (&self.opened.outcome, &self.opened.parts) {
            (None, _) => Step::Outcome,
            (Some(_), None) => self.allowed(Step::Parts),
            (Some(_), Some(_)) => Step::Words,
        }
    }

    /// The page itself, or the next one when there is nothing to ask on it.
    pub fn allowed(&self, step: Step) -> Step {
        if step == Step::Parts && self.asked.is_empty() { Step::Words } else { step }
    }

    /// A page as it was saved, with what is wrong with it as a whole, if anything is.
    pub fn show(&self, step: Step, wrong: Option<Text>) -> PageView {
        let opened = self.opened;
        let saved = match step {
            Step::Outcome => Page::Outcome(opened.outcome.clone().unwrap_or_default(), false),
            Step::Parts => Page::Parts(opened.parts.clone().unwrap_or_default()),
            Step::Words => Page::Words(opened.words.clone().unwrap_or_default()),
        };
        self.page(&saved, wrong)
    }

    /// What was sent, or the page again with what is wrong and everything that was typed.
    pub fn read(&self, step: Step, pairs: &Pairs) -> Result<Page, PageView> {
        let questionnaire = &self.service.questionnaire;
        match step {
            Step::Outcome => match form::outcome(pairs, questionnaire) {
                Ok((page, not_mine)) => Ok(Page::Outcome(page, not_mine)),
                Err(Rejection { typed: (page, not_mine), problems }) => {
                    Err(self.outcome(&page, not_mine, &problems))
                }
            },
            Step::Parts => {
                let trace = self.trace.as_ref();
                let elements = trace.map(|trace| elements::rated(trace, &self.service.blueprint));
                let elements = elements.unwrap_or_default();
                let read = form::parts(pairs, questionnaire, &self.asked, &elements);
                read.map(Page::Parts).map_err(|again| self.parts(&again.typed, &again.problems))
            }
            Step::Words => {
                let read = form::words(pairs, self.opened.pressure);
                read.map(Page::Words).map_err(|again| self.words(&again.typed, &again.problems))
            }
        }
    }

    pub fn unsaved(&self, page: &Page) -> PageView {
        self.page(page, Some(Text::new("response-not-saved")))
    }

    fn page(&self, page: &Page, wrong: Option<Text>) -> PageView {
        let problems: Vec<Problem> =
            wrong.into_iter().map(|text| Problem { field: String::new(), text }).collect();
        match page {
            Page::Outcome(page, not_mine) => self.outcome(page, *not_mine, &problems),
            Page::Parts(page) => self.parts(page, &problems),
            Page::Words(page) => self.words(page, &problems),
        }
    }

    fn outcome(&self, page: &OutcomePage, not_mine: bool, problems: &[Problem]) -> PageView {
        let subject = self.subject();
        let view = view::outcome_page(&subject, &self.around, page, not_mine, problems);
        PageView::Outcome(Box::new(view))
    }

    fn parts(&self, page: &PartsPage, problems: &[Problem]) -> PageView {
        let subject = self.subject();
        let view = view::parts_page(&subject, &self.around, &self.asked, page, problems);
        PageView::Parts(Box::new(view))
    }

    fn words(&self, page: &WordsPage, problems: &[Problem]) -> PageView {
        let (subject, pressure) = (self.subject(), self.opened.pressure);
        let view = view::words_page(&subject, &self.around, pressure, page, problems);
        PageView::Words(Box::new(view))
    }

    fn subject(&self) -> Subject<'_> {
        Subject {
            questionnaire: &self.service.questionnaire,
            blueprint: &self.service.blueprint,
            trace: self.trace.as_ref(),
            zone: &self.service.zone,
            lang: self.around.lang(),
            organisation: &self.service.organisation,
        }
    }
}
