//! The catalogue of all findings: what each means, how severe it is, and the check that makes it.
//!
//! A finding that arises while reading or rendering has its entry here too, without a check.

use crate::config::{Config, Named};
use crate::diag::{Diagnostic, Severity, is_slip, nearest};
use crate::graph::{Graph, Target};
use crate::kinds::{Count, Form, Kinds, SectionSpec};
use crate::model::{Found, Handbook, Page};
use crate::parse::{Link, Section, Standing};
use crate::related::Kin;
use crate::search::{Queries, Search};
use crate::source::Span;

mod ambiguous_link;
mod bad_config;
mod catalogue;
mod contradiction;
mod dangling_lead_in;
mod dead_anchor;
mod dead_link;
mod duplicate_item;
mod duplicate_name;
mod duplicate_section;
mod embed_cycle;
mod empty_page;
mod leaked_template_prompt;
mod link_to_draft;
mod long_summary;
mod lost_reader;
mod missing_differs;
mod missing_section;
mod near_duplicate_item;
mod never_reviewed;
mod no_base_url;
mod one_way;
mod orphan;
mod overdue;
mod relative_words;
mod scenario_length;
mod self_relation;
mod too_few_items;
mod too_many_items;
mod unknown_contact;
mod unknown_section;
mod unlinked_mention;
mod unsafe_asset;
mod wanted_page;

pub use catalogue::CATALOGUE;

/// The handbook as a check sees it.
#[derive(Debug, Clone, Copy)]
pub struct Book<'a> {
    /// The pages.
    pub handbook: &'a Handbook,
    /// Their links.
    pub graph: &'a Graph,
    /// What `site.toml` says.
    pub config: &'a Config,
    /// The kinds.
    pub kinds: &'a Kinds,
    /// The pages that help next.
    pub kin: &'a Kin,
    /// What readers ask.
    pub queries: &'a Queries,
    /// What can be found, where readers ask something.
    pub search: Option<&'a Search>,
    /// The day, ISO: a page is overdue by it.
    pub today: &'a str,
}

/// Where checks put what they find.
pub type Findings = Vec<Diagnostic>;

/// One entry of the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// Its name, everywhere.
    pub name: &'static str,
    /// Unless `[checks]` says otherwise.
    pub severity: Severity,
    /// Whether it keeps the last good output in place; such a finding is always an error.
    pub blocks: bool,
    /// What it means, in one sentence.
    pub what: &'static str,
    /// Why it matters and how to mend it; lines that are indented are examples.
    pub why: &'static str,
    /// The check, if the finding does not arise in reading or rendering.
    pub run: Option<fn(&Book<'_>, &mut Findings)>,
}

/// The entry called `name`.
#[must_use]
pub fn named(name: &str) -> Option<&'static Check> {
    CATALOGUE.iter().find(|check| check.name == name)
}

/// Run every check that `[checks]` does not switch off.
#[must_use]
pub fn run(book: &Book<'_>) -> Findings {
    let mut found = Findings::new();
    for check in CATALOGUE {
        let off = book.config.checks.iter().any(|level| level.check == check.name && level.severity.is_none());
        if let Some(run) = check.run.filter(|_| !off) {
            run(book, &mut found);
        }
    }
    found
}

