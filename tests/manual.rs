//! The manual under `content/authoring/` and the program say the same: every key, flag, check and section is in both.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::Arc;

use mendbook::checks::CATALOGUE;
use mendbook::config::{self, Config};
use mendbook::diag::Severity;
use mendbook::kinds::Kinds;
use mendbook::parse::FRONT_MATTER;
use mendbook::source::Source;

/// A page of the manual.
fn page(name: &str) -> String {
    std::fs::read_to_string(support::repository("content/authoring").join(name)).unwrap()
}

/// What stands between backticks in a text.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The rows of the page's tables: the words in backticks of the first cell, and the whole row.
fn rows(text: &str) -> impl Iterator<Item = (BTreeSet<&str>, &str)> {
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| (quoted(row.trim_start_matches("| ").split(" | ").next().unwrap()), row))
}

/// The fences of a language.
fn fences<'t>(text: &'t str, language: &'t str) -> impl Iterator<Item = &'t str> {
    let blocks = text.split("\n```").skip(1).step_by(2);
    // A theme's files are no settings.
    let blocks = blocks.filter(|block| !block.lines().next().is_some_and(|info| info.contains("file:themes/")));
    blocks.filter_map(move |block| block.strip_prefix(language)?.split_once('\n').map(|(_, inside)| inside))
}

#[test]
fn every_setting_is_explained() {
    let text = page("site-toml.md");
    let lines = fences(&text, "toml").flat_map(str::lines);
    let words = lines.filter_map(|line| line.split_once(" = ").map(|(key, _)| key).or(Some(line)));
    let told: BTreeSet<&str> = words.chain(quoted(&text)).map(|word| word.trim_matches(['[', ']'])).collect();
    for (key, _) in config::REFERENCE {
        let last = key.rsplit('.').next().unwrap();
        // A name of the owner's choice, and a table, are told of by what stands in them.
        let inside = |word: &str| word.starts_with(&format!("{key}."));
        let table = config::REFERENCE.iter().any(|(other, _)| inside(other));
        let count = ["min", "max"].contains(&last) && text.contains(&format!("{last} = "));
        let shown = told.contains(key) || told.contains(last) || told.iter().copied().any(inside);
        let chosen = last.chars().all(char::is_uppercase);
        assert!(shown || table || count || chosen, "site-toml.md does not tell of `{key}`");
    }
}

#[test]
fn no_setting_is_explained_that_there_is_not() {
    let text = page("site-toml.md");
    for (words, row) in rows(&text) {
        for word in words.iter().map(|word| word.trim_matches(['[', ']'])) {
            let is = |(key, _): &(&str, &str)| *key == word || key.rsplit('.').next() == Some(word);
            let is = |entry: &(&str, &str)| is(entry) || entry.0.starts_with(&format!("{word}."));
            assert!(config::REFERENCE.iter().any(is), "there is no setting `{word}`: {row}");
        }
    }
}

#[test]
fn the_examples_of_site_toml_are_understood() {
    for name in ["site-toml.md", "kinds.md", "existing-handbook.md", "themes.md", "findings.md", "getting-started.md"] {
        let text = page(name);
        for example in fences(&text, "toml").filter(|example| !example.starts_with("+++")) {
            let (config, mut findings) = config::read(Some(Arc::new(Source::new("site.toml", example))));
            findings.extend(Kinds::load(&config).1);
            let wrong: Vec<&String> = findings.iter().map(|finding| &finding.message).collect();
            assert!(wrong.is_empty(), "{name}: {wrong:?} in\n{example}");
        }
    }
}

#[test]
fn the_pattern_language_of_the_manual_is_the_one_that_is_tested() {
    let text = page("existing-handbook.md");
    let shown = fences(&text, "toml").find(|example| example.contains("form = \"title\"")).unwrap();
    let tested = std::fs::read_to_string(support::repository("tests/sites/pattern-language/site.toml")).unwrap();
    assert!(tested.contains(shown.trim()), "tests/sites/pattern-language/site.toml is not what the manual shows");
}

