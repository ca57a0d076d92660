//! axe-core over every page in a real browser: languages, colour schemes, widths, 400 % zoom,
//! forced colours.

use fantoccini::{Client, Locator};
use relais::wiring;

use crate::support::axe::{self, LOOKS, Look, armed, faults_in};
use crate::support::browser::{left, press, window};
use crate::support::customer::{Customer, asking, journey, live, mail_to, mails};
use crate::support::demo::demo;
use crate::support::serving::Serving;
use crate::support::{World, figure};

/// A window, and the ways in which it looks at pages.
type Eye<'a> = (&'a Client, &'a [Look]);

/// What was checked and what was wrong.
struct Check<'a> {
    eyes: &'a [Eye<'a>],
    url: String,
    tags: &'a [&'a str],
    pages: usize,
    faults: Vec<String>,
}

impl<'a> Check<'a> {
    fn new(eyes: &'a [Eye<'a>], url: &str, tags: &'a [&'a str]) -> Self {
        Self { eyes, url: url.to_owned(), tags, pages: 0, faults: Vec::new() }
    }

    /// Opens a page and checks it.
    async fn page(&mut self, path: &str, name: &str) {
        for (window, _) in self.eyes {
            window.goto(&format!("{}{path}", self.url)).await.expect("a page");
        }
        self.shown(name).await;
    }

    /// Checks the page that is open.
    async fn shown(&mut self, name: &str) {
        for (window, looks) in self.eyes {
            self.faults.extend(faults_in(window, looks, self.tags, name).await);
        }
        self.pages += 1;
    }

    /// Sends the open page in a way that is refused, and checks what comes back.
    async fn refused(&mut self, script: &str, name: &str) {
        for (window, _) in self.eyes {
            window.execute(script, Vec::new()).await.expect("a script");
            let alert = window.wait().for_element(Locator::Css("[role=alert]")).await;
            alert.unwrap_or_else(|_| panic!("{name} is not refused"));
        }
        self.shown(name).await;
    }

    /// Presses the button of the open page, and checks what comes back.
    async fn pressed(&mut self, name: &str) {
        for (window, _) in self.eyes {
            window
                .find(Locator::Css("main form button"))
                .await
                .expect("a button")
                .click()
                .await
                .expect("a click");
            window
                .wait()
                .for_element(Locator::Css("main:not(:has(button))"))
                .await
                .expect("the next page");
        }
        self.shown(name).await;
    }

    /// Says what was found.
    fn end(self, whose: &str) {
        let (pages, looks) =
            (self.pages, self.eyes.iter().map(|(_, looks)| looks.len()).sum::<usize>());
        figure(&format!(
            "axe: {pages} {whose}, {looks} ways of looking at each: {} violations",
            self.faults.len()
        ));
        assert!(self.faults.is_empty(), "{:#?}", self.faults);
    }
}

/// Two windows with axe in them, since Chromium keeps something of forced colours once it has shown
/// them.
async fn windows(story: &str) -> Option<[Client; 2]> {
    let plain = window(1280, 900).await;
    if !armed(&plain, story).await {
        plain.close().await.expect("closed");
        return None;
    }
    let forced = window(1280, 900).await;
    armed(&forced, story).await;
    Some([plain, forced])
}

async fn close(windows: [Client; 2]) {
    for window in windows {
        window.close().await.expect("closed");
    }
}

