//! A blueprint file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relais::blueprint::file::{KnownCodes, Plan};

fuzz_target!(|text: &str| {
    let _ = Plan::parse(text, "blueprint.toml", None, &KnownCodes::default());
});
