//! The program itself, serving customers who were asked by the real pipeline: it is killed,
//! stopped, watched and starved by the stories.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use relais::clock::Clock;
use relais::worker;
use sea_orm::{Database, DatabaseConnection};
use tempfile::TempDir;

use super::World;
use super::customer::{Mail, asking, feed, mails, told, work};

/// A data folder whose customers were asked, and which nobody has open.
pub(crate) struct Site {
    pub(crate) folder: TempDir,
    pub(crate) database_url: String,
    /// What the customers got, one mail each.
    pub(crate) mails: Vec<Mail>,
}

/// Journeys of so many customers end three days before the machine's now; the garage asks them all,
/// and the mails lie in the folder. Nothing is due any more.
pub(crate) async fn asked(world: &World, customers: usize) {
    let now = Clock::System.now();
    world.app.clock.set(now - 3 * 86_400);
    asking(world).await;
    let end = now - 3 * 86_400 - 3_600;
    let customer =
        |n: usize| told(&format!("C{n}"), &format!("c{n}@example.org"), ["fr", "en"][n % 2], end);
    feed(world, (0..customers).map(customer).collect()).await;
    work(&world.app).await;
    world.app.clock.set(now);
    work(&world.app).await;
    worker::schedule(&world.app).await.expect("the schedule");
    work(&world.app).await;
    assert_eq!(mails(world).len(), customers);
}

impl Site {
    /// Leaves a world to the program.
    pub(crate) async fn of(world: World) -> Self {
        let mails = mails(&world);
        let World { app, folder } = world;
        let database_url = app.config.database_url.clone();
        // The last one who closes a SQLite file takes its log away. Of two who close at once each
        // takes the other for the last, and the log stays: those who read go first.
        app.db.reader().clone().close().await.expect("the readers");
        drop(app);
        let log = folder.path().join("relais.sqlite-wal");
        super::until("the database is closed", || !log.exists()).await;
        Self { folder, database_url, mails }
    }

    /// The program that serves it, at a port that it chooses.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relais"));
        self.told(&mut command);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(self.folder.path());
        command
    }

    /// Tells a program where the database is, and how to log.
    pub(crate) fn told(&self, command: &mut Command) {
        let log = "info,sea_orm_migration=warn";
        command
            .env("LANG", "C")
            .env("RELAIS_LOG", log)
            .env("RELAIS_LOG_FORMAT", "json")
            .stdin(Stdio::null());
        command
            .env("DATABASE_URL", &self.database_url)
            .env("RELAIS_REQUESTS_PER_MINUTE", "1000000000");
    }

    pub(crate) fn serve(&self) -> Service {
        Service::spawn(self.command())
    }

    /// Looks at the database as somebody who came later, and only reads.
    pub(crate) async fn reader(&self) -> DatabaseConnection {
        let read_only = if self.database_url.starts_with("sqlite:") { "?mode=ro" } else { "" };
        Database::connect(format!("{}{read_only}", self.database_url)).await.expect("the database")
    }

    /// The paths of the customers' links.
    pub(crate) fn links(&self) -> Vec<String> {
        self.mails.iter().map(Mail::link).collect()
    }
}

/// A running service; it is killed when this is dropped.
pub(crate) struct Service {
    child: Child,
    pub(crate) port: u16,
    log: Arc<Mutex<Vec<String>>>,
}

impl Service {
    /// Starts a program and waits until it says where it listens.
    pub(crate) fn spawn(mut command: Command) -> Self {
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the service");
        let lines = BufReader::new(child.stderr.take().expect("its log")).lines();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (tell, told) = mpsc::channel();
        let kept = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Some(port) = port(&line) {
                    let _ = tell.send(port);
                }
                kept.lock().expect("the log").push(line);
            }
        });
        let port = told.recv_timeout(Duration::from_secs(60));
        let port = port.unwrap_or_else(|_| panic!("it does not serve: {:?}", log.lock()));
        Self { child, port, log }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// All that it has logged.
    pub(crate) fn log(&self) -> String {
        self.log.lock().expect("the log").join("\n")
    }

    /// How many lines of its log have these words.
    pub(crate) fn said(&self, words: &str) -> usize {
        self.log.lock().expect("the log").iter().filter(|line| line.contains(words)).count()
    }

    /// Ends it at once, as a power cut would: SIGKILL cannot be handled.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("a signal");
        self.child.wait().expect("its end");
    }

    /// Asks it to stop.
    pub(crate) fn ask_to_stop(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "no signal could be sent");
    }

    /// Waits for its end.
    pub(crate) async fn ended(mut self) -> ExitStatus {
        tokio::task::spawn_blocking(move || self.child.wait())
            .await
            .expect("a task")
            .expect("its end")
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where a line of the log says that it listens.
fn port(line: &str) -> Option<u16> {
    let line: serde_json::Value = serde_json::from_str(line).ok()?;
    let fields = line.get("fields")?;
    let address = fields.get("address").filter(|_| fields["message"] == "serving")?;
    address.as_str()?.rsplit_once(':')?.1.parse().ok()
}
