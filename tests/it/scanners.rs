//! Mail scanners open every link of a mail, and every link of what they find there, before its
//! reader does: nothing is written, nobody has answered, nobody has unsubscribed.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use relais::wiring;

use crate::support::customer::{Customer, Mail, asking, journey, live, mail_to, mails};
use crate::support::dump::dump;
use crate::support::http::Line;
use crate::support::{World, both, figure};

both!(fifty_scanners_change_nothing);

const SCANNERS: usize = 50;

async fn fifty_scanners_change_nothing(world: World) {
    asking(&world).await;
    for (source, to, lang) in [
        ("A1", "marie@example.org", "fr"),
        ("A2", "paul@example.org", "en"),
        ("A3", "ana@example.org", "fr"),
    ] {
        journey(&world, source, to, lang).await;
    }
    live(&world, 7 * 24).await;
    let router = wiring::router(world.app.clone());
    // One of them has half answered, and one has finished.
    let mut half = Customer::new(&router, &mail_to(&world, "paul@example.org"));
    half.sends("/1", "outcome=2", "/2").await;
    let mut done = Customer::new(&router, &mail_to(&world, "ana@example.org"));
    done.sends("/3", "comment=oui", "/thanks").await;

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let serving = tokio::spawn(async move {
        axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await
    });
    let before = dump(&world).await;
    // Of who has finished, every other link leads where one leads that never was.
    let finished = mail_to(&world, "ana@example.org");
    let sent = mails(&world).into_iter();
    let alive = sent.filter(|mail| mail.to != finished.to || mail.link() == finished.link());
    let links: Vec<String> = alive.flat_map(|mail| links_of(&mail)).collect();
    assert!(
        links.iter().any(|link| link.starts_with("/u/"))
            && links.iter().any(|link| link.starts_with("/r/"))
    );
    let scan = |n: usize| tokio::spawn(scan(port, links.clone(), n));
    let scanners: Vec<_> = (0..SCANNERS).map(scan).collect();
    let (mut requests, mut found) = (0, BTreeSet::new());
    for scanner in scanners {
        let (asked, seen) = scanner.await.expect("a scanner");
        (requests, found) = (requests + asked, seen);
    }
    for page in ["/withdraw", "/privacy", "/assets/survey.css"] {
        assert!(found.iter().any(|path| path.contains(page)), "nobody came to {page}: {found:?}");
    }
    let after = dump(&world).await;
    let changed: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
    assert!(changed.is_empty() && before.len() == after.len(), "{changed:#?}");
    let database = world.app.db.reader().get_database_backend();
    figure(&format!(
        "scanners, {database:?}: {SCANNERS} of them, {requests} requests, {} places, 0 changes",
        found.len()
    ));
    serving.abort();
}

/// Every link of a mail, whichever part or header it stands in, as its path.
fn links_of(mail: &Mail) -> Vec<String> {
    let all = format!("{}\n{}\n{}", mail.text, mail.html, mail.unsubscribe);
    all.split("http://")
        .skip(1)
        .filter_map(|rest| path(rest.split(['"', '<', '>', ' ', '\n', '\r']).next()?))
        .collect()
}

/// The path of an address without its scheme.
fn path(address: &str) -> Option<String> {
    Some(format!("/{}", address.split_once('/')?.1))
}

/// Asks for every link and for every link on the pages they lead to, by GET and by HEAD, until
/// there is no new one.
async fn scan(port: u16, links: Vec<String>, n: usize) -> (usize, BTreeSet<String>) {
    let mut line = Line::open(port).await.expect("the service");
    let mut waiting = links;
    // Each in an order of its own.
    let turn = n % waiting.len();
    waiting.rotate_left(turn);
    let (mut seen, mut requests) = (BTreeSet::new(), 0);
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        for method in if n.is_multiple_of(2) { ["HEAD", "GET"] } else { ["GET", "HEAD"] } {
            let answered = line.ask(method, &path, "").await.expect("an answer");
            assert!(answered.status.is_success(), "{method} {path}: {}", answered.status);
            requests += 1;
            waiting.extend(hrefs(&answered.body, &path));
        }
    }
    (requests, seen)
}

/// The links of a page that stay on our host.
fn hrefs(page: &str, at: &str) -> Vec<String> {
    let link = |rest: &str| {
        let href = rest.split('"').next()?.replace("&amp;", "&").replace("&#38;", "&");
        match href.as_bytes().first()? {
            b'#' => None,
            b'/' => Some(href),
            b'?' => Some(format!("{}{href}", at.split('?').next()?)),
            _ => Some(format!("{}/{href}", at.split('?').next()?.rsplit_once('/')?.0))
                .filter(|_| !href.contains(':')),
        }
    };
    page.split("href=\"").skip(1).filter_map(link).collect()
}
