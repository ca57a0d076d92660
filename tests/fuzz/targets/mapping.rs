//! A mapping file, and what it says of the columns that it names.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relais::journey::mapping::{Mapping, ColumnChoices};

fuzz_target!(|text: &str| {
    if let Ok(said) = ColumnChoices::parse(text, "mapping.toml") {
        let names: Vec<&str> = text.split_whitespace().take(20).collect();
        let _ = Mapping::of(&names, &said, &["channel"]);
    }
});
