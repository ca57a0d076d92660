//! A value as its reader sees it: letters that look like others, invisible signs and signs of
//! other scripts do not hide a person.

use std::borrow::Cow;

/// The value in plain letters and digits, as far as it looks like them.
pub(in crate::privacy) fn plain(value: &str) -> Cow<'_, str> {
    if value.is_ascii() {
        return Cow::Borrowed(value);
    }
    Cow::Owned(value.chars().filter(|c| !is_invisible(*c)).map(narrow).collect())
}

/// Signs that are not seen, and marks above and below letters.
pub(in crate::privacy) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e01ef}' | '\u{300}'..='\u{36f}')
}

/// The plain letter that stands for one that only looks different.
pub(in crate::privacy) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => shifted(c, 0xff01, '!'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2bc}' => '\'',
        '\u{fe6b}' => '@',
        '\u{3002}' | '\u{2024}' | '\u{fe52}' | '\u{ff61}' => '.',
        '\u{b7}' | '\u{2022}' | '\u{2219}' => '.',
        c if c.is_whitespace() => ' ',
        c => digit(c)
            .or_else(|| styled(c))
            .or_else(|| small(c))
            .or_else(|| lookalike(c))
            .unwrap_or(c),
    }
}

fn shifted(c: char, from: u32, to: char) -> char {
    char::from_u32(u32::from(c) - from + u32::from(to)).unwrap_or(c)
}

/// Digits of other scripts, each of which begins a run of ten.
fn digit(c: char) -> Option<char> {
    let zeros = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xe50, 0xff10, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec,
        0x1d7f6,
    ];
    let zero = zeros.into_iter().find(|zero| (*zero..zero + 10).contains(&u32::from(c)))?;
    char::from_digit(u32::from(c) - zero, 10)
}

/// Mails of mathematics and in circles, which are alphabets again and again.
fn styled(c: char) -> Option<char> {
    match c {
        '\u{1d400}'..='\u{1d6a3}' => {
            let at = (u32::from(c) - 0x1d400) % 52;
            char::from_u32(if at < 26 { u32::from('A') + at } else { u32::from('a') + at - 26 })
        }
        '\u{24b6}'..='\u{24cf}' => Some(shifted(c, 0x24b6, 'A')),
        '\u{24d0}'..='\u{24e9}' => Some(shifted(c, 0x24d0, 'a')),
        _ => None,
    }
}

/// Raised letters: "Mᵐᵉ" is how French prints it.
fn small(c: char) -> Option<char> {
    let raised = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ";
    let plain = "abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW";
    raised.chars().zip(plain.chars()).find(|(raised, _)| *raised == c).map(|(_, plain)| plain)
}

/// Greek and Cyrillic letters that look like ours.
fn lookalike(c: char) -> Option<char> {
    let strange = "аеорсухіѕјԁһոԛԝАВЕКМНОРСТУХІЅЈԌΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανρυɡıⅿⅼⅰⅭⅮⅬⅯ";
    let plain = "aeopcyxisjdhnqwABEKMHOPCTYXISJGABEZHIKMNOPTYXoavpugimliCDLM";
    strange.chars().zip(plain.chars()).find(|(strange, _)| *strange == c).map(|(_, plain)| plain)
}

/// Lower case without the accents of French.
pub(crate) fn unaccented(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|c: char| match c {
            'à' | 'â' | 'ä' => 'a',
            'ç' => 'c',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'ù' | 'û' | 'ü' => 'u',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::privacy::person::plain::*;

    #[test]
    fn what_looks_the_same_is_the_same() {
        for (dressed, seen) in [
            ("ｊｅａｎ＠ｇａｒａｇｅ．ｆｒ", "jean@garage.fr"),
            ("M\u{200b}m\u{feff}e", "Mme"),
            ("Мmе", "Mme"),
            ("Mᵐᵉ", "Mme"),
            ("𝐌𝐦𝐞 𝟎𝟔", "Mme 06"),
            ("Ⓜⓜⓔ", "Mme"),
            ("٠٦ ١٢", "06 12"),
            ("e\u{301}te\u{301}", "ete"),
            ("été", "été"),
        ] {
            assert_eq!(plain(dressed), seen, "{dressed:?}");
        }
    }

    #[test]
    fn the_tables_are_of_one_length() {
        assert_eq!(
            "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ"
                .chars()
                .map(small)
                .filter(Option::is_some)
                .count(),
            44
        );
        assert_eq!(
            (lookalike('М'), lookalike('ⅿ'), lookalike('Ⅿ')),
            (Some('M'), Some('m'), Some('M'))
        );
    }
}
