//! What the targets of events share: an open blueprint, so that names from the bytes go as far as
//! they can.

use std::sync::Arc;

use relais::calendar::Zone;
use relais::clock::Clock;
use relais::error::Result;
use relais::i18n::Lang;
use relais::blueprint::Blueprint;
use relais::journey::interpret::Interpreter;
use relais::journey::batcher::{Batch, Outlet};
use relais::journey::source::Source;
use relais::token::Secret;

/// The zone in which times without an offset are meant.
pub fn zone() -> Zone {
    Zone::named("Europe/Paris").expect("a zone")
}

/// A secret of nobody.
pub fn secret() -> Secret {
    Secret::parse(&"A".repeat(52)).expect("a secret")
}

/// A blueprint that takes whatever a file brings.
pub fn blueprint() -> Blueprint {
    Blueprint { attributes: vec!["channel".to_owned()], ..Blueprint::unknown("repair") }
}

/// Reads bytes as events: nothing is lost between what was read, kept and refused, and every
/// refusal has its words.
pub fn events(bytes: &[u8], read: impl FnOnce(&Source, &mut Outlet<'_>) -> Result<()>) {
    let source = Source::Bytes(Arc::from(bytes));
    let mut kept = 0;
    let mut give = |batch: Batch| {
        kept += batch.events.len() as u64;
        Ok(())
    };
    let mut outlet = Outlet::new(Interpreter::new(&blueprint(), &[], zone(), secret()), Clock::manual(0), &mut give);
    match read(&source, &mut outlet) {
        Ok(()) => {
            let report = outlet.finish().expect("a report");
            let known = kept + report.refused + report.joined + report.passed_over;
            assert_eq!(known, report.read, "{kept} kept of {report:?}");
            for refusal in &report.refusals {
                assert!(!refusal.say(Lang::Fr).is_empty() && !refusal.say(Lang::En).is_empty());
            }
        }
        Err(failure) => assert!(!failure.say(Lang::Fr).is_empty()),
    }
}