/// Give findings their severity, drop those that are switched off, and put them in order: by file and place, then
/// by name; those about the handbook as a whole come last. Names in `[checks]` that are no checks are found as well.
#[must_use]
pub fn settle(mut findings: Findings, config: &Config) -> Findings {
    if let Some(source) = &config.source {
        let path = source.path().into();
        for level in config.checks.iter().filter(|level| named(&level.check).is_none()) {
            let finding = Diagnostic::new("unknown-key", format!("there is no check `{}`", level.check));
            let near = nearest(&level.check, CATALOGUE.iter().map(|check| check.name));
            let finding = finding.at(&path, level.span);
            findings.push(match near {
                Some(near) if is_slip(&level.check, near) && config.checks.iter().all(|other| other.check != near) => {
                    let edit = (level.span, near.to_owned());
                    finding.hint(format!("did you mean `{near}`?")).fix(format!("write `{near}`"), &path, edit)
                }
                Some(near) => finding.hint(format!("did you mean `{near}`?")),
                None => finding.hint("`mendbook explain` lists them"),
            });
        }
    }
    let keep = |mut finding: Diagnostic| {
        let check = named(finding.check);
        let level = config.checks.iter().find(|level| level.check == finding.check);
        finding.blocks = check.is_some_and(|check| check.blocks);
        finding.severity = match (level, check) {
            (_, Some(check)) if check.blocks => Severity::Error,
            (Some(level), _) => level.severity?,
            (None, Some(check)) => check.severity,
            (None, None) => Severity::Error,
        };
        Some(finding)
    };
    let mut settled: Findings = findings.into_iter().filter_map(keep).collect();
    // What is found about one place stays in the order of finding: sections in the order of their kind.
    settled.sort_by_cached_key(|finding| (finding.place.is_none(), finding.place.clone(), finding.check));
    settled.dedup();
    settled
}

/// Every link of every page, and where it leads.
fn links<'b>(book: &'b Book<'_>) -> impl Iterator<Item = (&'b Page, &'b Link, &'b Target)> {
    let pages = book.handbook.pages.iter().zip(book.graph.targets.iter());
    pages.flat_map(|(page, targets)| {
        page.draft.links.iter().zip(targets).map(move |(link, target)| (page, link, target))
    })
}

/// Every name in `related.pin` and `related.block`, and which page it means.
fn wishes<'b>(book: &'b Book<'_>) -> impl Iterator<Item = (&'b Page, &'b Named, Found)> {
    book.handbook.pages.iter().flat_map(move |page| {
        let named = page.draft.front.pin.iter().chain(&page.draft.front.block);
        named.map(move |name| (page, name, book.handbook.names.find(&name.text, page.folder())))
    })
}

/// Every section that its page's kind lists, with what the kind says about it.
fn specs<'b>(book: &'b Book<'_>) -> impl Iterator<Item = (&'b Page, &'b Section, &'b SectionSpec)> {
    let listed = |section: &&Section| section.standing == Standing::Listed;
    book.handbook.pages.iter().flat_map(move |page| {
        let kind = page.kind(book.kinds);
        let sections = page.draft.sections.iter().filter(listed);
        sections.filter_map(move |section| Some((page, section, kind?.section(&section.id)?)))
    })
}

/// Sections whose number of items is wrong: `wrong` says what is asked for.
fn counted(
    book: &Book<'_>,
    found: &mut Findings,
    name: &'static str,
    wrong: impl Fn(usize, Count) -> Option<(&'static str, usize)>,
) {
    for (page, section, spec) in specs(book) {
        let itemised = !matches!(spec.form, Form::Scenario | Form::Prose | Form::Title | Form::Summary | Form::Aliases);
        let Some(count) = spec.count.filter(|_| itemised) else { continue };
        let items = section.items.len();
        let Some((bound, number)) = wrong(items, count) else { continue };
        let heading = if section.heading.is_empty() { &section.id } else { &section.heading };
        let noun = if items == 1 { "item" } else { "items" };
        let verb = if number == 1 { "is" } else { "are" };
        let message = format!("`{heading}` has {items} {noun}, and {bound} {number} {verb} asked for");
        let hint = match spec.form {
            _ if items > count.max => "merge some of them, or raise `items` of this section in site.toml",
            Form::Steps => "add steps: the items of a numbered list, or H3 headings",
            Form::Pairs => {
                "add pairs: rows of a two-column table, `**Myth:** … **In fact:** …`, or H3 headings with text"
            }
            _ => "add bullets to its list",
        };
        let span = heading_words(page, section).unwrap_or(section.span);
        found.push(Diagnostic::new(name, message).at(&page.draft.path, span).hint(hint));
    }
}

/// The words of a section's heading in the source, if they stand there as they are shown.
fn heading_words(page: &Page, section: &Section) -> Option<Span> {
    let line = page.draft.source.slice(section.span);
    let at = line.find(&section.heading).filter(|_| !section.heading.is_empty())?;
    let start = section.span.start as usize + at;
    Some(Span::new(start, start + section.heading.len()))
}
