//! A client that speaks HTTP over a socket and knows whether it was answered: what was not answered
//! is nobody's promise.

use std::io;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use crate::visitor::Answered;

/// One connection, kept from request to request.
pub(crate) struct Line(BufReader<TcpStream>);

impl Line {
    pub(crate) async fn open(port: u16) -> io::Result<Self> {
        Ok(Self(BufReader::new(TcpStream::connect(("127.0.0.1", port)).await?)))
    }

    pub(crate) async fn get(&mut self, path: &str) -> io::Result<Answered> {
        self.ask("GET", path, "").await
    }

    pub(crate) async fn post(&mut self, path: &str, form: &str) -> io::Result<Answered> {
        self.ask("POST", path, form).await
    }

    /// Sends one request and reads the whole answer.
    pub(crate) async fn ask(
        &mut self,
        method: &str,
        path: &str,
        form: &str,
    ) -> io::Result<Answered> {
        self.send(method, path, form).await?;
        self.answer(method == "HEAD").await
    }

    /// Sends one request, in one piece.
    pub(crate) async fn send(&mut self, method: &str, path: &str, form: &str) -> io::Result<()> {
        let kind = if method == "POST" {
            "content-type: application/x-www-form-urlencoded\r\n"
        } else {
            ""
        };
        let length = form.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept-language: en\r\n{kind}content-length: {length}\r\n\r\n{form}"
        );
        self.0.get_mut().write_all(request.as_bytes()).await
    }

    /// Reads one answer.
    pub(crate) async fn answer(&mut self, without_body: bool) -> io::Result<Answered> {
        let first = self.head_line().await?;
        let status = first
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse::<u16>().ok())
            .ok_or(broken("a status"))?;
        let mut headers = HeaderMap::new();
        loop {
            let line = self.head_line().await?;
            let Some((name, value)) = line.split_once(':') else { break };
            let name: HeaderName = name.parse().map_err(|_| broken("a header"))?;
            headers
                .append(name, HeaderValue::from_str(value.trim()).map_err(|_| broken("a header"))?);
        }
        let length =
            headers.get("content-length").and_then(|length| length.to_str().ok()?.parse().ok());
        let mut body = vec![0; if without_body { 0 } else { length.ok_or(broken("a length"))? }];
        self.0.read_exact(&mut body).await?;
        let status = StatusCode::from_u16(status).map_err(|_| broken("a status"))?;
        Ok(Answered { status, headers, body: String::from_utf8_lossy(&body).into_owned() })
    }

    async fn head_line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.0.read_line(&mut line).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(line.trim_end().to_owned()),
        }
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the answer lacks {what}"))
}
