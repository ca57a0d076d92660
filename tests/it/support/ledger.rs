//! Customers who write down what they were promised: a page that was answered with `303`, and
//! nothing else. Later the ledger is compared with the database.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use data_encoding::HEXLOWER;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use relais::schema::{comment, invitation, link, response};
use sea_orm::{DatabaseConnection, EntityTrait};
use sha2::{Digest as _, Sha256};
use tokio::task::JoinHandle;

use super::customer::{fields, form};
use super::http::Line;

/// The pages of one customer, each as it was last promised to be saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Pages {
    outcome: Option<i64>,
    /// How many parts were answered.
    parts: Option<usize>,
    words: Option<String>,
    finished: bool,
}

/// One page that a customer sends.
#[derive(Clone, Debug)]
enum Page {
    Outcome(i64),
    Parts(usize),
    Words(String),
    /// The last page, which makes a response of all three.
    Finish(String),
}

/// One customer.
#[derive(Clone, Debug)]
struct Customer {
    link: String,
    fields: Vec<(String, String)>,
    promised: Pages,
    /// What was sent and never answered: it may be saved, or not.
    doubtful: Option<Page>,
}

/// All customers of a site.
pub(crate) struct Ledger {
    customers: Vec<Arc<Mutex<Customer>>>,
    acknowledged: Arc<AtomicUsize>,
}

impl Pages {
    fn after(&self, page: &Page) -> Self {
        let mut after = self.clone();
        match page {
            Page::Outcome(outcome) => after.outcome = Some(*outcome),
            Page::Parts(parts) => after.parts = Some(*parts),
            Page::Words(words) => after.words = Some(words.clone()),
            Page::Finish(words) => (after.words, after.finished) = (Some(words.clone()), true),
        }
        after
    }
}

impl Customer {
    /// Sends a page, and writes down what it was promised. An error says that it was promised
    /// nothing.
    async fn send(&mut self, line: &mut Line, page: Page) -> io::Result<()> {
        let (path, body) = match &page {
            Page::Outcome(outcome) => ("/1", format!("outcome={outcome}")),
            Page::Parts(parts) => ("/2", form(&self.fields[..*parts])),
            // Switching the language saves what was typed.
            Page::Words(words) => ("/3", format!("comment={words}&lang=fr")),
            Page::Finish(words) => ("/3", format!("comment={words}")),
        };
        self.doubtful = Some(page.clone());
        let answered = line.post(&format!("{}{path}", self.link), &body).await?;
        match answered.status {
            StatusCode::SEE_OTHER => {
                self.doubtful = None;
                self.promised = self.promised.after(&page);
                Ok(())
            }
            // The database is away: it may have heard of the page, or not.
            StatusCode::SERVICE_UNAVAILABLE => Err(io::ErrorKind::Other.into()),
            other => panic!("{other}: {}", answered.body),
        }
    }

    /// Sends something, once the fields of the second page are known. Says whether a page was
    /// promised to be saved.
    async fn step(
        &mut self,
        line: &mut Line,
        random: &mut StdRng,
        may_finish: bool,
    ) -> io::Result<bool> {
        if self.fields.is_empty() {
            let page = line.get(&format!("{}/2", self.link)).await?;
            if page.status != StatusCode::OK {
                return Err(io::ErrorKind::Other.into());
            }
            self.fields = fields(&page.body);
            return Ok(false);
        }
        let page = self.choose(random, may_finish);
        self.send(line, page).await.map(|()| true)
    }

    fn choose(&self, random: &mut StdRng, may_finish: bool) -> Page {
        let words = format!("{:016x}", random.random::<u64>());
        match random.random_range(0..100) {
            0..30 => Page::Outcome(random.random_range(1..=5)),
            30..50 => Page::Parts(random.random_range(1..=self.fields.len())),
            50..96 => Page::Words(words),
            _ if may_finish => Page::Finish(words),
            _ => Page::Words(words),
        }
    }
}

impl Ledger {
    pub(crate) fn new(links: Vec<String>) -> Self {
        let customer = |link| Customer {
            link,
            fields: Vec::new(),
            promised: Pages::default(),
            doubtful: None,
        };
        Self {
            customers: links.into_iter().map(|link| Arc::new(Mutex::new(customer(link)))).collect(),
            acknowledged: Arc::default(),
        }
    }

    /// How many pages were promised to be saved.
    pub(crate) fn acknowledged(&self) -> usize {
        self.acknowledged.load(Ordering::SeqCst)
    }

    /// How many customers have sent their last page.
    pub(crate) fn finished(&self) -> usize {
        self.customers
            .iter()
            .filter(|customer| customer.lock().expect("a customer").promised.finished)
            .count()
    }

    /// Lets customers who are not done send pages over lines of their own, each page by one of the
    /// ports, until nobody answers or a page is refused.
    pub(crate) fn begin(&self, ports: &[u16], seed: u64) -> Vec<JoinHandle<()>> {
        let open =
            self.customers.iter().filter(|one| !one.lock().expect("a customer").promised.finished);
        let open: Vec<_> = open.cloned().collect();
        let may_finish = open.len() > 3 * LINES;
        let start = |n: usize| {
            let mine: Vec<_> = open.iter().skip(n).step_by(LINES).take(6).cloned().collect();
            let (ports, random) = (ports.to_vec(), StdRng::seed_from_u64(seed * 1_000 + n as u64));
            let promised = Arc::clone(&self.acknowledged);
            tokio::spawn(async move { sit(mine, &ports, random, may_finish, &promised).await })
        };
        (0..LINES).map(start).collect()
    }

