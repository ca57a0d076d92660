//! Writes the two kinds of JSON that a million events need: names and whole numbers.

pub(super) fn name(out: &mut String, text: &str) {
    if text.bytes().all(|b| b >= b' ' && b != b'"' && b != b'\\') {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::Value::from(text).to_string())
    }
}

/// A number, without the machinery of `fmt`.
pub(super) fn number(out: &mut String, number: i64) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut rest = number.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        out.push('-');
    }
    // Digits are always text.
    out.push_str(std::str::from_utf8(&digits[at..]).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use crate::journey::json::*;

    #[test]
    fn numbers_and_names_are_what_json_reads() {
        for value in [0, 7, -1, 1_783_332_000, i64::MAX, i64::MIN] {
            let mut out = String::new();
            number(&mut out, value);
            assert_eq!(out, value.to_string());
        }
        for text in ["", "R\u{e9}ception", "a \"b\" \\ \n"] {
            let mut out = String::new();
            name(&mut out, text);
            assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
        }
    }
}
