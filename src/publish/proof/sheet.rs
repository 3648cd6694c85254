//! The addresses in a style sheet: `url(…)`, and what `@import` names.

use super::page::{Address, Purpose};
use crate::source::Span;

/// What names a further sheet.
const IMPORT: &str = "@import";

/// Every address of a sheet, in order.
pub(super) fn addresses(text: &str) -> Vec<Address> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(next) = rest.find(['/', 'u', 'U', '@', '"', '\'']) else { break };
        at += next;
        let Some(rest) = text.get(at..) else { break };
        at += if rest.starts_with("/*") {
            rest.get(2..).and_then(|rest| rest.find("*/")).map_or(rest.len(), |end| end + 4)
        } else if begins(rest, "url(") {
            address(rest, 4, (at, &mut found))
        } else if begins(rest, IMPORT) {
            let named = rest.get(IMPORT.len()..).unwrap_or("").trim_start();
            // The other way to write it is a `url(…)`, which comes next.
            if named.starts_with(['"', '\'']) {
                address(rest, rest.len() - named.len(), (at, &mut found))
            } else {
                IMPORT.len()
            }
        } else if rest.starts_with(['"', '\'']) {
            // A text may hold what only looks like an address.
            quoted(rest.as_bytes())
        } else {
            1
        };
    }
    found
}

/// An address that begins `skip` bytes into `rest`, in quotes or up to the bracket; how far it reaches.
fn address(rest: &str, skip: usize, (at, found): (usize, &mut Vec<Address>)) -> usize {
    let body = rest.get(skip..).unwrap_or("");
    let start = skip + body.len() - body.trim_start().len();
    let body = rest.get(start..).unwrap_or("");
    let quote = body.chars().next().filter(|c| matches!(c, '"' | '\''));
    let start = start + quote.map_or(0, char::len_utf8);
    let body = rest.get(start..).unwrap_or("");
    let length = body.find(|c| quote.map_or(c == ')', |quote| c == quote)).unwrap_or(body.len());
    let whole = body.get(..length).unwrap_or("");
    let text = whole.trim();
    let from = at + start + whole.len() - whole.trim_start().len();
    let span = Span::new(from, from + text.len());
    found.push(Address { text: text.to_owned(), span, purpose: Purpose::Load });
    start + length + 1
}

/// How far a text in quotes reaches: to its quote, or to the end of a line where that was forgotten.
fn quoted(rest: &[u8]) -> usize {
    let quote = rest.first();
    let mut at = 1;
    while let Some(byte) = rest.get(at) {
        match byte {
            b'\\' => at += 2,
            b'\n' => return at,
            byte if Some(byte) == quote => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

fn begins(rest: &str, word: &str) -> bool {
    rest.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_has_its_addresses_where_they_are(text in "(url\\(|@import|[\"'()\\\\/* \n;]|ü|\\PC){0,60}") {
            for address in addresses(&text) {
                prop_assert_eq!(text.get(address.span.range()), Some(address.text.as_str()));
            }
        }
    }

    #[test]
    fn addresses_of_a_sheet() {
        let sheet = "@import 'a.css'; @import url(b.css);\n/* url(no.png) */ a { background: URL( \"c d.png\" ) }\nb::before { content: \"url(no.png)\" } @font-face { src: url(e.woff2) format(\"woff2\") }";
        let found: Vec<_> = addresses(sheet)
            .into_iter()
            .map(|address| (sheet.get(address.span.range()).unwrap().to_owned(), address.text))
            .collect();
        let expected = ["a.css", "b.css", "c d.png", "e.woff2"].map(|text| (text.to_owned(), text.to_owned()));
        assert_eq!(found, expected);
        assert!(addresses("url(").len() == 1 && addresses("\"").is_empty() && addresses("/*/ url(x) */").is_empty());
        let escaped = addresses("a { content: \"\\\"\" } b { background: url(x.png) }");
        assert_eq!(escaped.len(), 1);
    }
}
