//! axe-core over every page in a real browser: languages, colour schemes, widths, 400 % zoom, forced colours.

use fantoccini::{Client, Locator};
use relais::wiring;

use crate::support::axe::{self, LOOKS, Look, armed, faults_in};
use crate::support::browser::window;
use crate::support::customer::{Customer, asking, journey, live, mail_to, mails};
use crate::support::serving::Serving;
use crate::support::{World, figure};

/// What was checked and what was wrong.
struct Check<'a> {
    window: &'a Client,
    url: String,
    looks: &'a [Look],
    tags: &'a [&'a str],
    pages: usize,
    faults: Vec<String>,
}

impl<'a> Check<'a> {
    fn new(window: &'a Client, url: &str, looks: &'a [Look], tags: &'a [&'a str]) -> Self {
        Self { window, url: url.to_owned(), looks, tags, pages: 0, faults: Vec::new() }
    }

    /// Opens a page and checks it.
    async fn page(&mut self, path: &str, name: &str) {
        self.window.goto(&format!("{}{path}", self.url)).await.expect("a page");
        self.shown(name).await;
    }

    /// Checks the page that is open.
    async fn shown(&mut self, name: &str) {
        self.faults.extend(faults_in(self.window, self.looks, self.tags, name).await);
        self.pages += 1;
    }

    /// Sends the open page in a way that is refused, and checks what comes back.
    async fn refused(&mut self, script: &str, name: &str) {
        self.window.execute(script, Vec::new()).await.expect("a script");
        let alert = self.window.wait().for_element(Locator::Css("[role=alert]")).await;
        alert.unwrap_or_else(|_| panic!("{name} is not refused"));
        self.shown(name).await;
    }

    /// Says what was found.
    fn end(self, whose: &str) {
        let (pages, looks) = (self.pages, self.looks.len());
        figure(&format!("axe: {pages} {whose}, {looks} ways of looking at each: {} violations", self.faults.len()));
        assert!(self.faults.is_empty(), "{:#?}", self.faults);
    }
}

/// Nobody who follows the page can send these: an answer that was never offered, one that contradicts another, a
/// comment that is too long.
const WRONG: [&str; 3] = [
    "const one = document.querySelector('[type=radio]'); one.value = '9'; one.checked = true; one.form.submit()",
    "document.querySelectorAll('[type=checkbox]').forEach(box => box.checked = true); document.forms[0].submit()",
    "document.querySelector('textarea').value = 'x'.repeat(20000); document.forms[0].submit()",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_customer_page_is_accessible() {
    let window = window(1280, 900).await;
    if armed(&window, "the customers' pages").await {
        let world = World::sqlite().await;
        asking(&world).await;
        for lang in ["fr", "en"] {
            for name in ["open", "done", "other"] {
                journey(&world, &format!("{lang}-{name}"), &format!("{name}.{lang}@example.org"), lang).await;
            }
        }
        live(&world, 48).await;
        // Every third page asks one question more of one in ten.
        world.sql("UPDATE invitation SET pressure = TRUE").await;
        let serving = Serving::of(&world).await;
        let mut check = Check::new(&window, &serving.url, &LOOKS, &axe::PAGE);
        for lang in ["fr", "en"] {
            three_pages(&world, &mut check, lang).await;
            pages_around(&world, &mut check, lang).await;
        }
        world.sql("ALTER TABLE link RENAME TO lost").await;
        for lang in ["fr", "en"] {
            check.page(&format!("/r/aaaaaaaaaaaaaaaaaaaaaaaaaa?lang={lang}"), &format!("trouble-{lang}")).await;
        }
        check.end("customer pages");
    }
    window.close().await.expect("closed");
}

async fn three_pages(world: &World, check: &mut Check<'_>, lang: &str) {
    let link = mail_to(world, &format!("open.{lang}@example.org")).link();
    for (page, wrong) in (1..).zip(WRONG) {
        check.page(&format!("{link}/{page}"), &format!("page{page}-{lang}")).await;
        check.refused(wrong, &format!("page{page}-wrong-{lang}")).await;
    }
    let mut other =
        Customer::new(&wiring::router(world.app.clone()), &mail_to(world, &format!("other.{lang}@example.org")));
    other.sends("/1", "outcome=4&not-mine=yes", "/3").await;
    check.page(&format!("{}/1", other.link), &format!("page1-not-mine-{lang}")).await;
}

async fn pages_around(world: &World, check: &mut Check<'_>, lang: &str) {
    let mail = mail_to(world, &format!("done.{lang}@example.org"));
    let mut done = Customer::new(&wiring::router(world.app.clone()), &mail);
    done.sends("/3", "comment=", "/thanks").await;
    check.page(&format!("{}/thanks", done.link), &format!("thanks-{lang}")).await;
    check.page(&format!("{}/withdraw", done.link), &format!("withdraw-{lang}")).await;
    done.sends("/withdraw", "", "").await;
    check.page(&done.link, &format!("withdrawn-{lang}")).await;
    check.page(&format!("/r/aaaaaaaaaaaaaaaaaaaaaaaaaa?lang={lang}"), &format!("closed-{lang}")).await;
    check.page(&format!("/privacy?lang={lang}"), &format!("privacy-{lang}")).await;
    check.page(&format!("/u/{}", mail.token()), &format!("unsubscribe-{lang}")).await;
    crate::support::browser::press(check.window, "main form button").await;
    check.shown(&format!("unsubscribed-{lang}")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mail_to_a_customer_is_accessible_and_loads_nothing() {
    let window = window(640, 900).await;
    if armed(&window, "the mails to customers").await {
        let world = World::sqlite().await;
        asking(&world).await;
        for lang in ["fr", "en"] {
            journey(&world, lang, &format!("{lang}@example.org"), lang).await;
        }
        live(&world, 8 * 24).await;
        let mut check = Check::new(&window, "file://", &LOOKS, &axe::MAIL);
        let sent = mails(&world);
        assert_eq!(sent.len(), 4, "an invitation and a reminder in each language");
        for (number, mail) in sent.iter().enumerate() {
            for load in ["src=", "url(", "@import", "<link", "<script", "<img", "<iframe"] {
                assert!(!mail.html.contains(load), "{load} in {}", mail.html);
            }
            let file = world.file(&format!("{number}.html"), &mail.html);
            check.page(&file.display().to_string(), &format!("mail{number}")).await;
            let loaded = window.execute("return performance.getEntriesByType('resource').length", Vec::new()).await;
            assert_eq!(loaded.expect("a number"), 0);
        }
        check.end("mails");
    }
    window.close().await.expect("closed");
}
