//! A feed's lines, each an event or a CloudEvents envelope.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use relais::journey::read_ndjson;
use relais_fuzz::events;

fuzz_target!(|bytes: &[u8]| {
    events(bytes, |source, outlet| read_ndjson::read_lines(source, outlet, Arc::default()));
});
