//! Where a command writes: its result to standard output, its progress and messages to standard
//! error.

use std::io::{ErrorKind, Write};
use std::sync::Mutex;
use std::time::Duration;

use crate::error::{Error, Result};
use crate::i18n::{Lang, Text};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

pub(super) struct Output {
    json: bool,
    silent: bool,
    pub(super) lang: Lang,
}

impl Output {
    pub(super) fn new(json: bool, lang: Lang) -> Self {
        Self { json, silent: false, lang }
    }

    /// An output that prints no result, for work that is part of something else.
    pub(super) fn silent(self) -> Self {
        Self { silent: true, ..self }
    }

    /// Whether standard output is to be one JSON document.
    pub(super) fn is_json(&self) -> bool {
        self.json
    }

    /// A line of the result for people; silent with `--json`.
    pub(super) fn line(&self, line: impl AsRef<str>) -> Result<()> {
        if self.json || self.silent {
            return Ok(());
        }
        write(&format!("{}\n", line.as_ref()))
    }

    /// A text of the result for people; silent with `--json`.
    pub(super) fn say(&self, text: &Text) -> Result<()> {
        self.line(text.say(self.lang))
    }

    /// The JSON document; silent without `--json`.
    pub(super) fn document(&self, document: &impl Serialize) -> Result<()> {
        if !self.json || self.silent {
            return Ok(());
        }
        let text = serde_json::to_string(document)
            .map_err(|e| Error::Internal(format!("a report has no JSON: {e}")))?;
        write(&format!("{text}\n"))
    }

    /// A file or another text as it is, whatever the form asked for.
    pub(super) fn raw(&self, text: &str) -> Result<()> {
        write(text)
    }

    /// A message beside the result.
    pub(super) fn tell(&self, message: impl AsRef<str>) {
        let _ = writeln!(std::io::stderr(), "{}", message.as_ref());
    }

    /// A bar that shows how far `what` has come; invisible where nobody watches.
    pub(super) fn bar(&self, what: &Text) -> Bar {
        let bar = ProgressBar::new_spinner().with_message(what.say(self.lang));
        bar.enable_steady_tick(Duration::from_millis(120));
        Bar { bar, sized: Mutex::new(false) }
    }
}

/// What an error on standard output is about.
const STANDARD_OUTPUT: &str = "standard output";

fn write(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Error::io(STANDARD_OUTPUT))
}

/// Whether a command ended because nobody reads its output any more, as when `head` has seen
/// enough.
pub(super) fn is_cut_off(error: &Error) -> bool {
    matches!(error, Error::Io { what, source }
        if what == STANDARD_OUTPUT && source.kind() == ErrorKind::BrokenPipe)
}

pub(super) struct Bar {
    bar: ProgressBar,
    sized: Mutex<bool>,
}

impl Bar {
    /// Shows how far the work has come; a spinner becomes a bar once the whole is known.
    pub(super) fn at(&self, done: u64, all: Option<u64>) {
        if let (Some(all), Ok(mut sized)) = (all, self.sized.lock()) {
            if !std::mem::replace(&mut *sized, true) {
                let style =
                    ProgressStyle::with_template("{msg} {wide_bar} {percent:>3} % {eta:>4}");
                self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            }
            self.bar.set_length(all);
        }
        self.bar.set_position(done);
    }

    pub(super) fn done(self) {
        self.bar.finish_and_clear();
    }
}
