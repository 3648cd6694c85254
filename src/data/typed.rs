//! Values of the type that a key wants, and the findings where they are of another.

use std::sync::Arc;

use super::{Entry, Node, Value};
use crate::diag::{Diagnostic, is_slip, nearest};
use crate::source::{Source, Span};

/// Reads the entries of a table one by one and gathers what is wrong with them.
///
/// Every reader gives `None` where the value is missing (`aliases:` without anything) or of
/// another type; the latter is a finding `wrong-type` at the value. So a caller writes
/// `"title" => page.title = fields.text(entry).or(page.title)` and reads on.
#[derive(Debug)]
pub struct Fields<'a> {
    path: Arc<str>,
    source: &'a Source,
    yaml: bool,
    findings: Vec<Diagnostic>,
}

/// What a key for a day wants.
const DATE: &str = "a date such as 2026-10-03";

/// A text and where it stands.
pub type Spanned = (String, Span);

impl<'a> Fields<'a> {
    /// Readers for values written in `source` as TOML.
    #[must_use]
    pub fn toml(source: &'a Source) -> Self {
        Self { path: source.path().into(), source, yaml: false, findings: Vec::new() }
    }

    /// Readers for values written in `source` as YAML, where a text needs no quotes: `title: 1984` is a text.
    #[must_use]
    pub fn yaml(source: &'a Source) -> Self {
        Self { yaml: true, ..Self::toml(source) }
    }

    /// The path that findings name.
    #[must_use]
    pub fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// What was wrong.
    #[must_use]
    pub fn into_findings(self) -> Vec<Diagnostic> {
        self.findings
    }

    /// A finding of `check` at `span`, to be given to [`Fields::push`], perhaps with a hint.
    #[must_use]
    pub fn finding(&self, check: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(check, message).at(&self.path, span)
    }

    /// Add a finding.
    pub fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// `entry` is none of the `known` keys: `unknown-key`, with the nearest of them as a hint, and as a fix
    /// if the table, `beside`, has not got that key already.
    pub fn unknown(&mut self, entry: &Entry, known: &[&str], beside: &[Entry]) {
        let mut finding =
            Diagnostic::new("unknown-key", format!("no key `{}` here", entry.key)).at(&self.path, entry.key_span);
        if let Some(near) = nearest(&entry.key, known.iter().copied()) {
            finding = finding.hint(format!("did you mean `{near}`?"));
            if beside.iter().all(|other| other.key != near) {
                let edit = (entry.key_span, near.to_owned());
                finding = finding.fix(format!("write `{near}`"), &self.path, edit);
            }
        } else if !known.is_empty() {
            finding = finding.hint(format!("known here: {}", ticked(known)));
        }
        self.findings.push(finding);
    }

    /// `node` is not what `key` wants: `wrong-type`. `wanted` says what that is: "a list of texts".
    pub fn wrong(&mut self, key: &str, node: &Node, wanted: &str) {
        let message = format!("`{key}` is {wanted}, not {}", node.type_name());
        self.push(self.finding("wrong-type", node.span, message).hint(self.written(key, wanted)));
    }

    /// How `key` is written with a value of the wanted type.
    fn written(&self, key: &str, wanted: &str) -> String {
        let is = if self.yaml { ": " } else { " = " };
        match (wanted, self.yaml) {
            ("a text", false) => "put it in quotes: `\"…\"`".to_owned(),
            ("a text", true) => format!("write a text behind `{key}:`"),
            ("a list of texts" | "a text or a list of texts", false) => {
                format!("write `{key} = [\"one\", \"two\"]`")
            }
            ("a list of texts" | "a text or a list of texts", true) => format!("write `{key}: [one, two]`"),
            ("`true` or `false`", _) => format!("write `{key}{is}true` or `{key}{is}false`"),
            ("a whole number" | "a number", _) => "write digits only, without quotes".to_owned(),
            (DATE, _) => format!("write `{key}{is}2026-10-03`"),
            ("a table", false) => format!("write its keys in braces: `{key} = {{ … }}`"),
            ("a table", true) => format!("write its keys on the lines below `{key}:`, indented"),
            _ => format!("write it in brackets: `{key}{is}[…]`"),
        }
    }

