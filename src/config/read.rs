//! From the text of `site.toml` to a [`Config`] and findings.

use std::sync::Arc;

use super::{Audience, CheckLevel, Config, Fonts, HtmlPolicy, Interval, Named, keys_of, values};
use crate::data::{self, Entry, Fields, Node};
use crate::diag::{Diagnostic, Severity};
use crate::source::Source;

pub(super) const BAD: &str = "bad-config";

/// Read `site.toml`; without one, the defaults.
#[must_use]
pub fn read(source: Option<Arc<Source>>) -> (Config, Vec<Diagnostic>) {
    let mut config = Config::default();
    let Some(source) = source else {
        return (config, Vec::new());
    };
    let (root, faults) = data::toml(source.text(), 0);
    let mut fields = Fields::toml(&source);
    for fault in faults {
        fields.push(fields.finding(BAD, fault.span, fault.message).hint(fault.hint));
    }
    for entry in root.entries() {
        top(&mut config, &mut fields, entry, &root);
    }
    config.words.add_language(&config.language);
    if let (None, Some(domain)) = (&config.base_url, &config.domain) {
        config.base_url = Some(format!("https://{domain}/"));
    }
    let findings = fields.into_findings();
    config.source = Some(Arc::clone(&source));
    (config, findings)
}

fn top(config: &mut Config, fields: &mut Fields<'_>, entry: &Entry, root: &Node) {
    match entry.key.as_str() {
        "title" => put(&mut config.title, values::filled(fields, entry)),
        "description" => config.description = values::filled(fields, entry),
        "language" => put(&mut config.language, values::language(fields, entry)),
        "base_url" => config.base_url = values::base_url(fields, entry),
        "repository" => config.repository = values::repository(fields, entry),
        "branch" => put(&mut config.branch, values::filled(fields, entry)),
        "domain" => config.domain = values::domain(fields, entry),
        "index" => put(&mut config.index, fields.flag(entry)),
        "html" => put(&mut config.html, fields.one_of(entry, BAD, HTML)),
        "stages" => put(&mut config.stages, texts(fields, entry)),
        "places" => put(&mut config.places, texts(fields, entry)),
        "review_every" => config.review_every = Interval::read(fields, entry, BAD),
        "allow_wanted" => put(&mut config.allow_wanted, texts(fields, entry)),
        "contacts" => config.contacts = super::contacts::read(fields, entry),
        "kinds" => config.kinds = kinds(fields, entry),
        "checks" => config.checks = checks(fields, entry),
        "limits" => limits(config, fields, entry),
        "related" => related(config, fields, entry),
        "search" => search(config, fields, entry),
        "words" => words(config, fields, entry),
        "theme" => theme(config, fields, entry),
        "build" => build(config, fields, entry),
        _ => fields.unknown(entry, &keys_of(""), root.entries()),
    }
}

const HTML: &[(&str, HtmlPolicy)] =
    &[("safe", HtmlPolicy::Safe), ("text", HtmlPolicy::Text), ("allow", HtmlPolicy::Allow)];

const SEVERITIES: &[(&str, Option<Severity>)] = &[
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("hint", Some(Severity::Hint)),
    ("off", None),
];

/// What `audience` may be.
pub(super) const AUDIENCES: &[(&str, Audience)] = &[("public", Audience::Public), ("internal", Audience::Internal)];

const FONTS: &[(&str, Fonts)] = &[("theme", Fonts::Theme), ("system", Fonts::System)];

/// Keep what was read; the default stays where nothing was.
fn put<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn texts(fields: &mut Fields<'_>, entry: &Entry) -> Option<Vec<String>> {
    let texts = fields.texts(entry)?;
    Some(texts.into_iter().map(|(text, _)| text).collect())
}

fn named(spanned: data::Spanned) -> Named {
    let (text, span) = spanned;
    Named { text, span }
}

fn kinds(fields: &mut Fields<'_>, entry: &Entry) -> Option<Node> {
    (!fields.table(entry).is_empty()).then(|| entry.node.clone())
}

