//! A line that hears no further than the line it is at, until it is secret.
//!
//! lettre keeps what it has read of the open line when it makes the line secret, so that somebody
//! on the way could append replies to the one that begins the secrecy and have them taken for the
//! server's. Read one byte at a time, nothing is kept: what was appended reaches the secrecy,
//! which breaks on it.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// The first byte of a TLS handshake, and of no command of SMTP.
const HANDSHAKE: u8 = 0x16;

#[derive(Debug)]
pub(super) struct Paced {
    stream: TcpStream,
    /// The handshake has begun.
    secret: bool,
}

impl Paced {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, secret: false }
    }
}

impl AsyncTokioStream for Paced {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.peer_addr()
    }
}

impl AsyncRead for Paced {
    fn poll_read(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let secret = self.secret;
        let stream = Pin::new(&mut self.stream);
        if secret {
            return stream.poll_read(task, into);
        }
        let mut byte = [0];
        let mut one = ReadBuf::new(&mut byte);
        ready!(stream.poll_read(task, &mut one))?;
        into.put_slice(one.filled());
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Paced {
    fn poll_write(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.secret |= bytes.first() == Some(&HANDSHAKE);
        Pin::new(&mut self.stream).poll_write(task, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(task)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(task)
    }
}
