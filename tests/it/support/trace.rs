//! What a program asks of the system, seen by strace.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use super::service::{Service, Site};

/// A service that strace watches, and the process number of the program itself.
pub(crate) fn traced(site: &Site, file: &Path) -> (Service, String) {
    let program = site.command();
    let mut strace = Command::new("strace");
    strace.args([
        "-f",
        "-yy",
        "-s",
        "64",
        "-e",
        "trace=execve,fdatasync,fsync,recvfrom,read,sendto,sendmsg,write,writev",
    ]);
    strace.arg("-o").arg(file).arg(program.get_program()).args(program.get_args());
    site.told(&mut strace);
    let service = Service::spawn(strace);
    let begun = std::fs::read_to_string(file).expect("the trace");
    let program = begun.split_whitespace().next().expect("its first line").to_owned();
    (service, program)
}

/// What happened, in its order.
#[derive(Clone, Debug, PartialEq)]
enum Seen {
    /// A request was read: its first words.
    Asked(String),
    /// The file was made durable: the call has ended.
    Synced,
    /// An answer began to be written: the call has begun.
    Answered,
}

/// What was seen of the requests and of one file.
pub(crate) struct Trace(Vec<Seen>);

impl Trace {
    pub(crate) fn read(trace: &Path, file: &Path) -> Self {
        let text = std::fs::read_to_string(trace).expect("the trace");
        let file = format!("<{}>", file.display());
        let mut begun: HashMap<&str, &str> = HashMap::new();
        let mut seen = Vec::new();
        for line in text.lines() {
            let (thread, call) = line.split_once(' ').unwrap_or_default();
            let call = call.trim_start();
            if let Some(unfinished) = call.strip_suffix("<unfinished ...>") {
                begun.insert(thread, unfinished);
                seen.extend(answer(unfinished));
            } else if let Some(end) = call.strip_prefix("<... ") {
                // The end of a call names neither its file nor, of a read, where it read from.
                let beginning = begun.remove(thread).unwrap_or_default();
                seen.extend(sync(beginning, end, &file).or_else(|| request(end)));
            } else {
                seen.extend(
                    answer(call).or_else(|| sync(call, call, &file)).or_else(|| request(call)),
                );
            }
        }
        Self(seen)
    }

    /// Of each request that begins like this: whether the file was made durable between it and its
    /// answer.
    pub(crate) fn synced(&self, beginning: &str) -> Vec<bool> {
        let mut all = Vec::new();
        for (place, seen) in self.0.iter().enumerate() {
            if matches!(seen, Seen::Asked(words) if words.starts_with(beginning)) {
                let until_answered =
                    self.0[place + 1..].iter().take_while(|next| **next != Seen::Answered);
                all.push(until_answered.into_iter().any(|next| *next == Seen::Synced));
            }
        }
        all
    }
}

fn request(call: &str) -> Option<Seen> {
    let words = call.split_once('"')?.1;
    let read = call.starts_with("recvfrom") || call.starts_with("read");
    let asks = words.starts_with("GET /") || words.starts_with("POST /");
    (read && asks).then(|| Seen::Asked(words.to_owned()))
}

fn answer(call: &str) -> Option<Seen> {
    let writes =
        ["sendto(", "sendmsg(", "write(", "writev("].iter().any(|name| call.starts_with(name));
    (writes && call.contains("\"HTTP/1.1 ")).then_some(Seen::Answered)
}

fn sync(beginning: &str, end: &str, file: &str) -> Option<Seen> {
    let syncs = beginning.starts_with("fdatasync(") || beginning.starts_with("fsync(");
    (syncs && beginning.contains(file) && end.trim_end().ends_with("= 0")).then_some(Seen::Synced)
}
