//! `[kinds]` of `site.toml`, merged over the built-in kinds by id.

use super::section;
use super::{Kind, Kinds, builtin};
use crate::config::{Config, keys_of};
use crate::data::{Entry, Fields};
use crate::diag::Diagnostic;
use crate::source::{Source, Span};

/// The check that a bad value is a finding of.
pub(super) const BAD: &str = "bad-config";

pub(super) fn load(config: &Config) -> (Kinds, Vec<Diagnostic>) {
    let built_in = builtin::all();
    let Some(table) = &config.kinds else {
        return (Kinds { list: built_in }, Vec::new());
    };
    let empty = Source::new("site.toml", "");
    let mut fields = Fields::toml(config.source.as_deref().unwrap_or(&empty));
    let mut list = Vec::new();
    for entry in table.entries() {
        if let Some(kind) = kind(&mut fields, entry, &built_in) {
            shared_folder(&mut fields, entry, (&kind, &list));
            list.push(kind);
        }
    }
    let kept = |kind: &Kind| list.iter().all(|custom: &Kind| custom.name != kind.name);
    let kept: Vec<Kind> = built_in.into_iter().filter(kept).collect();
    list.extend(kept);
    (Kinds { list }, fields.into_findings())
}

/// One `[kinds.NAME]`: the built-in kind of that name changed, or a new one.
fn kind(fields: &mut Fields<'_>, table: &Entry, built_in: &[Kind]) -> Option<Kind> {
    let name = &table.key;
    if name == "page" || name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '/') {
        let message = format!("a kind cannot be called `{name}`");
        let hint = "`page` is a page without a kind; a name is one word";
        fields.push(fields.finding(BAD, table.key_span, message).hint(hint));
        return None;
    }
    let known = built_in.iter().find(|kind| kind.name == *name).cloned();
    let mut kind = known.unwrap_or_else(|| Kind {
        name: name.clone(),
        folder: name.clone(),
        open: false,
        sections: Vec::new(),
        custom: true,
    });
    kind.custom = true;
    for entry in fields.table(table) {
        match entry.key.as_str() {
            "folder" => kind.folder = folder(fields, entry).unwrap_or(kind.folder),
            "open" => kind.open = fields.flag(entry).unwrap_or(kind.open),
            "sections" => section::merge(fields, entry, &mut kind.sections),
            _ => fields.unknown(entry, &keys_of("kinds.NAME"), table.node.entries()),
        }
    }
    Some(kind)
}

/// A folder below the content; `.` is all of it.
fn folder(fields: &mut Fields<'_>, entry: &Entry) -> Option<String> {
    let text = fields.text(entry)?;
    let folder = text.trim().trim_start_matches("./").trim_matches('/');
    let part = |part: &str| !matches!(part, "" | "." | "..");
    if folder == "." {
        return Some(String::new());
    }
    if !folder.contains('\\') && folder.split('/').all(part) {
        return Some(folder.to_owned());
    }
    let message = format!("`folder` cannot be `{text}`");
    let hint = "write a folder below the content, or `.` for all of it";
    fields.push(fields.finding(BAD, entry.node.span, message).hint(hint));
    None
}

/// Two kinds of `site.toml` for one folder: nobody could tell which one its pages have.
fn shared_folder(fields: &mut Fields<'_>, entry: &Entry, (kind, list): (&Kind, &[Kind])) {
    let folder = kind.folder.to_lowercase();
    let Some(other) = list.iter().find(|other| other.folder.to_lowercase() == folder) else {
        return;
    };
    let place = entry.node.get("folder");
    let span: Span = place.map_or(entry.key_span, |folder| folder.node.span);
    let message = format!("`{}` and `{}` have the same folder", other.name, kind.name);
    let hint = format!("give `{}` another `folder`", kind.name);
    fields.push(fields.finding(BAD, span, message).hint(hint));
}