    /// A text. In YAML a bare number or `true` is one as well, as it is written.
    pub fn text(&mut self, entry: &Entry) -> Option<String> {
        let text = self.as_text(&entry.node);
        self.or_wrong(entry, text, "a text")
    }

    /// A text and where it stands.
    pub fn spanned(&mut self, entry: &Entry) -> Option<Spanned> {
        Some((self.text(entry)?, entry.node.span))
    }

    /// `true` or `false`.
    pub fn flag(&mut self, entry: &Entry) -> Option<bool> {
        let flag = match &entry.node.value {
            Value::Bool(flag) => Some(*flag),
            // What YAML once took for one, and many still write.
            Value::Text(text) if self.yaml => match text.to_ascii_lowercase().as_str() {
                "yes" | "on" | "true" => Some(true),
                "no" | "off" | "false" => Some(false),
                _ => None,
            },
            _ => None,
        };
        self.or_wrong(entry, flag, "`true` or `false`")
    }

    /// A whole number.
    pub fn integer(&mut self, entry: &Entry) -> Option<i64> {
        let number = match entry.node.value {
            Value::Int(number) => Some(number),
            _ => None,
        };
        self.or_wrong(entry, number, "a whole number")
    }

    /// A list of texts, each with its place. Items of another type are findings, the others stay.
    pub fn texts(&mut self, entry: &Entry) -> Option<Vec<Spanned>> {
        let items = match &entry.node.value {
            Value::List(items) => Some(items),
            _ => None,
        };
        let items = self.or_wrong(entry, items, "a list of texts")?;
        Some(self.items(&entry.key, items))
    }

    /// One text or a list of texts, each with its place.
    pub fn text_or_texts(&mut self, entry: &Entry) -> Option<Vec<Spanned>> {
        if let Some(text) = self.as_text(&entry.node) {
            return Some(vec![(text, entry.node.span)]);
        }
        let items = match &entry.node.value {
            Value::List(items) => Some(items),
            _ => None,
        };
        let items = self.or_wrong(entry, items, "a text or a list of texts")?;
        Some(self.items(&entry.key, items))
    }

    /// A day as `YYYY-MM-DD`: a date or the date of a date-time, as TOML or as text. A day that is none is `bad-date`.
    pub fn date(&mut self, entry: &Entry) -> Option<String> {
        let written = match &entry.node.value {
            Value::Date(text) | Value::Text(text) => Some(text),
            _ => None,
        };
        let written = self.or_wrong(entry, written, DATE)?;
        let day = iso_date(written);
        if day.is_none() {
            let message = format!("`{}` is no date", written.trim());
            let finding = self.finding("bad-date", entry.node.span, message);
            self.push(match meant(written) {
                Some(day) => self.respelled(finding.hint(format!("did you mean `{day}`?")), entry.node.span, &day),
                None => finding.hint("write a day that exists as year-month-day: `2026-10-03`"),
            });
        }
        day
    }

