//! Bad input is an answer, not a crash: every kind of it that we know of, built by the real program.
//!
//! A case is a handbook with something wrong in it and what must be said of it. Every case ends in time and within
//! bounds of memory, names the file (and the line, where there is one), and leaves the last site as it was if a page
//! would be lost. The cases stand in `bad_input/`, a file for each sort.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![allow(unreachable_pub, reason = "the cases are shared among the files of this program")]

mod bad_input {
    pub mod bytes;
    pub mod case;
    pub mod config;
    pub mod files;
    pub mod front;
    pub mod markdown;
    pub mod pages;
}
mod support;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use bad_input::case::{Case, run};
use bad_input::{bytes, config, files, front, markdown, pages};

fn all() -> Vec<Case> {
    [bytes::cases(), front::cases(), markdown::cases(), pages::cases(), config::cases(), files::cases()].concat()
}

#[test]
fn every_kind_of_bad_input_is_answered() {
    let cases = all();
    assert!(cases.len() >= 77, "only {} cases", cases.len());
    let good = bad_input::case::good();
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let complaints = run(case, &good);
                    let named = complaints.into_iter().map(|complaint| format!("{}: {complaint}", case.name));
                    wrong.lock().unwrap().extend(named);
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let cases = all();
    let mut names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    names.sort_unstable();
    let twins: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twins.is_empty(), "{twins:?}");
}
