//! The sums of a published atom: damaged bytes are an error, and what is read back is what was written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relais_analytics::{Cell, Flow};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(flow) = Flow::decode(bytes) {
        assert_eq!(Flow::decode(&flow.encode()).as_ref(), Ok(&flow));
    }
    if let Ok(cell) = Cell::decode(bytes) {
        assert_eq!(Cell::decode(&cell.encode()).as_ref(), Ok(&cell));
    }
});