fn checks(fields: &mut Fields<'_>, entry: &Entry) -> Vec<CheckLevel> {
    let mut levels = Vec::new();
    for check in fields.table(entry) {
        if let Some(severity) = fields.one_of(check, BAD, SEVERITIES) {
            levels.push(CheckLevel { check: check.key.clone(), severity, span: check.key_span });
        }
    }
    levels
}

fn limits(config: &mut Config, fields: &mut Fields<'_>, table: &Entry) {
    for entry in fields.table(table) {
        let limits = &mut config.limits;
        let place = match entry.key.as_str() {
            "page" => &mut limits.page,
            "front_matter" => &mut limits.front_matter,
            "title" => &mut limits.title,
            "headings" => &mut limits.headings,
            "name" => &mut limits.name,
            "word" => &mut limits.word,
            "file" => &mut limits.file,
            "site" => &mut limits.site,
            _ => {
                fields.unknown(entry, &keys_of("limits"), table.node.entries());
                continue;
            }
        };
        put(place, values::count(fields, entry, 1));
    }
}

fn related(config: &mut Config, fields: &mut Fields<'_>, table: &Entry) {
    for entry in fields.table(table) {
        match entry.key.as_str() {
            "count" => put(&mut config.related_count, values::count(fields, entry, 0)),
            _ => fields.unknown(entry, &keys_of("related"), table.node.entries()),
        }
    }
}

fn search(config: &mut Config, fields: &mut Fields<'_>, table: &Entry) {
    for entry in fields.table(table) {
        match entry.key.as_str() {
            "synonyms" => config.synonyms = values::groups(fields, entry),
            _ => fields.unknown(entry, &keys_of("search"), table.node.entries()),
        }
    }
}

fn words(config: &mut Config, fields: &mut Fields<'_>, table: &Entry) {
    for entry in fields.table(table) {
        let words = &mut config.words;
        let list = match entry.key.as_str() {
            "connects" => &mut words.connects,
            "joining" => &mut words.joining,
            "differs" => &mut words.differs,
            "when" => &mut words.when,
            "say" => &mut words.say,
            "check" => &mut words.check,
            "instead" => &mut words.instead,
            "formula" => &mut words.formula,
            "example" => &mut words.example,
            "warning" => &mut words.warning,
            "myth" => &mut words.myth,
            "fact" => &mut words.fact,
            _ => {
                fields.unknown(entry, &keys_of("words"), table.node.entries());
                continue;
            }
        };
        for (word, _) in fields.text_or_texts(entry).unwrap_or_default() {
            let word = word.trim().trim_end_matches(':').to_lowercase();
            if !word.is_empty() && !list.contains(&word) {
                list.push(word);
            }
        }
    }
}

fn theme(config: &mut Config, fields: &mut Fields<'_>, table: &Entry) {
    for entry in fields.table(table) {
        let theme = &mut config.theme;
        match entry.key.as_str() {
            "layers" => theme.layers = values::layers(fields, entry),
            "section_order" => put(&mut theme.section_order, texts(fields, entry)),
            "accent" => theme.accent = values::accent(fields, entry).map(named),
            "fonts" => put(&mut theme.fonts, fields.one_of(entry, BAD, FONTS)),
            "logo" => theme.logo = values::path(fields, entry).map(named),
            "favicon" => theme.favicon = values::path(fields, entry).map(named),
            _ => fields.unknown(entry, &keys_of("theme"), table.node.entries()),
        }
    }
}

fn build(config: &mut Config, fields: &mut Fields<'_>, table: &Entry) {
    for entry in fields.table(table) {
        match entry.key.as_str() {
            "output" => put(&mut config.output, values::filled(fields, entry)),
            "audience" => {
                let named = fields.one_of(entry, BAD, AUDIENCES);
                config.audience_named |= named.is_some();
                put(&mut config.audience, named);
            }
            _ => fields.unknown(entry, &keys_of("build"), table.node.entries()),
        }
    }
}
