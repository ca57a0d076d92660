//! One story in a real browser for each kind of reader: from the printed link to what they came
//! for.

use fantoccini::Client;

use crate::support::browser::{left, press, text, window};
use crate::support::demo::{Served, demo};

/// Signs a person in with the printed link, as they would: the link, its button, "not now".
async fn signed_in(who: &str, width: u32) -> (Client, Served) {
    let served = demo().serve();
    let window = window(width, 900).await;
    window.goto(&demo().link(who, &served)).await.expect("the link");
    press(&window, "main form button").await;
    // The session begins with the answer to that button; whoever goes on earlier goes on without
    // it.
    left(&window, "/sign-in/").await;
    (window, served)
}

async fn at(window: &Client, served: &Served, path: &str) -> String {
    window.goto(&format!("{}{path}", served.url)).await.expect("a page");
    text(window).await
}

/// No page may be wider than its window.
async fn fits(window: &Client) {
    let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
    assert_eq!(
        window.execute(wide, Vec::new()).await.expect("a width"),
        serde_json::json!(false),
        "it scrolls sideways"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_process_owner_reads_the_network_in_both_languages() {
    let (window, served) = signed_in("owner", 1280).await;
    let english = at(&window, &served, "/network?lang=en").await;
    assert!(
        english.contains("Where the points are lost") && english.contains("Planning"),
        "{english}"
    );
    let french = at(&window, &served, "/network?lang=fr").await;
    assert!(
        french.contains("Où les points se perdent") && french.contains("Planification"),
        "{french}"
    );
    fits(&window).await;
    let map = at(&window, &served, "/network/map?lang=en&detail=all").await;
    assert!(map.contains("The map of the service") && map.contains("Rescued journeys"), "{map}");
    fits(&window).await;
    press(&window, "main p a").await;
    left(&window, "/map").await;
    assert!(
        text(&window).await.contains("Where the points are lost"),
        "the map leads back to the breakdown"
    );
    window.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_reads_its_handoff_on_a_phone_and_sees_who_looked() {
    let (window, served) = signed_in("reception", 320).await;
    let page =
        at(&window, &served, "/teams/reception/breakdown?partition=site:G05&against=rest&lang=en")
            .await;
    assert!(page.contains("between “Reception” and “Workshop”"), "{page}");
    fits(&window).await;
    let readers = at(&window, &served, "/teams/reception/readers?lang=en").await;
    assert!(
        readers.contains("Nancy") || readers.contains("G05"),
        "the look is not in the log: {readers}"
    );
    let foreign = at(&window, &served, "/teams/planning/breakdown?lang=en").await;
    assert!(!foreign.contains("points more are lost"), "another team's page is open");
    window.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_sees_what_is_set_up_and_no_figure() {
    let (window, served) = signed_in("administrator", 1280).await;
    let page = at(&window, &served, "/setup?lang=en").await;
    assert!(page.contains("repair") || page.contains("Repair"), "{page}");
    let network = at(&window, &served, "/network?lang=en").await;
    assert!(!network.contains("points lost"), "an administrator reads no figure");
    window.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_representative_reads_the_settings_journal() {
    let (window, served) = signed_in("representative", 1280).await;
    let page = at(&window, &served, "/journal?lang=en").await;
    assert!(page.contains("pilot"), "{page}");
    fits(&window).await;
    window.close().await.expect("closed");
}
