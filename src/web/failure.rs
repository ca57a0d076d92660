//! What a handler could not do, on its way to a page or to JSON.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::error::Error;
use crate::i18n::Text;

/// What a handler returns when it cannot do what was asked. [`explain`](super::explain) says it in
/// the reader's language.
#[derive(Debug)]
pub struct Failure {
    status: StatusCode,
    error: Arc<Error>,
}

pub type Answer<T = Response> = Result<T, Failure>;

impl Failure {
    pub fn new(status: StatusCode, text: Text) -> Self {
        Self::with_status(status, text)
    }

    /// A refusal keeps its place in what was sent.
    pub fn with_status(status: StatusCode, error: impl Into<Error>) -> Self {
        Self::shared(status, Arc::new(error.into()))
    }

    /// Of an error that others are told as well.
    pub fn shared(status: StatusCode, error: Arc<Error>) -> Self {
        Self { status, error }
    }

    /// There is no such thing here, or not for this person: the same answer, so that nobody learns
    /// which.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, Text::new("web-not-found"))
    }
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        let error = error.into();
        let status = match error {
            Error::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Database(_) | Error::LogInUse | Error::Damaged => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Error::Io { .. } | Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::with_status(status, error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if self.status.is_server_error() {
            tracing::error!(error = %self.error, "a request failed");
        }
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self.error);
        response
    }
}
