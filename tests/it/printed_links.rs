//! The links that commands print lead to where the service listens.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::support::demo::{demo, relais};
use crate::support::{free_port, wait_for};

struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(data: &Path, port: u16) -> Serving {
    let served = Command::new(env!("CARGO_BIN_EXE_relais"))
        .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"])
        .arg(data)
        .env_remove("DATABASE_URL")
        .env("RELAIS_LOG", "warn")
        .stdin(Stdio::null())
        .spawn()
        .expect("the service");
    wait_for(port);
    Serving(served)
}

fn printed(data: &Path, args: &[&str]) -> String {
    let told = relais(data, args);
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    String::from_utf8(told.stdout).expect("text")
}

const INIT: [&str; 3] = ["init", "--administrator", "a@example.org"];

#[test]
fn the_first_link_leads_to_the_port_that_is_served() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let port = free_port();
    let serving = serve(folder.path(), port);
    let link = printed(folder.path(), &INIT);
    assert!(link.contains(&format!("http://127.0.0.1:{port}/sign-in/")), "{link}");
    drop(serving);
    let again = printed(folder.path(), &["account", "link", "--email", "a@example.org"]);
    assert!(again.contains(&format!("http://127.0.0.1:{port}/sign-in/")), "{again}");
}

#[test]
fn a_first_link_before_the_service_leads_to_where_it_is_told() {
    for (told, wanted) in [
        (&[][..], "http://127.0.0.1:8080/"),
        (&["--listen", "127.0.0.1:9321"], "http://127.0.0.1:9321/"),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let link = printed(folder.path(), &[&INIT, told].concat());
        assert!(link.contains(wanted), "{link}");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let settings = folder.path().join("relais.toml");
    std::fs::write(settings, "public_url = \"https://relais.example\"").expect("settings");
    let link = printed(folder.path(), &INIT);
    assert!(link.contains("https://relais.example/sign-in/"), "{link}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_prints_a_customers_link_that_can_be_answered() {
    let printed = demo().links["survey"].as_str().expect("a customer's link").to_owned();
    let path = printed.split_once("/r/").expect("a survey's link").1;
    let served = demo().serve();
    let port = served.url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let mut line = crate::support::http::Line::open(port).await.expect("a connection");
    let answer = line.get(&format!("/r/{path}")).await.expect("an answer");
    assert!(answer.body.contains("name=\"outcome\""), "{}", answer.body);
}
