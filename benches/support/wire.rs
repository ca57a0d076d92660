//! The least that speaks HTTP/1.1: a client that costs the machine as little as it can, so that the
//! server is measured.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One kept connection.
pub(crate) struct Wire {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Wire {
    pub(crate) async fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        Self { stream, buffer: Vec::with_capacity(32_768) }
    }

    pub(crate) async fn get(&mut self, path: &str, headers: &str) -> Reply {
        self.send(format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n")).await
    }

    pub(crate) async fn post(&mut self, path: &str, form: &str) -> Reply {
        self.send(format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{form}",
            form.len()
        ))
        .await
    }

    async fn send(&mut self, request: String) -> Reply {
        self.stream.write_all(request.as_bytes()).await.expect("a request");
        self.buffer.clear();
        let head = loop {
            self.more().await;
            if let Some(at) = self.buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break at + 4;
            }
        };
        let text = String::from_utf8_lossy(&self.buffer[..head]).to_ascii_lowercase();
        let status = text.get(9..12).and_then(|code| code.parse().ok()).expect("a status");
        match text
            .split("content-length: ")
            .nth(1)
            .and_then(|rest| rest.lines().next()?.trim().parse::<usize>().ok())
        {
            Some(length) => {
                while self.buffer.len() < head + length {
                    self.more().await;
                }
            }
            None if text.contains("transfer-encoding: chunked") => {
                while !self.buffer.ends_with(b"\r\n0\r\n\r\n") {
                    self.more().await;
                }
            }
            None => {}
        }
        Reply { status, body: self.buffer[head..].to_vec() }
    }

    async fn more(&mut self) {
        let read = self.stream.read_buf(&mut self.buffer).await.expect("a reply");
        assert!(read > 0, "the server closed the connection");
    }
}
