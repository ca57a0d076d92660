//! A real browser: Debian's chromium through Debian's chromedriver, one of each for a test run.

use std::process::Child;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

/// How long a page may take on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(20);

/// A chromedriver that ends with this process: the shell that started it waits for the end of its
/// input.
struct Driver {
    port: u16,
    _keeper: Child,
}

const KEEPER: &str = r#"
chromedriver --port="$1" >/dev/null 2>&1 </dev/null &
driver=$!
read -r _
kill "$driver"
"#;

fn driver() -> &'static Driver {
    static DRIVER: OnceLock<Driver> = OnceLock::new();
    DRIVER.get_or_init(|| {
        let port = super::free_port();
        let keeper = super::kept(KEEPER, [port.to_string()]);
        super::wait_for(port);
        Driver { port, _keeper: keeper }
    })
}

/// A window of this size, in a profile of its own.
pub(crate) async fn window(width: u32, height: u32) -> Client {
    open(width, height, json!({})).await
}

/// A phone whose owner has switched scripts off.
pub(crate) async fn phone_without_scripts() -> Client {
    let window =
        open(500, 800, json!({ "profile.managed_default_content_settings.javascript": 2 })).await;
    super::axe::wear(&window, &super::axe::LOOKS[0]).await;
    window.goto("data:text/html,<noscript>no scripts</noscript>").await.expect("a page");
    assert_eq!(text(&window).await, "no scripts");
    window
}

async fn open(width: u32, height: u32, preferences: serde_json::Value) -> Client {
    let profile = tempfile::tempdir().expect("a temporary folder").keep();
    let arguments = [
        "--headless".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        format!("--user-data-dir={}", profile.display()),
        format!("--window-size={width},{height}"),
    ];
    let options = json!({ "binary": "/usr/bin/chromium", "args": arguments, "prefs": preferences });
    let capabilities = json!({ "goog:chromeOptions": options });
    let capabilities = capabilities.as_object().cloned().expect("an object");
    let address = format!("http://127.0.0.1:{}", driver().port);
    let window =
        ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&address).await;
    window.expect("a browser window")
}

/// What a person reads on the page, once it is there: while one page makes way for another, its
/// body is neither's.
pub(crate) async fn text(window: &Client) -> String {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let read = async { window.find(Locator::Css("body")).await?.text().await };
        match read.await {
            Ok(text) => return text,
            Err(gone) if Instant::now() > deadline => panic!("no page to read: {gone}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Waits until the window has left every address that contains `part`.
pub(crate) async fn left(window: &Client, part: &str) {
    let deadline = Instant::now() + PATIENCE;
    while window.current_url().await.expect("an address").as_str().contains(part) {
        assert!(Instant::now() < deadline, "the window stays at {part}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Presses the button or follows the link that is found there.
pub(crate) async fn press(window: &Client, css: &str) {
    let found = window.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
    found.unwrap_or_else(|_| panic!("no {css} on the page")).click().await.expect("a click");
}
