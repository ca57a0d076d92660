//! The pages around the three that ask: thanks, taking an answer back, a link that is closed, what
//! is stored, and not being asked again.

use askama::Template;

use super::{CustomerFrame, Shell};
use crate::i18n::Text;

/// A page of paragraphs with at most one button. Whatever changes something asks first, and acts
/// when posted.
#[derive(Debug, Template)]
#[template(path = "response/notice.html")]
pub struct NoticeView {
    shell: Shell,
    heading: String,
    paragraphs: Vec<String>,
    told: Vec<String>,
    /// Where the button posts, and its label.
    button: Option<(String, String)>,
    /// Where the link below leads, and its label.
    link: Option<(String, String)>,
}

struct Paragraphs {
    title: &'static str,
    paragraphs: Vec<Text>,
    told: Vec<String>,
    button: Option<(String, &'static str)>,
    link: Option<(String, &'static str)>,
}

impl Paragraphs {
    fn new(title: &'static str, paragraphs: impl IntoIterator<Item = &'static str>) -> Self {
        Self {
            title,
            paragraphs: paragraphs.into_iter().map(Text::new).collect(),
            told: Vec::new(),
            button: None,
            link: None,
        }
    }

    fn page(self, around: &CustomerFrame, organisation: &str) -> NoticeView {
        let shell = Shell::new(around, organisation, Text::new(self.title));
        NoticeView {
            heading: shell.title.clone(),
            paragraphs: self.paragraphs.iter().map(|text| text.say(shell.lang())).collect(),
            told: self.told,
            button: self.button.map(|(to, key)| (to, shell.w.say(key))),
            link: self.link.map(|(to, key)| (to, shell.w.say(key))),
            shell,
        }
    }
}

/// Thanks, what customers said before and what was done, and how to withdraw the answer.
/// `released` says whether it has gone into published figures already.
pub fn thanks_page(
    around: &CustomerFrame,
    organisation: &str,
    released: bool,
    told: &[&str],
) -> NoticeView {
    let mut page = Paragraphs::new("response-thanks-title", ["response-thanks-read"]);
    let kept = if released { "response-thanks-released" } else { "response-thanks-waiting" };
    page.paragraphs[0] = Text::new("response-thanks-read").with("organisation", organisation);
    page.paragraphs.push(Text::new(kept));
    page.told = told.iter().map(|sentence| (*sentence).to_owned()).collect();
    page.link = Some((format!("/r/{}/withdraw", around.token), "response-thanks-withdraw"));
    page.page(around, organisation)
}

pub fn withdraw_page(around: &CustomerFrame, organisation: &str, released: bool) -> NoticeView {
    let kept = if released { "response-withdraw-released" } else { "response-withdraw-all" };
    let mut page = Paragraphs::new("response-withdraw-title", [kept, "response-withdraw-final"]);
    page.button = Some((format!("/r/{}/withdraw", around.token), "response-withdraw"));
    page.link = Some((format!("/r/{}", around.token), "response-withdraw-keep"));
    page.page(around, organisation)
}

pub fn withdrawn_page(around: &CustomerFrame, organisation: &str, released: bool) -> NoticeView {
    let kept = if released { "response-withdrawn-released" } else { "response-withdrawn-all" };
    Paragraphs::new("response-withdrawn-title", [kept]).page(around, organisation)
}

/// The same page whether a link has expired, is mistyped or never was.
pub fn closed_page(around: &CustomerFrame) -> NoticeView {
    Paragraphs::new("response-closed-title", ["response-closed", "response-closed-do"])
        .page(around, "")
}

pub fn unsubscribe_page(around: &CustomerFrame, organisation: &str) -> NoticeView {
    let mut page = Paragraphs::new("response-unsubscribe-title", ["response-unsubscribe-about"]);
    page.paragraphs[0] = Text::new("response-unsubscribe-about").with("organisation", organisation);
    page.button = Some((format!("/u/{}", around.token), "response-unsubscribe"));
    page.page(&alone(around), organisation)
}

pub fn unsubscribed_page(around: &CustomerFrame, organisation: &str) -> NoticeView {
    let mut page = Paragraphs::new("response-unsubscribed-title", ["response-unsubscribed"]);
    page.paragraphs[0] = Text::new("response-unsubscribed").with("organisation", organisation);
    page.page(&alone(around), organisation)
}

/// Without the link at the foot that would lead to the page itself.
fn alone(around: &CustomerFrame) -> CustomerFrame {
    CustomerFrame { token: String::new(), ..around.clone() }
}

#[derive(Debug, Template)]
#[template(path = "response/privacy.html")]
pub struct PrivacyView {
    shell: Shell,
    heading: String,
    /// Who asks, as part of a sentence.
    lead: String,
}

/// `organisation` is that of the customer who is reading, where it is known.
pub fn privacy_page(around: &CustomerFrame, organisation: Option<&str>) -> PrivacyView {
    let shell =
        Shell::new(around, organisation.unwrap_or_default(), Text::new("response-privacy-title"));
    let lead = match organisation {
        Some(name) => Text::new("response-privacy-lead").with("organisation", name),
        None => Text::new("response-privacy-lead-unknown"),
    };
    PrivacyView { heading: shell.title.clone(), lead: lead.say(shell.lang()), shell }
}