#[test]
fn every_key_of_the_front_matter_is_explained() {
    let text = page("page-format.md");
    let known = quoted(&text);
    for (key, _) in FRONT_MATTER {
        let (table, last) = key.rsplit_once('.').unwrap_or(("", key));
        let inside = !table.is_empty() && text.contains(&format!("{last} = […]"));
        assert!(inside || known.contains(last), "page-format.md does not tell of `{key}`");
    }
    let keys = text.split("## The lead").next().unwrap();
    for (words, row) in rows(keys) {
        for word in words {
            assert!(FRONT_MATTER.iter().any(|(key, _)| *key == word), "there is no key `{word}`: {row}");
        }
    }
}

#[test]
fn every_check_is_listed_with_its_severity() {
    let text = page("findings.md");
    let part =
        |name: &str| text.split(&format!("\n## {name}\n")).nth(1).map(|rest| rest.split("\n## ").next().unwrap());
    for check in CATALOGUE {
        let heading = match (check.severity, check.blocks) {
            (_, true) => "Errors that block",
            (Severity::Error, false) => "Errors",
            (Severity::Warning, false) => "Warnings",
            (Severity::Hint, false) => "Hints",
        };
        let listed = part(heading).unwrap_or_else(|| panic!("findings.md has no part `{heading}`"));
        assert!(rows(listed).any(|(words, _)| words.contains(check.name)), "`{}` is not under {heading}", check.name);
    }
    for (words, row) in
        ["Errors that block", "Errors", "Warnings", "Hints"].iter().flat_map(|name| rows(part(name).unwrap()))
    {
        let known = words.iter().all(|word| CATALOGUE.iter().any(|check| check.name == *word));
        assert!(known, "there is no such check: {row}");
    }
}

#[test]
fn every_section_of_a_pattern_stands_in_its_table() {
    let text = page("kinds.md");
    let (kinds, _) = Kinds::load(&Config::default());
    for spec in &kinds.named("pattern").unwrap().sections {
        let row = rows(&text).find(|(words, _)| words.contains(spec.id.as_str())).map(|(_, row)| row);
        let row = row.unwrap_or_else(|| panic!("kinds.md has no row for `{}`", spec.id));
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let items = spec.count.map_or_else(String::new, |count| format!("{}–{}", count.min, count.max));
        let heading = if spec.heading.is_empty() { "the lead" } else { &spec.heading };
        assert_eq!(cells[1..3], [heading, &spec.accept.join(", ")], "{row}");
        assert_eq!(cells[3..5], [spec.form.name(), if spec.required { "yes" } else { "no" }], "{row}");
        assert_eq!(cells[5].trim_end_matches(" words"), items, "{row}");
    }
}

/// What `--help` says of a command, `""` for mendbook itself.
fn help(command: &str) -> String {
    let mut mendbook = Command::new(env!("CARGO_BIN_EXE_mendbook"));
    mendbook.args([command, "--help"].iter().filter(|word| !word.is_empty()));
    String::from_utf8(mendbook.output().unwrap().stdout).unwrap()
}

/// The flags that a text names, long and short, without their values.
fn flags(text: &str) -> BTreeSet<String> {
    let flag = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let words = text.split(|c: char| c.is_whitespace() || "`[],()=|<".contains(c)).filter(|word| word.starts_with('-'));
    let words = words.map(|word| word.trim_end_matches(|c| !flag(c)).to_owned());
    words
        .filter(|word| word.trim_start_matches('-').starts_with(char::is_alphabetic) && word.chars().all(flag))
        .collect()
}

#[test]
fn every_command_and_flag_is_explained() {
    let text = page("command-line.md");
    let told = flags(&text);
    let top = help("");
    let listed = top.split("Commands:").nth(1).unwrap().split("\n\n").next().unwrap();
    let commands: Vec<&str> = listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let mut there = flags(&top);
    for command in commands.iter().filter(|command| **command != "help") {
        assert!(text.contains(&format!("`mendbook {command}")), "command-line.md does not tell of `{command}`");
        let options = help(command);
        let options = options.split("\nExample").next().unwrap().split("Options:").nth(1).unwrap().to_owned();
        there.extend(flags(&options.lines().filter(|line| line.trim_start().starts_with('-')).collect::<String>()));
    }
    for flag in there.iter().filter(|flag| flag.starts_with("--")) {
        assert!(told.contains(flag), "command-line.md does not tell of `{flag}`");
    }
    for flag in &told {
        assert!(there.contains(flag), "there is no flag `{flag}`, of which command-line.md tells");
    }
}
