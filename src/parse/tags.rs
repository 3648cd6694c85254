//! Raw HTML taken apart: tags, attributes and the text between them. What is not a well-formed tag is text.

use std::ops::Range;

/// One piece of raw HTML.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'h> {
    /// Text between tags.
    Text(&'h str),
    /// `<name attributes>`.
    Open(&'h str, String, Vec<(String, String)>),
    /// `</name>`.
    Close(&'h str, String),
}

/// Raw HTML in pieces. What is not a well-formed tag is text.
pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut text = 0;
    let mut from = 0;
    while let Some(at) = html.get(from..).and_then(|rest| rest.find('<')).map(|at| from + at) {
        let Some((token, len)) = html.get(at..).and_then(tag) else {
            from = at + 1;
            continue;
        };
        if text < at {
            tokens.push(Token::Text(html.get(text..at).unwrap_or("")));
        }
        tokens.push(token);
        from = at + len;
        text = from;
    }
    if text < html.len() {
        tokens.push(Token::Text(html.get(text..).unwrap_or("")));
    }
    tokens
}

/// A tag at the start of `html`, and its length.
fn tag(html: &str) -> Option<(Token<'_>, usize)> {
    let closes = html.starts_with("</");
    let start = if closes { 2 } else { 1 };
    let rest = html.get(start..)?;
    let len = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
    let name = rest.get(..len).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))?.to_ascii_lowercase();
    let mut at = start + len;
    let mut attributes = Vec::new();
    loop {
        let rest = html.get(at..)?;
        at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/').len();
        let rest = html.get(at..)?;
        if rest.starts_with('>') {
            let raw = html.get(..=at)?;
            let token = if closes { Token::Close(raw, name) } else { Token::Open(raw, name, attributes) };
            return Some((token, at + 1));
        }
        let (attribute, len) = attribute_at(rest)?;
        attributes.push(attribute);
        at += len;
    }
}

/// `key`, `key=value`, `key="value"` at the start of `text`, and its length.
fn attribute_at(text: &str) -> Option<((String, String), usize)> {
    let len =
        text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<' | '"' | '\'')).unwrap_or(text.len());
    let key = text.get(..len).filter(|key| !key.is_empty())?.to_ascii_lowercase();
    let rest = text.get(len..)?;
    let spaced = rest.len() - rest.trim_start().len();
    let Some(value) = rest.get(spaced..).and_then(|rest| rest.strip_prefix('=')) else {
        return Some(((key, String::new()), len));
    };
    let lead = value.len() - value.trim_start().len();
    let value = value.trim_start();
    let before = len + spaced + 1 + lead;
    if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let end = value.get(1..)?.find(quote)?;
        return Some(((key, entities(value.get(1..=end)?)), before + end + 2));
    }
    // As CommonMark has it, a bare value holds no quote and no `<`: such a tag is text.
    let end = value.find(|c: char| c.is_whitespace() || "\"'=<>`".contains(c)).unwrap_or(value.len());
    Some(((key, entities(value.get(..end)?)), before + end))
}

/// Where the attribute `key` stands in a tag.
pub(super) fn attribute_place(tag: &str, key: &str) -> Option<Range<usize>> {
    let lower = tag.to_ascii_lowercase();
    let begins = |at: &usize| lower.get(..*at).is_some_and(|before| before.ends_with([' ', '\n', '\t', '/']));
    let at = lower.match_indices(key).map(|(at, _)| at).find(begins)?;
    let (_, len) = attribute_at(tag.get(at..)?)?;
    Some(at..at + len)
}

/// An attribute's value with its entities undone: the named ones that matter, and all numbers.
fn entities(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let end = rest.char_indices().take(12).find(|(_, c)| *c == ';').map(|(end, _)| end);
        let known = end.and_then(|end| entity(rest.get(1..end)?).map(|c| (c, end + 1)));
        let (c, len) = known.unwrap_or(('&', 1));
        out.push(c);
        rest = rest.get(len..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
        return char::from_u32(code);
    }
    let known = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("colon", ':'),
        ("Tab", '\t'),
        ("NewLine", '\n'),
        ("nbsp", '\u{a0}'),
        ("sol", '/'),
        ("lpar", '('),
        ("rpar", ')'),
    ];
    known.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}
