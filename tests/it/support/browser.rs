//! A real browser: Debian's chromium through Debian's chromedriver, one of each for a test run.

use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

/// A chromedriver that ends with this process: the shell that started it waits for the end of its input.
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
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER, "sh", &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        std::mem::forget(keeper.stdin.take());
        super::wait_for(port);
        Driver { port, _keeper: keeper }
    })
}

/// A window of this size, in a profile of its own.
pub(crate) async fn window(width: u32, height: u32) -> Client {
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
    let options = json!({ "binary": "/usr/bin/chromium", "args": arguments });
    let capabilities = json!({ "goog:chromeOptions": options });
    let capabilities = capabilities.as_object().cloned().expect("an object");
    let address = format!("http://127.0.0.1:{}", driver().port);
    let window = ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&address).await;
    window.expect("a browser window")
}

/// What a person reads on the page.
pub(crate) async fn text(window: &Client) -> String {
    let body = window.wait().at_most(Duration::from_secs(20)).for_element(Locator::Css("body")).await;
    body.expect("a page").text().await.expect("its text")
}

/// Presses the button or follows the link that is found there.
pub(crate) async fn press(window: &Client, css: &str) {
    let found = window.wait().at_most(Duration::from_secs(20)).for_element(Locator::Css(css)).await;
    found.unwrap_or_else(|_| panic!("no {css} on the page")).click().await.expect("a click");
}