    /// Waits until all have noticed that nobody answers.
    pub(crate) async fn end(&self, lines: Vec<JoinHandle<()>>) {
        for line in lines {
            line.await.expect("a customer");
        }
    }

    /// Lets some customers send their last page. Says how many.
    pub(crate) async fn finish_some(&mut self, port: u16) -> usize {
        let mut line = Line::open(port).await.expect("the service");
        let mut done = 0;
        for customer in self
            .customers
            .iter()
            .filter(|one| !one.lock().expect("a customer").promised.finished)
            .take(5)
        {
            let mut mine = customer.lock().expect("a customer").clone();
            mine.send(&mut line, Page::Finish("last".to_owned())).await.expect("a promise");
            *customer.lock().expect("a customer") = mine;
            done += 1;
        }
        self.acknowledged.fetch_add(done, Ordering::SeqCst);
        done
    }

    /// Compares what was promised with what is there. What was in doubt is settled by it. Says what
    /// is lost.
    pub(crate) async fn compare(&mut self, db: &DatabaseConnection) -> Vec<String> {
        let stored = stored(db).await;
        let mut lost = Vec::new();
        for customer in &self.customers {
            let mut customer = customer.lock().expect("a customer");
            let found = &stored[&HEXLOWER.encode(&Sha256::digest(&customer.link.as_bytes()[3..]))];
            let doubtful = customer.doubtful.take();
            let maybe = doubtful.map(|page| customer.promised.after(&page));
            if *found != customer.promised && Some(found) != maybe.as_ref() {
                lost.push(format!(
                    "promised {:?}, or {maybe:?}, and found {found:?}",
                    customer.promised
                ));
            }
            customer.promised = found.clone();
        }
        lost
    }
}

/// How many customers send at once.
const LINES: usize = 6;

async fn sit(
    customers: Vec<Arc<Mutex<Customer>>>,
    ports: &[u16],
    mut random: StdRng,
    may_finish: bool,
    promised: &AtomicUsize,
) {
    let mut lines = Vec::new();
    for port in ports {
        let Ok(line) = Line::open(*port).await else { return };
        lines.push(line);
    }
    for customer in customers {
        let mut mine = customer.lock().expect("a customer").clone();
        let ended = loop {
            let line = random.random_range(0..lines.len());
            match mine.step(&mut lines[line], &mut random, may_finish).await {
                Ok(saved) => _ = promised.fetch_add(usize::from(saved), Ordering::SeqCst),
                Err(_) => break true,
            }
            if mine.promised.finished {
                break false;
            }
        };
        *customer.lock().expect("a customer") = mine;
        if ended {
            break;
        }
    }
}

/// What is stored behind each link, by its digest; and that nothing of it is half-done.
async fn stored(db: &DatabaseConnection) -> BTreeMap<String, Pages> {
    let mut responses: BTreeMap<Vec<u8>, response::Model> = response::Entity::find()
        .all(db)
        .await
        .expect("responses")
        .into_iter()
        .map(|row| (row.id.clone(), row))
        .collect();
    let mut comments: BTreeMap<Vec<u8>, comment::Model> = comment::Entity::find()
        .all(db)
        .await
        .expect("comments")
        .into_iter()
        .map(|row| (row.response.clone(), row))
        .collect();
    let links = link::Entity::find().all(db).await.expect("links");
    let digests: BTreeMap<Vec<u8>, Vec<u8>> =
        links.into_iter().map(|link| (link.invitation, link.digest)).collect();
    let mut stored = BTreeMap::new();
    for row in invitation::Entity::find().all(db).await.expect("invitations") {
        let pages = match responses.remove(&row.id) {
            None => open(&row),
            Some(response) => {
                answered(&row, &response, comments.remove(&row.id).expect("its comment"))
            }
        };
        stored.insert(HEXLOWER.encode(&digests[&row.id]), pages);
    }
    assert!(responses.is_empty() && comments.is_empty(), "an answer that nobody was asked for");
    stored
}

fn open(row: &invitation::Model) -> Pages {
    assert_eq!(
        (row.closed_at, row.finished_at),
        (None, None),
        "a closed invitation without its response"
    );
    let read = |page: &Option<String>| -> serde_json::Value {
        page.as_deref().map(|json| serde_json::from_str(json).expect("a page")).unwrap_or_default()
    };
    Pages {
        outcome: read(&row.outcome_page)["outcome"].as_i64(),
        parts: read(&row.parts_page)["answers"].as_object().map(serde_json::Map::len),
        words: read(&row.words_page)["comment"].as_str().map(str::to_owned),
        finished: false,
    }
}

fn answered(row: &invitation::Model, response: &response::Model, comment: comment::Model) -> Pages {
    assert!(
        row.closed_at.is_some() && row.finished_at == row.closed_at,
        "a response of an open invitation"
    );
    let pages = (&row.outcome_page, &row.parts_page, &row.words_page);
    assert_eq!(pages, (&None, &None, &None), "pages stand beside their response");
    let answers: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&response.answers).expect("answers");
    Pages {
        outcome: response.outcome.map(i64::from),
        parts: Some(answers.len()).filter(|answers| *answers > 0),
        words: Some(comment.text),
        finished: true,
    }
}
