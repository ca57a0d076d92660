//! A log of objects and events, in whichever of its notations the bytes are.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use relais::journey::import::Format;
use relais::journey::mapping::ColumnChoices;
use relais::journey::ocel;
use relais::journey::source::Source;
use relais_fuzz::events;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(Format::Ocel(notation)) = Format::of(&Source::Bytes(bytes.into())) {
        events(bytes, |source, outlet| ocel::read(source, notation, &ColumnChoices::default(), outlet, Arc::default()));
    }
});
