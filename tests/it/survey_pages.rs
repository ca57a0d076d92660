//! Customers at their three pages with real programs: a phone whose scripts are off, a keyboard, a
//! text browser.

use std::process::{Command, Stdio};

use fantoccini::actions::{
    InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use relais::schema::{comment, response};
use sea_orm::EntityTrait;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::axe::tell;
use crate::support::browser::{phone_without_scripts, press, text, window};
use crate::support::customer::{asking, journey, live, mail_to};
use crate::support::serving::Serving;
use crate::support::{World, figure};

/// A customer who was asked in French, their pages served, and their link.
async fn asked() -> (World, Serving, String) {
    let world = World::sqlite().await;
    asking(&world).await;
    journey(&world, "A1", "marie@example.org", "fr").await;
    live(&world, 48).await;
    let serving = Serving::of(&world).await;
    let link = format!("{}{}", serving.url, mail_to(&world, "marie@example.org").link());
    (world, serving, link)
}

async fn responses(world: &World) -> Vec<response::Model> {
    response::Entity::find().all(world.app.db.reader()).await.expect("responses")
}

async fn comments(world: &World) -> Vec<String> {
    let found = comment::Entity::find().all(world.app.db.reader()).await.expect("comments");
    found.into_iter().map(|comment| comment.text).collect()
}

/// Waits for a page that says this.
async fn reads(window: &Client, words: &str) {
    for _ in 0..100 {
        if text(window).await.contains(words) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("“{words}” is not in:\n{}", text(window).await);
}

async fn is_ticked(window: &Client, css: &str) -> bool {
    window.find(Locator::Css(css)).await.expect("a field").is_selected().await.expect("its state")
}

/// Two presses as fast as a hand can.
async fn double_click(window: &Client, css: &str) {
    let button = window.find(Locator::Css(css)).await.expect("a button");
    let press = || PointerAction::Down { button: MOUSE_BUTTON_LEFT };
    let lift = || PointerAction::Up { button: MOUSE_BUTTON_LEFT };
    let mouse = MouseActions::new("mouse".to_owned())
        .then(PointerAction::MoveToElement { element: button, duration: None, x: 0.0, y: 0.0 })
        .then(press())
        .then(lift())
        .then(press())
        .then(lift());
    window.perform_actions(mouse).await.expect("a double click");
}

/// Everything that can be touched is at least 44 CSS pixels high and wide.
async fn hands_hit(window: &Client) -> usize {
    let mut seen = 0;
    for target in window
        .find_all(Locator::Css("label.choice, a, button, select, textarea"))
        .await
        .expect("targets")
    {
        if target.is_displayed().await.expect("its state") {
            let (_, _, width, height) = target.rectangle().await.expect("its size");
            let what = target.text().await.expect("its words");
            assert!(width >= 44.0 && height >= 44.0, "“{what}” is {width} × {height}");
            seen += 1;
        }
    }
    seen
}

const GO: &str = ".go button";
const SWITCH: &str = "button.switch";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_without_scripts_goes_back_double_clicks_and_opens_a_second_tab() {
    let (world, _serving, link) = asked().await;
    let window = phone_without_scripts().await;
    window.goto(&link).await.expect("the link");
    reads(&window, "Étape 1 sur 3").await;
    let mut targets = hands_hit(&window).await;
    press(&window, "label[for=outcome-4]").await;
    press(&window, GO).await;
    reads(&window, "Étape 2 sur 3").await;
    targets += hands_hit(&window).await;
    window.back().await.expect("back");
    reads(&window, "Étape 1 sur 3").await;
    assert!(is_ticked(&window, "#outcome-4").await, "what was answered is shown");
    press(&window, "label[for=outcome-2]").await;
    double_click(&window, GO).await;
    reads(&window, "Étape 2 sur 3").await;
    // A second tab goes on where the first is, and finishes; the first is still open then.
    let first = window.window().await.expect("a tab");
    let second = window.new_window(true).await.expect("a second tab");
    window.switch_to_window(second.handle).await.expect("the second tab");
    window.goto(&link).await.expect("the link");
    reads(&window, "Étape 2 sur 3").await;
    press(&window, "label.choice").await;
    press(&window, GO).await;
    reads(&window, "Étape 3 sur 3").await;
    targets += hands_hit(&window).await;
    // Loading again after a page was sent asks for no confirmation: nothing is sent again.
    window.refresh().await.expect("the page again");
    assert!(window.get_alert_text().await.is_err(), "the browser asks before it loads again");
    reads(&window, "Étape 3 sur 3").await;
    window
        .find(Locator::Css("textarea"))
        .await
        .expect("a field")
        .send_keys("J’ai attendu.")
        .await
        .expect("keys");
    double_click(&window, GO).await;
    reads(&window, "Merci").await;
    window.switch_to_window(first).await.expect("the first tab");
    press(&window, "label.choice").await;
    press(&window, GO).await;
    reads(&window, "Merci").await;
    assert_eq!(responses(&world).await.len(), 1);
    assert_eq!(
        (responses(&world).await[0].outcome, comments(&world).await),
        (Some(2), vec!["J’ai attendu.".to_owned()])
    );
    press(&window, "main a[href*=withdraw]").await;
    reads(&window, "Reprendre vos réponses").await;
    targets += hands_hit(&window).await;
    press(&window, "main form button").await;
    reads(&window, "effacées").await;
    assert!(responses(&world).await.is_empty() && comments(&world).await.is_empty());
    figure(&format!("touch: {targets} targets on four pages of 320 px, all of 44 px or more"));
    window.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_switches_language_on_each_page_and_resumes_next_day() {
    let (world, _serving, link) = asked().await;
    let window = phone_without_scripts().await;
    window.goto(&link).await.expect("the link");
    press(&window, "label[for=outcome-3]").await;
    press(&window, SWITCH).await;
    reads(&window, "Step 1 of 3").await;
    assert!(is_ticked(&window, "#outcome-3").await);
    press(&window, GO).await;
    reads(&window, "Step 2 of 3").await;
    press(&window, "fieldset label.choice").await;
    press(&window, SWITCH).await;
    reads(&window, "Étape 2 sur 3").await;
    assert!(is_ticked(&window, "fieldset label.choice input").await);
    press(&window, GO).await;
    reads(&window, "Étape 3 sur 3").await;
    window
        .find(Locator::Css("textarea"))
        .await
        .expect("a field")
        .send_keys("J’ai attendu.")
        .await
        .expect("keys");
    press(&window, SWITCH).await;
    reads(&window, "Step 3 of 3").await;
    world.app.clock.set(world.app.clock.now() + 86_400);
    window.goto(&link).await.expect("the link, next day");
    reads(&window, "Step 3 of 3").await;
    assert!(responses(&world).await.is_empty(), "nothing is sent before they send it");
    press(&window, GO).await;
    reads(&window, "Thank you").await;
    assert_eq!(
        (responses(&world).await[0].outcome, comments(&world).await),
        (Some(3), vec!["J’ai attendu.".to_owned()])
    );
    window.close().await.expect("closed");
}

/// Presses keys, one after the other.
async fn keys(window: &Client, keys: &[Key]) {
    let mut all = KeyActions::new("keyboard".to_owned());
    for key in keys {
        all = all
            .then(KeyAction::Down { value: char::from(*key) })
            .then(KeyAction::Up { value: char::from(*key) });
    }
    window.perform_actions(all).await.expect("keys");
}

/// Goes on with the tabulator until the focus is on what is looked for; each stop shows that it has
/// it.
async fn tab_to(window: &Client, css: &str) {
    for _ in 0..40 {
        keys(window, &[Key::Tab]).await;
        let focused = format!("{css}:focus");
        let ring = ":focus-visible, label:has(:focus-visible)";
        let ringed = window.find_all(Locator::Css(ring)).await.expect("the focus");
        let mut shown = false;
        for one in ringed {
            shown |= one.css_value("outline-style").await.expect("a style") != "none";
        }
        let here =
            window.active_element().await.expect("the focus").html(false).await.expect("its text");
        assert!(shown, "nobody sees that the focus is on {here}");
        if window.find(Locator::Css(&focused)).await.is_ok() {
            return;
        }
    }
    panic!("the keyboard does not reach {css}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_keyboard_is_enough() {
    let (world, _serving, link) = asked().await;
    let window = phone_without_scripts().await;
    window.goto(&link).await.expect("the link");
    tab_to(&window, "#outcome").await;
    // A space chooses, an arrow chooses the next; Enter in a field goes on, in the language that
    // the page has.
    keys(&window, &[Key::Space, Key::Down, Key::Enter]).await;
    reads(&window, "Étape 2 sur 3").await;
    tab_to(&window, "fieldset input").await;
    keys(&window, &[Key::Space, Key::Enter]).await;
    reads(&window, "Étape 3 sur 3").await;
    tab_to(&window, "textarea").await;
    let field = window.active_element().await.expect("the field");
    field.send_keys("Une ligne\net une autre").await.expect("keys");
    tab_to(&window, GO).await;
    keys(&window, &[Key::Enter]).await;
    reads(&window, "Merci").await;
    let row = responses(&world).await.remove(0);
    assert_eq!(row.outcome, Some(4));
    assert_eq!(comments(&world).await, ["Une ligne\net une autre"]);
    window.close().await.expect("closed");
}

/// Debian's lynx, which knows neither styles nor scripts.
fn lynx(arguments: &[&str]) -> String {
    let mut command = Command::new("lynx");
    command.args(["-nocolor", "-display_charset=utf-8", "-nolist"]).args(arguments);
    let ran = command.env("TERM", "vt100").env("LANG", "C.UTF-8").stdin(Stdio::null()).output();
    String::from_utf8_lossy(&ran.expect("lynx; install the package lynx").stdout).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_browser_reads_and_answers() {
    let (world, _serving, link) = asked().await;
    let page = lynx(&["-dump", &link]);
    assert!(page.contains("Étape 1 sur 3") && page.contains("le même jour"), "{page}");
    let lines: Vec<_> = page.lines().map(str::trim).collect();
    assert!(
        lines.contains(&"( ) Plutôt bien") && lines.contains(&"( ) Très mal"),
        "each answer has its line: {page}"
    );
    // The first button goes on, the second switches the language; then come the fields.
    const DOWN: &str = "Down Arrow";
    const UP: &str = "Up Arrow";
    const ENTER: &str = "^J";
    let second_answer = [DOWN, DOWN, DOWN, ENTER, UP, UP, UP, ENTER];
    let first_field = [DOWN, DOWN, ENTER, UP, UP, ENTER];
    let words = [DOWN, DOWN, "o", "u", "i", UP, UP, ENTER];
    let typed =
        second_answer.iter().chain(&first_field).chain(&words).map(|key| format!("key {key}\n"));
    let script = world.file("keys", typed.collect::<String>());
    let seen = lynx(&[&format!("-cmd_script={}", script.display()), &link]);
    assert!(seen.contains("tape 2 sur 3") && seen.contains("tape 3 sur 3"), "{seen}");
    let thanks = lynx(&["-dump", &link]);
    assert!(thanks.contains("Merci"), "{thanks}");
    assert_eq!(
        (responses(&world).await[0].outcome, comments(&world).await),
        (Some(4), vec!["oui".to_owned()])
    );
}

/// What a browser that takes compressed pages gets: everything on the wire, the headers too.
async fn fetched(url: &str, path: &str) -> Vec<u8> {
    let host = url.trim_start_matches("http://");
    let mut wire = TcpStream::connect(host).await.expect("the service");
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
    );
    wire.write_all(request.as_bytes()).await.expect("a request");
    let mut answer = Vec::new();
    wire.read_to_end(&mut answer).await.expect("an answer");
    answer
}

/// One round trip of a new connection carries this much.
const FIRST_FLIGHT: usize = 14 * 1024;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_is_two_requests_and_fits_into_the_first_flight() {
    let (_world, serving, link) = asked().await;
    let path = link.trim_start_matches(&serving.url).to_owned();
    let mut weights = Vec::new();
    let sheet = fetched(&serving.url, relais::web::SURVEY_STYLE).await;
    for page in ["", "/1", "/2", "/3", "/withdraw"] {
        let got = fetched(&serving.url, &format!("{path}{page}")).await;
        let head = String::from_utf8_lossy(&got[..got.len().min(1_500)]).to_lowercase();
        assert!(
            head.starts_with("http/1.1 200") && head.contains("content-encoding: gzip"),
            "{head}"
        );
        assert!(!head.contains("set-cookie"), "{head}");
        let weight = got.len() + sheet.len();
        assert!(weight <= FIRST_FLIGHT, "{page} weighs {weight}");
        weights.push(weight);
    }
    figure(&format!(
        "weight: the first page {} bytes with its style, headers and all, compressed; the heaviest {} (at most {FIRST_FLIGHT})",
        weights[0],
        weights.iter().max().expect("pages")
    ));
    let window = window(500, 800).await;
    serving.asked();
    for page in ["/1", "/2", "/3"] {
        // A reader who has never been here.
        tell(&window, "Network.clearBrowserCache", json!({})).await;
        window.goto(&format!("{link}{page}")).await.expect("a page");
        reads(&window, "sur 3").await;
        assert_eq!(
            serving.asked(),
            [format!("GET {path}{page}"), format!("GET {}", relais::web::SURVEY_STYLE)]
        );
        assert!(window.get_all_cookies().await.expect("cookies").is_empty());
    }
    figure("requests: 2 for each of the three pages, no cookie, no third party");
    window.close().await.expect("closed");
}