    /// The entries of a table; none of them if it is none.
    pub fn table<'n>(&mut self, entry: &'n Entry) -> &'n [Entry] {
        let entries = match &entry.node.value {
            Value::Table(entries) => Some(entries.as_slice()),
            _ => None,
        };
        self.or_wrong(entry, entries, "a table").unwrap_or(&[])
    }

    /// The items of a list; none of them if it is none.
    pub fn list<'n>(&mut self, entry: &'n Entry) -> &'n [Node] {
        let items = match &entry.node.value {
            Value::List(items) => Some(items.as_slice()),
            _ => None,
        };
        self.or_wrong(entry, items, "a list").unwrap_or(&[])
    }

    /// One of a few words; another word is a finding of `check` that lists them.
    pub fn one_of<T: Copy>(&mut self, entry: &Entry, check: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(entry)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*value);
        }
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let message = format!("`{}` cannot be `{text}`", entry.key);
        let hint = match nearest(&text, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? It is one of {}", ticked(&names)),
            None => format!("it is one of {}", ticked(&names)),
        };
        let finding = self.finding(check, entry.node.span, message).hint(hint);
        self.push(match nearest(&text, names).filter(|near| is_slip(&text, near)) {
            Some(near) => self.respelled(finding, entry.node.span, near),
            None => finding,
        });
        None
    }

    /// A finding about a misspelt word at `span`, with the fix that writes `word` there, in the same quotes.
    #[must_use]
    pub fn respelled(&self, finding: Diagnostic, span: Span, word: &str) -> Diagnostic {
        let quote = self.source.slice(span).chars().next().filter(|c| matches!(c, '"' | '\''));
        let quote = quote.map_or_else(String::new, String::from);
        finding.fix(format!("write `{word}`"), &self.path, (span, format!("{quote}{word}{quote}")))
    }

    fn items(&mut self, key: &str, items: &[Node]) -> Vec<Spanned> {
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match self.as_text(item) {
                Some(text) => texts.push((text, item.span)),
                None if item.value == Value::Null => {}
                None => {
                    let message = format!("`{key}` lists texts, not {}", item.type_name());
                    self.push(self.finding("wrong-type", item.span, message).hint(self.written(key, "a text")));
                }
            }
        }
        texts
    }

    fn as_text(&self, node: &Node) -> Option<String> {
        match &node.value {
            // What an escape such as `\u0008` says can be shown nowhere.
            Value::Text(text) => Some(text.replace(crate::source::is_barred, "")),
            Value::Int(_) | Value::Float(_) | Value::Bool(_) if self.yaml => {
                Some(self.source.slice(node.span).to_owned())
            }
            _ => None,
        }
    }

    fn or_wrong<T>(&mut self, entry: &Entry, value: Option<T>, wanted: &str) -> Option<T> {
        if value.is_none() && entry.node.value != Value::Null {
            self.wrong(&entry.key, &entry.node, wanted);
        }
        value
    }
}

/// The day of an ISO date or date-time as `YYYY-MM-DD`, if there is such a day.
#[must_use]
pub fn iso_date(written: &str) -> Option<String> {
    let written = written.trim();
    let (day, rest) = written.split_at_checked(10).unwrap_or((written, ""));
    let time = rest.is_empty() || rest.starts_with(['T', 't', ' ']) && rest.contains(':');
    let shape = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let day: jiff::civil::Date = day.parse().ok().filter(|_| time && shape)?;
    Some(day.to_string())
}

/// The day that is written in another way and can be no other: `2026-1-3`, `2026/01/03`, `3.1.2026`.
fn meant(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.trim().split(['-', '/', '.']).collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => iso_date(&format!("{year}-{month:0>2}-{day:0>2}")),
        [day, month, year] if year.len() == 4 && written.matches('.').count() == 2 => {
            iso_date(&format!("{year}-{month:0>2}-{day:0>2}"))
        }
        _ => None,
    }
}

