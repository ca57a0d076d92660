//! A table of answers from another tool: each row is an answer or a refusal.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use relais::journey::source::Source;
use relais::response::columns::Columns;
use relais::response::feed;
use relais::response::row_reader::RowReader;
use relais::response::sites::Sites;
use relais::survey::Scale;
use relais_fuzz::{blueprint, secret, zone};

fuzz_target!(|bytes: &[u8]| {
    let source = Source::Bytes(Arc::from(bytes));
    let Ok(looked) = feed::look(&source) else { return };
    let Ok(columns) = Columns::of(&looked.header, &blueprint()) else { return };
    let scale: Scale = "0-10".parse().expect("a scale");
    let reading = RowReader {
        columns,
        scales: (scale, scale),
        journey_type: "repair".to_owned(),
        zone: zone(),
        latest: 1_795_262_400,
        secret: secret(),
        sites: Sites::new([], true),
        alike: Default::default(),
    };
    let (give, mut batches) = tokio::sync::mpsc::channel(1_000);
    feed::read(&source, reading, Arc::default(), &give).expect("what was looked at can be read");
    drop(give);
    while let Some(batch) = batches.blocking_recv() {
        assert_eq!(batch.read, (batch.rows.len() + batch.refusals.len()) as u64);
    }
});
