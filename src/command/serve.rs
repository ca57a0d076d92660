//! `relais serve`: the service with its pages, its API and its jobs.

use std::net::SocketAddr;
use std::time::Duration;

use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::is_in_plain;
use crate::error::{Error, Result};
use crate::i18n::Text;
use crate::invitation::outbox::Tally;
use crate::web::server::{self, ConnectionLimits};
use crate::{limits, wiring, worker};
use serde_json::json;

use super::output::Output;

#[derive(clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    #[arg(long)]
    pub(super) check: bool,
}

impl Args {
    pub(super) fn options(&self) -> Vec<(&'static str, String)> {
        self.listen.iter().map(|address| ("listen", address.to_string())).collect()
    }
}

/// How often the service looks for work that is due.
const LOOK: Duration = Duration::from_secs(5);
/// The closing of weeks, and what has expired, is looked at once in so many looks: about hourly.
const SCHEDULE_EVERY: u32 = 720;

/// Prints every setting with its origin and tries what can be tried: the folder, the database, the
/// address.
pub(super) async fn check(config: Config, out: &Output) -> Result<()> {
    let lines: Vec<_> = config
        .lines()
        .map(|(key, value, origin)| (key, value.to_owned(), origin.to_string()))
        .collect();
    for (key, value, origin) in &lines {
        out.line(format!("{key:<16} {value:<40} {origin}"))?;
    }
    let settings: Vec<_> =
        lines.iter().map(|(k, v, o)| json!({"key": k, "value": v, "origin": o})).collect();
    let (listen, in_plain) = (config.listen, is_in_plain(&config.database_url));
    App::open(config, Clock::System).await?.readiness.can_write().await?;
    std::net::TcpListener::bind(listen).map_err(Error::io(listen))?;
    if in_plain {
        out.say(&Text::new("command-check-plain"))?;
    }
    out.say(&Text::new("command-check-fine"))?;
    out.document(&json!({ "settings": settings, "fine": true, "database_in_plain": in_plain }))
}

/// Serves until it is asked to stop, then finishes what it has begun. A service that could never
/// save an answer does not begin; one whose disk is full does, since room may be made any moment,
/// and is not ready until then.
pub(super) async fn run(app: App, out: &Output) -> Result<()> {
    match app.readiness.can_write().await {
        Err(failure) if failure.is_full_disk() => tracing::error!(%failure, "the disk is full"),
        tried => tried?,
    }
    let address = app.config.listen;
    let listener = tokio::net::TcpListener::bind(address).await.map_err(Error::io(address))?;
    let bound = listener.local_addr().map_err(Error::io(address))?;
    let app = app.bound_to(bound);
    if let Err(failure) = app.config.note_reached() {
        tracing::warn!(%failure, "links of commands may lead elsewhere");
    }
    out.tell(
        Text::new("command-serving").with("url", app.config.public_url.as_str()).say(out.lang),
    );
    tracing::info!(address = %bound, "serving");
    let (stop, stopped) = tokio::sync::watch::channel(());
    let jobs = tokio::spawn(work(app.clone(), stopped.clone()));
    let mails = tokio::spawn(send(app.clone(), stopped));
    let connections = ConnectionLimits::of_this_process(app.config.trusted_proxies.clone());
    tracing::info!(all = connections.all, of_a_network = connections.of_a_network, "connections");
    let (clock, router) = (app.clock.clone(), wiring::router(app));
    let (tell, told) = tokio::sync::oneshot::channel();
    let asked = async move {
        asked_to_stop().await;
        // Nobody listens when the service has ended by itself.
        let _ = tell.send(());
    };
    tokio::select! {
        () = server::serve(listener, router, connections, &clock, asked) => {}
        () = everybody_heard(told) => {}
    }
    drop(stop);
    // The job that runs and the mails in hand are finished; a panic of theirs was logged by the
    // runtime.
    let _ = tokio::join!(jobs, mails);
    tracing::info!("stopped");
    Ok(())
}

/// Ends when every request that was heard has been answered. Who has sent half of one by then
/// would hold us for ever.
async fn everybody_heard(told: tokio::sync::oneshot::Receiver<()>) {
    match told.await {
        Ok(()) => tokio::time::sleep(limits::STOPPING).await,
        Err(_) => std::future::pending().await,
    }
}

/// Does the jobs that are due until the service stops.
async fn work(app: App, mut stopped: tokio::sync::watch::Receiver<()>) {
    let mut looks = 0_u32;
    loop {
        if looks.is_multiple_of(SCHEDULE_EVERY) {
            hourly(&app).await;
        }
        looks = looks.wrapping_add(1);
        match worker::do_jobs(&app).await {
            Ok(done) if done > 0 => tracing::debug!(done, "jobs done"),
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "jobs could not be looked at"),
        }
        tokio::select! {
            _ = stopped.changed() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// What is looked at about hourly; one that fails holds nothing else up.
async fn hourly(app: &App) {
    if let Err(error) = worker::schedule(app).await {
        tracing::error!(%error, "what is looked at hourly could not be done");
    }
    match worker::check_guarantees(app).await {
        Ok(report) if report.holds => {}
        Ok(report) => tracing::error!(guarantees = ?report.broken(), "guarantees do not hold"),
        Err(error) => tracing::error!(%error, "the guarantees could not be checked"),
    }
    if let Err(error) = worker::make_ready(app).await {
        tracing::error!(%error, "the pages of the owner could not be made ready");
    }
}

/// Sends the mails that are due until the service stops: beside the jobs, since a mail server may
/// keep us waiting.
async fn send(app: App, mut stopped: tokio::sync::watch::Receiver<()>) {
    loop {
        match worker::send_mails(&app).await {
            Ok(tally) if tally == Tally::default() => {}
            Ok(tally) => tracing::info!(?tally, "mails"),
            Err(error) => tracing::error!(%error, "the outbox could not be looked at"),
        }
        tokio::select! {
            _ = stopped.changed() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn asked_to_stop() {
    let interrupt = async {
        // Without a handler the process would simply end, which is what the signal asks for.
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
