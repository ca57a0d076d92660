//! The three pages of a draft, as customers of real journeys would see them.

use askama::Template;
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::blueprint::Blueprint;
use crate::calendar::Zone;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::journey::elements;
use crate::journey::trace::Trace;
use crate::response::pages::{OutcomePage, PartsPage, WordsPage};
use crate::response::view::timeline;
use crate::response::view::{CustomerFrame, Subject, outcome_page, parts_page, words_page};
use crate::survey::Questionnaire;
use crate::survey::drawing;

/// Fixed, so that the same parts are drawn whenever the page is looked at.
const SEED: u64 = 1;

/// A journey and its three pages, as HTML without a form.
#[derive(Clone, Debug)]
pub struct JourneyPreview {
    pub path: String,
    pub pages: [String; 3],
}

/// What the pages are made of, beside the journey.
#[derive(Clone, Copy, Debug)]
pub struct PreviewContext<'a> {
    pub questionnaire: &'a Questionnaire,
    pub blueprint: &'a Blueprint,
    pub zone: &'a Zone,
    pub lang: Lang,
    pub organisation: &'a str,
}

pub fn previews(setting: PreviewContext<'_>, journeys: &[Trace]) -> Result<Vec<JourneyPreview>> {
    journeys.iter().enumerate().map(|(place, trace)| of_one(setting, place, trace)).collect()
}

fn of_one(setting: PreviewContext<'_>, place: usize, trace: &Trace) -> Result<JourneyPreview> {
    let PreviewContext { questionnaire, blueprint, zone, lang, organisation } = setting;
    let subject =
        Subject { questionnaire, blueprint, trace: Some(trace), zone, lang, organisation };
    let around = CustomerFrame::preview(format!("seen-{place}-"), lang);
    let parts = elements::rated(trace, blueprint);
    let drawn = drawing::draw(
        &parts,
        questionnaire.wording.parts_asked,
        &mut StdRng::seed_from_u64(SEED + place as u64),
    );
    let asked: Vec<_> = drawn.into_iter().map(|item| item.element).collect();
    let first = outcome_page(&subject, &around, &OutcomePage::default(), false, &[]);
    let second = parts_page(&subject, &around, &asked, &PartsPage::default(), &[]);
    // One customer in ten is asked if somebody suggested an answer; here the first is.
    let third = words_page(&subject, &around, place == 0, &WordsPage::default(), &[]);
    let steps = timeline::steps(trace, blueprint, zone, lang);
    let names: Vec<String> = steps.into_iter().map(|step| step.name).collect();
    Ok(JourneyPreview {
        path: names.join(" → "),
        pages: [
            rendered(first.as_content().render())?,
            rendered(second.as_content().render())?,
            rendered(third.as_content().render())?,
        ],
    })
}

fn rendered(page: Result<String, askama::Error>) -> Result<String> {
    page.map_err(|failure| Error::Internal(format!("a preview failed: {failure}")))
}
