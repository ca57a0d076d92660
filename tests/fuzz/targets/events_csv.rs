//! A table of events, by any delimiter, with whatever columns the bytes name.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use relais::journey::mapping::ColumnChoices;
use relais::journey::read_csv;
use relais_fuzz::events;

fuzz_target!(|bytes: &[u8]| {
    events(bytes, |source, outlet| read_csv::read(source, &ColumnChoices::default(), outlet, Arc::default()));
});