/// Nobody who follows the page can send these: an answer that was never offered, one that
/// contradicts another, a comment that is too long.
const WRONG: [&str; 3] = [
    "const one = document.querySelector('[type=radio]'); one.value = '9'; one.checked = true; one.form.submit()",
    "document.querySelectorAll('[type=checkbox]').forEach(box => box.checked = true); document.forms[0].submit()",
    "document.querySelector('textarea').value = 'x'.repeat(20000); document.forms[0].submit()",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_customer_page_is_accessible() {
    let Some(windows) = windows("the customers' pages").await else { return };
    let world = World::sqlite().await;
    asking(&world).await;
    for lang in ["fr", "en"] {
        for name in ["open", "done", "other"] {
            journey(&world, &format!("{lang}-{name}"), &format!("{name}.{lang}@example.org"), lang)
                .await;
        }
    }
    live(&world, 48).await;
    // Every third page asks one question more of one in ten.
    world.sql("UPDATE invitation SET pressure = TRUE").await;
    let serving = Serving::of(&world).await;
    let eyes = [(&windows[0], &LOOKS[..6]), (&windows[1], &LOOKS[6..])];
    let mut check = Check::new(&eyes, &serving.url, &axe::PAGE);
    for lang in ["fr", "en"] {
        three_pages(&world, &mut check, lang).await;
        pages_around(&world, &mut check, lang).await;
    }
    world.sql("ALTER TABLE link RENAME TO lost").await;
    for lang in ["fr", "en"] {
        check
            .page(&format!("/r/aaaaaaaaaaaaaaaaaaaaaaaaaa?lang={lang}"), &format!("trouble-{lang}"))
            .await;
    }
    check.end("customer pages");
    close(windows).await;
}

async fn three_pages(world: &World, check: &mut Check<'_>, lang: &str) {
    let link = mail_to(world, &format!("open.{lang}@example.org")).link();
    for (page, wrong) in (1..).zip(WRONG) {
        check.page(&format!("{link}/{page}"), &format!("page{page}-{lang}")).await;
        check.refused(wrong, &format!("page{page}-wrong-{lang}")).await;
    }
    let mut other = Customer::new(
        &wiring::router(world.app.clone()),
        &mail_to(world, &format!("other.{lang}@example.org")),
    );
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
    check
        .page(&format!("/r/aaaaaaaaaaaaaaaaaaaaaaaaaa?lang={lang}"), &format!("closed-{lang}"))
        .await;
    check.page(&format!("/privacy?lang={lang}"), &format!("privacy-{lang}")).await;
    check.page(&format!("/u/{}", mail.token()), &format!("unsubscribe-{lang}")).await;
    check.pressed(&format!("unsubscribed-{lang}")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mail_to_a_customer_is_accessible_and_loads_nothing() {
    let Some(windows) = windows("the mails to customers").await else { return };
    let world = World::sqlite().await;
    asking(&world).await;
    for lang in ["fr", "en"] {
        journey(&world, lang, &format!("{lang}@example.org"), lang).await;
    }
    live(&world, 8 * 24).await;
    let eyes = [(&windows[0], &LOOKS[..6]), (&windows[1], &LOOKS[6..])];
    let mut check = Check::new(&eyes, "file://", &axe::MAIL);
    let sent = mails(&world);
    assert_eq!(sent.len(), 4, "an invitation and a reminder in each language");
    for (number, mail) in sent.iter().enumerate() {
        for load in ["src=", "url(", "@import", "<link", "<script", "<img", "<iframe"] {
            assert!(!mail.html.contains(load), "{load} in {}", mail.html);
        }
        let file = world.file(&format!("{number}.html"), &mail.html);
        check.page(&file.display().to_string(), &format!("mail{number}")).await;
        let loaded = windows[0]
            .execute("return performance.getEntriesByType('resource').length", Vec::new())
            .await;
        assert_eq!(loaded.expect("a number"), 0);
    }
    check.end("mails");
    close(windows).await;
}

/// The demo's people and the pages that each of them reads.
const STAFF: [(&str, &[&str]); 4] = [
    (
        "owner",
        &[
            "/network?",
            "/network?from=site:G05&against=rest&",
            "/network/help?",
            "/network/compare?",
            "/network/compare?measure=promise:PLAN&by=regions&",
            "/network/system?",
            "/network/coverage?",
            "/network/incentives?",
            "/network/actions?",
            "/network/chart?measure=promise&",
            "/network/map?detail=all&",
            "/network/map?partition=site:G05&",
            "/asking?",
            "/asking/repair?",
        ],
    ),
    (
        "reception",
        &[
            "/teams/reception?",
            "/teams/reception/breakdown?partition=site:G05&against=rest&",
            "/teams/reception/breakdown/handoff:RECEP:WORK?",
            "/teams/reception/breakdown/promise:RECEP?",
            "/teams/reception/chart?measure=handoff:RECEP:WORK&",
            "/teams/reception/pack?",
            "/teams/reception/discussions?",
            "/teams/reception/feeds?",
            "/teams/reception/map?partition=site:G05&against=rest&",
            "/teams/reception/readers?",
            "/what-this-cannot-know?",
            "/password?",
            "/second-factor?",
            "/sessions?",
        ],
    ),
    (
        "administrator",
        &[
            "/setup?",
            "/what-this-cannot-know?",
            "/questionnaires/repair?",
            "/asking/repair?",
            "/accounts?",
            "/accounts/1?",
            "/keys?",
            "/erasure?",
            "/nowhere?",
        ],
    ),
    ("representative", &["/journal?", "/readers?", "/what-this-cannot-know?", "/guarantees?"]),
];

/// A discussion of the demo, what is refused there, and an action as it will be stored.
async fn discussion(check: &mut Check<'_>, window: &Client) {
    let listed = format!("{}/teams/reception/discussions", check.url);
    window.goto(&listed).await.expect("the list");
    let link = window.find(Locator::Css("main section h2 a")).await.expect("a discussion");
    let path = link.attr("href").await.expect("an attribute").expect("its address");
    for lang in ["fr", "en"] {
        check.page(&format!("{path}?lang={lang}"), &format!("discussion-{lang}")).await;
        check
            .refused(
                "document.querySelector('#plan form').submit()",
                &format!("discussion-refused-{lang}"),
            )
            .await;
        window.goto(&format!("{}{path}?lang={lang}", check.url)).await.expect("the page");
        let typed = "document.querySelector('#text').value = 'Paul 06 12 34 56 78'; \
            document.querySelector('#plan form').submit()";
        window.execute(typed, Vec::new()).await.expect("a script");
        window.wait().for_element(Locator::Css("main dl.limits")).await.expect("the preview");
        check.shown(&format!("discussion-preview-{lang}")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_the_staff_is_accessible() {
    let window = window(1280, 900).await;
    if armed(&window, "the pages of the staff").await {
        let served = demo().serve();
        let eyes = [(&window, &LOOKS[..4])];
        let mut check = Check::new(&eyes, &served.url, &axe::PAGE);
        for (who, pages) in STAFF {
            window.delete_all_cookies().await.expect("nobody is signed in");
            let link = demo().link(who, &served);
            for (lang, name) in [("fr", "link-fr"), ("en", "link-en")] {
                check
                    .page(
                        &format!("{}?lang={lang}", link.trim_start_matches(&served.url)),
                        &format!("{who}-{name}"),
                    )
                    .await;
            }
            press(&window, "main form button").await;
            left(&window, "/sign-in/").await;
            for path in pages {
                let name = path
                    .split(['/', '?'])
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join("-");
                for lang in ["fr", "en"] {
                    check
                        .page(&format!("{path}lang={lang}"), &format!("{who}-{name}-{lang}"))
                        .await;
                }
            }
            if who == "reception" {
                discussion(&mut check, &window).await;
            }
        }
        window.delete_all_cookies().await.expect("nobody is signed in");
        for lang in ["fr", "en"] {
            check.page(&format!("/sign-in?lang={lang}"), &format!("sign-in-{lang}")).await;
        }
        check.end("pages of the staff");
    }
    window.close().await.expect("closed");
}
