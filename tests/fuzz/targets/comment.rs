//! A comment: whatever was written, doing it twice masks nothing more.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relais::i18n::Lang;
use relais::privacy::redact::{TeamNames, language, redact};

fuzz_target!(|text: &str| {
    let names = TeamNames::default();
    for lang in [Lang::Fr, Lang::En, language(text, None)] {
        let once = redact(text, lang, &names).text;
        assert_eq!(redact(&once, lang, &names).text, once);
    }
});
