//! A feed's batch, as one array.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relais::journey::read_ndjson;
use relais_fuzz::events;

fuzz_target!(|bytes: &[u8]| {
    events(bytes, read_ndjson::read_array);
});
