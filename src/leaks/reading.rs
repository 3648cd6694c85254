//! A file as the proof reads it: what markup, escapes and percent signs hide comes to light, whatever the file's form.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::prose::is_inline;

/// A text, read twice.
pub(super) struct Text {
    /// With its markup: addresses, attributes and comments are part of it.
    pub(super) whole: String,
    /// Without its tags, as it is read on a screen.
    pub(super) bare: String,
}

/// Fewest letters in a row that are text in a file of another kind.
const LETTERS: usize = 12;

/// The entities of letters with accents, from U+00C0 on.
const LATIN: &str = "Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH \
    Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave \
    aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde \
    ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// A file's text, or what there is of text in it.
pub(super) fn read(bytes: &[u8]) -> Text {
    let text = decoded(bytes);
    let text = unescaped(&text);
    let plain = |text: &str| composed(without_percents(&without_entities(text)));
    Text { whole: plain(&text), bare: plain(&without_tags(&text)) }
}

/// A file's bytes as characters, whichever way they are written. In a picture and the like these are its notes: who made
/// it, and what it is called.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.as_chunks().0.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16_lossy(&units).into()
    };
    match (std::str::from_utf8(bytes), bytes) {
        (Ok(text), _) => text.into(),
        (_, [0xff, 0xfe, rest @ ..]) => wide(rest, u16::from_le_bytes),
        (_, [0xfe, 0xff, rest @ ..]) => wide(rest, u16::from_be_bytes),
        (_, bytes) if bytes.contains(&0) => {
            let printed = bytes.split(|byte| !matches!(byte, b' '..=b'~')).filter(|run| run.len() >= LETTERS);
            printed.map(String::from_utf8_lossy).collect::<Vec<_>>().join("\n").into()
        }
        (_, bytes) => bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into(),
    }
}

/// In one Unicode form.
fn composed(text: String) -> String {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes { text } else { text.nfc().collect() }
}

/// Without the backslashes of JSON, of scripts and of Markdown.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('\\') {
        out.push_str(before);
        let mut chars = tail.chars();
        match chars.next() {
            Some('n' | 't' | 'r') => out.push(' '),
            Some(letter @ ('u' | 'x')) => match unit(letter, chars.as_str()) {
                Some((c, after)) => {
                    out.push(c);
                    chars = after.chars();
                }
                None => out.push(letter),
            },
            other => out.extend(other),
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character of `\uXXXX` (behind the letter), also where it takes two of them, or of `\xXX`, and what follows.
fn unit(letter: char, text: &str) -> Option<(char, &str)> {
    if letter == 'x' {
        let byte = u8::from_str_radix(text.get(..2)?, 16).ok()?;
        return Some((char::from(byte), text.get(2..)?));
    }
    let one = |text: &str| u16::from_str_radix(text.get(..4)?, 16).ok();
    let first = one(text)?;
    let rest = text.get(4..)?;
    let second = rest.strip_prefix("\\u").and_then(one).filter(|_| (0xd800..0xdc00).contains(&first));
    let c = char::decode_utf16([Some(first), second].into_iter().flatten()).next()?.ok()?;
    Some((c, if second.is_some() { rest.get(6..)? } else { rest }))
}

/// Without tags; those of blocks part words.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('<') {
        out.push_str(before);
        let opens = tail.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let Some((tag, after)) = tail.split_once('>').filter(|_| opens) else {
            out.push('<');
            rest = tail;
            continue;
        };
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        // What stands in a comment is read with the markup.
        if !is_inline(name) && name != "wbr" {
            out.push_str("\n\n");
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// With the characters that entities stand for; one without a letter of its own parts words.
fn without_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('&') {
        out.push_str(before);
        let name = tail.split_once(';').filter(|(name, _)| !name.is_empty() && name.len() <= 10);
        let known = name.and_then(|(name, after)| Some((entity(name)?, after)));
        match known {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
        return code.and_then(char::from_u32);
    }
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "shy" | "zwj" | "zwnj" => Some('\u{ad}'),
        _ => {
            let letter = ('\u{c0}'..='\u{ff}').zip(LATIN.split(' ')).find(|(_, letter)| *letter == name);
            let parts = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
            letter.map(|(letter, _)| letter).or(parts.then_some(' '))
        }
    }
}

/// With the characters that `%XX` stands for.
fn without_percents(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('%') {
        out.extend_from_slice(before.as_bytes());
        let byte = tail.get(..2).filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match byte.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = tail.get(2..).unwrap_or("");
            }
            None => {
                out.push(b'%');
                rest = tail;
            }
        }
    }
    out.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(text: &str) -> String {
        read(text.as_bytes()).bare
    }

    #[test]
    fn what_is_hidden_in_a_form_comes_to_light() {
        assert_eq!(bare("<p>Pay&amp;Co <em>b</em>ands&#46;</p>x").trim(), "Pay&Co bands.\n\nx");
        assert_eq!(bare(r#"{"t":"\u003cb\u003ePay\u003c/b\u003e\nbands \ud83d\ude00"}"#), "{\"t\":\"Pay bands 😀\"}");
        assert_eq!(bare("&Uuml;ber Geh&auml;lter &yuml; ter&shy;ms"), "Über Gehälter ÿ ter\u{ad}ms");
        assert_eq!(bare("a < b &middot; 100% of%20it%C3%A9"), "a < b   100% of ité");
        assert_eq!(bare(r"\x50ay \u0062ands"), "Pay bands");
    }

    #[test]
    fn a_file_that_is_written_in_another_way_is_read_too() {
        assert_eq!(read(b"\xff\xfeP\0a\0y\0").bare, "Pay");
        assert_eq!(read(b"\xfe\xff\0P\0a\0y").bare, "Pay");
        assert_eq!(read(b"Geh\xe4lter").bare, "Geh\u{e4}lter");
        assert_eq!(read(b"\x89PNG\0\0tEXtAuthor: Rosalind\0\xff\0ok\0").bare, "tEXtAuthor: Rosalind");
    }

    #[test]
    fn attributes_and_comments_are_part_of_the_whole() {
        let text = read("<img alt=\"Bands &quot;by&quot; grade\"><!-- for later -->".as_bytes());
        assert!(text.whole.contains("Bands \"by\" grade") && text.whole.contains("for later"));
    }
}
