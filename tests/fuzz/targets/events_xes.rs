//! The log of a process tool.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use relais::journey::read_xes;
use relais_fuzz::events;

fuzz_target!(|bytes: &[u8]| {
    events(bytes, |source, outlet| read_xes::read(source, outlet, Arc::default()));
});
