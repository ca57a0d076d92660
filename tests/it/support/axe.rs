//! axe-core in a browser window that pretends to be other windows: narrow, zoomed, dark, in colours
//! of its reader's own.
//!
//! `sh tests/run` fetches axe-core, at a pinned version, into the folder of the builds. Where it is
//! not there, whoever asks for it is told to skip.

use std::io::Write as _;
use std::path::Path;

use axum::http::Method;
use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::Url;

/// Where `tests/run` puts it.
const FILE: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/axe-core-4.14.1.min.js");

/// What is looked for: WCAG 2.2 AA whole, and what axe's authors advise beyond it.
pub(crate) const PAGE: [&str; 6] =
    ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/// The same for a mail, which is a part of its reader's page: landmarks and the title are that
/// page's.
pub(crate) const MAIL: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// One way of looking at a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) name: &'static str,
    width: u32,
    scale: u32,
    dark: bool,
    forced: bool,
}

const fn look(name: &'static str, width: u32, scale: u32, dark: bool, forced: bool) -> Look {
    Look { name, width, scale, dark, forced }
}

/// On a phone, on a desk, on a desk at 400 %, light and dark; and in forced colours.
pub(crate) const LOOKS: [Look; 8] = [
    look("phone-light", 320, 1, false, false),
    look("phone-dark", 320, 1, true, false),
    look("desk-light", 1280, 1, false, false),
    look("desk-dark", 1280, 1, true, false),
    look("zoomed-light", 320, 4, false, false),
    look("zoomed-dark", 320, 4, true, false),
    look("forced-light", 320, 1, false, true),
    look("forced-dark", 320, 1, true, true),
];

/// A command of Chromium's own protocol, through the driver.
#[derive(Debug)]
struct Command {
    name: &'static str,
    with: Value,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "cmd": self.name, "params": self.with }).to_string()))
    }
}

/// Tells Chromium something that drivers have no word for.
pub(crate) async fn tell(window: &Client, name: &'static str, with: Value) {
    window
        .issue_cmd(Command { name, with })
        .await
        .unwrap_or_else(|refused| panic!("{name}: {refused}"));
}

/// Makes the window look in this way from now on.
pub(crate) async fn wear(window: &Client, look: &Look) {
    let size = json!({
        "width": look.width, "height": 800, "deviceScaleFactor": look.scale, "mobile": false,
        "screenWidth": look.width, "screenHeight": 800,
    });
    tell(window, "Emulation.setDeviceMetricsOverride", size).await;
    let feature = |name: &str, value: &str| json!({ "name": name, "value": value });
    let scheme = feature("prefers-color-scheme", if look.dark { "dark" } else { "light" });
    let forced = feature("forced-colors", if look.forced { "active" } else { "" });
    tell(window, "Emulation.setEmulatedMedia", json!({ "features": [] })).await;
    tell(window, "Emulation.setEmulatedMedia", json!({ "features": [scheme, forced] })).await;
}

/// Puts axe into every page that the window opens from now on; `false` where it is not to be had,
/// said by name.
pub(crate) async fn armed(window: &Client, story: &str) -> bool {
    let Ok(source) = std::fs::read_to_string(Path::new(FILE)) else {
        let _ = writeln!(
            std::io::stderr(),
            "skipped: {story}, since axe-core is not here; sh tests/run fetches it"
        );
        return false;
    };
    tell(window, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
    true
}

/// What is wrong with the page as the window shows it now: a line for each element, and for a page
/// that scrolls sideways.
async fn faults(window: &Client, tags: &[&str]) -> Vec<String> {
    const RUN: &str = r#"
        const [tags, done] = arguments;
        const told = result => result.violations.flatMap(rule =>
            rule.nodes.map(node => `${rule.id}: ${node.target} ${node.any.concat(node.all, node.none).map(c => c.message)[0]}`));
        const page = document.documentElement;
        const wide = page.scrollWidth > page.clientWidth ? [`it scrolls sideways: ${page.scrollWidth}`] : [];
        axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })
            .then(result => done(wide.concat(told(result))), failed => done([`axe failed: ${failed}`]));
    "#;
    let found = window.execute_async(RUN, vec![json!(tags)]).await.expect("axe's answer");
    found
        .as_array()
        .into_iter()
        .flatten()
        .map(|line| line.as_str().unwrap_or_default().to_owned())
        .collect()
}

/// What is wrong with the page in each of these ways of looking at it. With `RELAIS_SHOTS` it
/// leaves a picture of each in that folder, for somebody to look at.
pub(crate) async fn faults_in(
    window: &Client,
    looks: &[Look],
    tags: &[&str],
    page: &str,
) -> Vec<String> {
    let shots = std::env::var("RELAIS_SHOTS").ok();
    let mut all = Vec::new();
    for look in looks {
        wear(window, look).await;
        let found = faults(window, tags).await;
        all.extend(found.into_iter().map(|fault| format!("{page}, {}: {fault}", look.name)));
        if let Some(folder) = shots.as_ref().filter(|_| look.scale == 1) {
            shoot(window, look, &format!("{folder}/{page}-{}.png", look.name)).await;
        }
    }
    all
}

async fn shoot(window: &Client, look: &Look, file: &str) {
    let height = window
        .execute("return document.documentElement.scrollHeight", Vec::new())
        .await
        .expect("a height");
    let size =
        json!({ "width": look.width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    tell(window, "Emulation.setDeviceMetricsOverride", size).await;
    let picture = window.screenshot().await.expect("a picture");
    std::fs::write(file, picture).expect("a picture in its folder");
}