/// `a`, `b`, `c`.
fn ticked(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{toml, yaml};

    type Reader<T> = fn(&mut Fields<'_>, &Entry) -> T;

    /// What a reader gives for the first entry, and the findings as `check <place>: message`.
    fn read<T>(text: &str, reader: Reader<T>) -> (T, Vec<String>) {
        let source = Source::new("a.md", text);
        let is_yaml = !text.contains(" = ");
        let (root, mut fields) =
            if is_yaml { (yaml(text, 0).0, Fields::yaml(&source)) } else { (toml(text, 0).0, Fields::toml(&source)) };
        let entry = root.entries().first().expect("an entry");
        let value = reader(&mut fields, entry);
        let says = |finding: Diagnostic| {
            let place = finding.place.map_or("?", |place| source.slice(place.span));
            format!("{} <{place}>: {}", finding.check, finding.message)
        };
        let findings = fields.into_findings();
        (value, findings.into_iter().map(says).collect())
    }

    #[test]
    fn a_wrong_type_says_what_is_wanted() {
        let (date, said) = read("reviewed = [1]", |fields, entry| fields.date(entry));
        assert_eq!(date, None);
        assert_eq!(said, ["wrong-type <[1]>: `reviewed` is a date such as 2026-10-03, not a list"]);
        let (title, said) = read("title = 1984", |fields, entry| fields.text(entry));
        assert_eq!(title, None);
        assert_eq!(said, ["wrong-type <1984>: `title` is a text, not a number"]);
        let (tags, said) = read("tags = ['a', ['b'], 'c']", |fields, entry| fields.texts(entry));
        let tags: Vec<String> = tags.unwrap_or_default().into_iter().map(|(tag, _)| tag).collect();
        assert_eq!(tags, ["a", "c"]);
        assert_eq!(said, ["wrong-type <['b']>: `tags` lists texts, not a list"]);
        let (flag, said) = read("draft = 'yes'", |fields, entry| fields.flag(entry));
        assert_eq!((flag, said.len()), (None, 1));
    }

    #[test]
    fn yaml_needs_no_quotes() {
        let (title, said) = read("title: 1984.50", |fields, entry| fields.text(entry));
        assert_eq!((title.as_deref(), said.as_slice()), (Some("1984.50"), &[][..]));
        let (tags, said) = read("tags: [007, true, ~]", |fields, entry| fields.texts(entry));
        let tags: Vec<String> = tags.unwrap_or_default().into_iter().map(|(tag, _)| tag).collect();
        assert_eq!((tags.join(" ").as_str(), said.as_slice()), ("007 true", &[][..]));
        let (tags, _) = read("tags: one", |fields, entry| fields.text_or_texts(entry));
        assert_eq!(tags.map(|tags| tags.len()), Some(1));
        let (aliases, said) = read("aliases:", |fields, entry| fields.texts(entry));
        assert_eq!((aliases, said.len()), (None, 0), "nothing is no mistake");
    }

    #[test]
    fn a_date_is_a_day_that_exists() {
        for (text, day) in [
            ("d = 2026-10-03", Some("2026-10-03")),
            ("d = 2026-10-03T07:00:00Z", Some("2026-10-03")),
            ("d = '2026-10-03'", Some("2026-10-03")),
            ("d: 2026-10-03 07:00", Some("2026-10-03")),
            ("d = 2026-02-30", None),
            ("d = 07:00:00", None),
            ("d: 2026-02-30", None),
            ("d: soon", None),
            ("d: 2026-1-3", None),
            ("d: 03.10.2026", None),
            ("d: 2026-10-03 about", None),
        ] {
            let (found, said) = read(text, |fields, entry| fields.date(entry));
            assert_eq!(found.as_deref(), day, "{text}");
            let bad = said.first().is_some_and(|said| said.starts_with("bad-date <"));
            assert_eq!(bad, day.is_none(), "{text}: {said:?}");
        }
    }

    #[test]
    fn words_and_keys_are_offered() {
        let (word, said) = read("status = 'drafd'", |fields, entry| {
            fields.one_of(entry, "wrong-type", &[("draft", 1), ("retired", 2)])
        });
        assert_eq!(word, None);
        assert_eq!(said, ["wrong-type <'drafd'>: `status` cannot be `drafd`"]);
        let ((), said) = read("titel = 'x'", |fields, entry| {
            fields.unknown(entry, &["title", "tags"], &[]);
        });
        assert_eq!(said, ["unknown-key <titel>: no key `titel` here"]);
    }
}
