//! What happens on one connection, and when too little has happened for it to stay.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::Instant;

#[derive(Clone, Debug)]
pub(super) struct Activity(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    /// Requests whose answer is being made: they have limits of their own.
    working: usize,
    /// Since when the headers of a request are being sent.
    headers: Option<Instant>,
    /// When bytes last came, went, or an answer was ready.
    last: Instant,
}

impl Activity {
    /// Of a connection that was opened now: whoever opens one has something to ask.
    pub(super) fn begin() -> Self {
        let now = Instant::now();
        Self(Arc::new(Mutex::new(State { working: 0, headers: Some(now), last: now })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request has arrived; its answer is being made until what this returns is dropped.
    pub(super) fn work(&self) -> Work {
        let mut state = self.state();
        state.headers = None;
        state.working += 1;
        Work(self.clone())
    }

    fn read(&self) {
        let mut state = self.state();
        state.last = Instant::now();
        if state.working == 0 && state.headers.is_none() {
            state.headers = Some(state.last);
        }
    }

    fn wrote(&self) {
        self.state().last = Instant::now();
    }

    /// Ends when a connection has had its time.
    pub(super) async fn is_over(&self, headers: Duration, idle: Duration) {
        loop {
            let end = {
                let state = self.state();
                match state.headers {
                    _ if state.working > 0 => Instant::now() + idle,
                    Some(begun) => begun + headers,
                    None => state.last + idle,
                }
            };
            if end <= Instant::now() {
                return;
            }
            tokio::time::sleep_until(end).await;
        }
    }
}

pub(super) struct Work(Activity);

impl Drop for Work {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.working -= 1;
        state.last = Instant::now();
    }
}

/// A stream that tells when bytes come and go.
pub(super) struct WatchedStream {
    stream: TokioIo<TcpStream>,
    activity: Activity,
}

impl WatchedStream {
    pub(super) fn new(stream: TcpStream, activity: Activity) -> Self {
        // Answers are small, and whoever waits for one waits for its last packet.
        let _ = stream.set_nodelay(true);
        Self { stream: TokioIo::new(stream), activity }
    }
}

impl Read for WatchedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let room = buffer.remaining();
        let read = ready!(Pin::new(&mut self.stream).poll_read(context, buffer));
        // The end of the stream reads as nothing; then hyper ends the connection itself.
        if room > 0 && read.is_ok() {
            self.activity.read();
        }
        Poll::Ready(read)
    }
}

impl Write for WatchedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let wrote = ready!(Pin::new(&mut self.stream).poll_write(context, bytes));
        self.activity.wrote();
        Poll::Ready(wrote)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wrote = ready!(Pin::new(&mut self.stream).poll_write_vectored(context, pieces));
        self.activity.wrote();
        Poll::Ready(wrote)
    }
}
