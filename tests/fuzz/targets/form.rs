//! What a customer's browser sends.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relais::response::form;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(pairs) = form::pairs(bytes) {
        let _ = form::language(&pairs);
        let _ = form::words(&pairs, true);
    }
});
