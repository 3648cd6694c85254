//! `mendbook explain`: what every finding means, at the terminal.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::process::{Command, Output};

use mendbook::checks::CATALOGUE;
use mendbook::diag::Severity;

#[test]
fn the_list_has_every_check_under_its_severity() {
    let said = explain(&[]);
    assert_eq!(said.status.code(), Some(0));
    let list = String::from_utf8(said.stdout).unwrap();
    let parts: Vec<&str> = list.trim_end().split("\n\n").collect();
    let [errors, warnings, hints] = parts.as_slice() else { panic!("{list}") };
    for check in CATALOGUE {
        let part = match check.severity {
            Severity::Error => errors,
            Severity::Warning => warnings,
            Severity::Hint => hints,
        };
        assert!(part.contains(&format!("\n  {} ", check.name)) && part.contains(check.what), "{}", check.name);
    }
}

#[test]
fn every_check_says_what_it_means_and_how_to_mend_it() {
    for check in CATALOGUE {
        let said = explain(&[check.name]);
        assert_eq!(said.status.code(), Some(0));
        let text = String::from_utf8(said.stdout).unwrap();
        let first = format!("{}: {}", check.name, check.severity.word());
        assert!(text.starts_with(&first) && text.contains(check.what), "{text}");
        assert_eq!(check.blocks, text.contains("It cannot be switched off."), "{text}");
        assert_ne!(check.blocks, text.contains(&format!("`{} = \"error\"`", check.name)), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 110), "{text}");
    }
}

#[test]
fn a_name_that_is_none_is_a_mistake_of_use() {
    for (name, next) in [("dead-lnk", "did you mean `dead-link`?"), ("weather", "`mendbook explain` lists them")] {
        let said = explain(&[name]);
        assert_eq!(said.status.code(), Some(2));
        assert!(said.stdout.is_empty());
        let complaint = String::from_utf8(said.stderr).unwrap();
        assert_eq!(complaint, format!("mendbook: there is no check `{name}`; {next}\n"));
    }
}

fn explain(names: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mendbook")).arg("explain").args(names).output().unwrap()
}
