//! Text, addresses and code so written that Markdown reads them as what they are.

/// Append text. Each end of `text` is taken as the end of a word, as what stands beside it may be markup.
pub(super) fn text(text: &str, line_start: bool, out: &mut String) {
    let mut before: Option<char> = None;
    let mut rest = text;
    if line_start {
        rest = opening(text, out);
        before = text.get(..text.len() - rest.len()).and_then(|opening| opening.chars().next_back());
    }
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        let within = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            '_' => !(within(before) && within(after)),
            '&' => after.is_some_and(|after| after.is_ascii_alphanumeric() || after == '#'),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
}

/// Append what would open a block at the start of a line; the rest is given back.
fn opening<'t>(text: &'t str, out: &mut String) -> &'t str {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = text.split_at(digits);
    let opens =
        if digits == 0 { rest.starts_with(['#', '+', '-', '=', '>', ':', '|']) } else { rest.starts_with(['.', ')']) };
    out.push_str(number);
    if !opens {
        return rest;
    }
    out.push('\\');
    let (sign, rest) = rest.split_at(1);
    out.push_str(sign);
    rest
}

/// Append the address of a link and its title, in their brackets.
pub(super) fn target(href: &str, title: &str, out: &mut String) {
    out.push('(');
    let bare = !href.is_empty() && !href.contains(|c: char| c.is_whitespace() || c.is_control() || "()<>".contains(c));
    if !bare {
        out.push('<');
    }
    let mut chars = href.chars().peekable();
    while let Some(c) = chars.next() {
        let entity = c == '&' && chars.peek().is_some_and(|after| after.is_ascii_alphanumeric() || *after == '#');
        match c {
            '\n' | '\r' => {}
            // A span of code would begin before the link is seen.
            '`' => out.push_str("%60"),
            '\\' | '<' | '>' => out.extend(['\\', c]),
            _ if entity => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    if !bare {
        out.push('>');
    }
    if !title.is_empty() {
        out.push_str(" \"");
        let mut plain = String::with_capacity(title.len());
        text(&crate::prose::fold_space(title), false, &mut plain);
        out.push_str(&plain.replace('"', "\\\""));
        out.push('"');
    }
    out.push(')');
}

/// Append a span of code.
pub(super) fn code(code: &str, out: &mut String) {
    let fence = "`".repeat(longest_run(code, '`') + 1);
    let edge = |c: Option<char>| c == Some('`');
    let spaced = code.starts_with(' ') && code.ends_with(' ') && !code.trim_matches(' ').is_empty();
    let pad = if edge(code.chars().next()) || edge(code.chars().next_back()) || spaced { " " } else { "" };
    for part in [&fence, pad, code, pad, &fence] {
        out.push_str(part);
    }
}

/// The most times that a sign follows on itself.
pub(super) fn longest_run(text: &str, sign: char) -> usize {
    text.split(|c| c != sign).map(str::len).max().unwrap_or(0)
}
