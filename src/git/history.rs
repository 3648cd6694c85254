//! When each file was changed last, and by whom: one pass of `git log` over the pages below a folder.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::ask;

/// What begins a commit, parts its fields, and parts the people that its message names.
const MARKS: (char, char, char) = ('\u{1}', '\u{2}', '\u{3}');

/// A commit as `git log` is asked to print it: its hash, the day its author made it, its author, and who is named as an
/// author beside them. Names are those of `.mailmap`.
const FORMAT: &str = "--format=%x01%H%x02%as%x02%aN%x02%(trailers:key=Co-authored-by,valueonly,separator=%x03)";

/// What a repository knows of the pages below a folder; nothing where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Whether the clone has only the newest commits. Then nobody knows who wrote a page, and no day is known for what
    /// was changed before them.
    pub shallow: bool,
    /// Why git says nothing at all of a repository that is there.
    pub complaint: Option<String>,
    head: Option<String>,
    pasts: HashMap<String, Arc<Past>>,
}

/// What is known of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// The day of the commit that changed its text last, by the calendar of its author, ISO; commits without a day
    /// that a calendar has are passed over.
    pub changed: Option<String>,
    /// Who changed its text: who did most often first, then who began. Machines are left out.
    pub people: Vec<String>,
}

impl History {
    /// Ask git about the Markdown files below a folder.
    #[must_use]
    pub fn read(folder: &Path) -> History {
        let Some(head) = head(folder) else {
            let complaint = super::top(folder).and_then(super::complaint);
            return History { complaint, ..History::default() };
        };
        let edge = edge(folder);
        // A file that was moved as it is keeps its past: for that git compares hashes and needs no file's text, which
        // a partial clone would have to fetch.
        let words = ["log", "-z", "--no-show-signature", "--no-color", "--encoding=UTF-8", "--name-status", "-M100%"];
        let rest = ["--root", "--relative", FORMAT, &head, "--", ":(icase)*.md"];
        let log = ask(folder, &[&words[..], &rest].concat()).unwrap_or_default();
        let pasts = pasts(&log, edge.as_ref());
        History { shallow: edge.is_some(), complaint: None, head: Some(head), pasts }
    }

    /// Whether it is what git would say now.
    #[must_use]
    pub fn is_of_now(&self, folder: &Path) -> bool {
        self.head == head(folder)
    }

    /// What is known of a file, by its path from the folder. What was changed but is in no commit yet does not count.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<Arc<Past>> {
        self.pasts.get(path).cloned()
    }

    /// The same without these people: it is not known that they wrote anything.
    #[must_use]
    pub fn without(&self, people: &[&str]) -> History {
        let shown = |person: &&String| !people.contains(&person.as_str());
        let cut = |past: &Past| Past { people: past.people.iter().filter(shown).cloned().collect(), ..past.clone() };
        let pasts = self.pasts.iter().map(|(path, past)| (path.clone(), Arc::new(cut(past)))).collect();
        History { shallow: self.shallow, complaint: self.complaint.clone(), head: self.head.clone(), pasts }
    }
}

fn head(folder: &Path) -> Option<String> {
    Some(ask(folder, &["rev-parse", "--verify", "--quiet", "HEAD"])?.trim().to_owned())
}

/// The commits at the edge of a shallow clone: git shows them as if they had made every file. Nothing for a whole clone.
fn edge(folder: &Path) -> Option<HashSet<String>> {
    let shallow = ask(folder, &["rev-parse", "--is-shallow-repository"])?;
    if shallow.trim() != "true" {
        return None;
    }
    let path = ask(folder, &["rev-parse", "--git-path", "shallow"])?;
    let listed = std::fs::read_to_string(folder.join(path.trim_end_matches('\n'))).unwrap_or_default();
    Some(listed.lines().map(str::to_owned).collect())
}

/// What a log says of each file, under the path it has now. The newest commit stands first.
fn pasts(log: &str, edge: Option<&HashSet<String>>) -> HashMap<String, Arc<Past>> {
    let mut work: HashMap<&str, Work<'_>> = HashMap::new();
    let mut now: HashMap<&str, &str> = HashMap::new();
    let mut commit = None;
    let mut words = log.split('\0').map(|word| word.trim_start_matches('\n')).filter(|word| !word.is_empty());
    while let Some(word) = words.next() {
        if let Some(text) = word.strip_prefix(MARKS.0) {
            commit = Commit::read(text).filter(|commit| edge.is_none_or(|edge| !edge.contains(commit.hash)));
            continue;
        }
        let Some(path) = words.next() else { break };
        if word.starts_with('R') {
            let Some(to) = words.next() else { break };
            let to = now.get(to).copied().unwrap_or(to);
            now.insert(path, to);
        } else if let Some(commit) = commit.as_ref().filter(|_| !word.starts_with('D')) {
            work.entry(now.get(path).copied().unwrap_or(path)).or_default().add(commit);
        }
    }
    let people = edge.is_none();
    work.into_iter().map(|(path, work)| (path.to_owned(), Arc::new(work.past(people)))).collect()
}

/// A commit of the log.
struct Commit<'l> {
    hash: &'l str,
    day: Option<&'l str>,
    people: Vec<&'l str>,
}

impl<'l> Commit<'l> {
    fn read(text: &'l str) -> Option<Commit<'l>> {
        let mut fields = text.split(MARKS.1);
        let (hash, day, author) = (fields.next()?, fields.next()?, fields.next()?);
        let beside = fields.next().unwrap_or("").split(MARKS.2);
        let people = std::iter::once(author).chain(beside).filter_map(name).collect();
        // Git believes any number of seconds, and tells of years that no calendar has.
        Some(Commit { hash, day: Some(day).filter(|day| day.parse::<Date>().is_ok()), people })
    }
}

/// A person's name without their address; machines have none, nor what cannot be shown.
fn name(person: &str) -> Option<&str> {
    let name = person.split('<').next().unwrap_or(person).trim();
    Some(name).filter(|name| !name.is_empty() && !name.ends_with("[bot]") && !name.contains(char::is_control))
}

/// What was done to a file, from its newest commit on.
#[derive(Default)]
struct Work<'l> {
    day: Option<&'l str>,
    commits: usize,
    people: Vec<Person<'l>>,
}

/// Somebody who changed a file.
struct Person<'l> {
    name: &'l str,
    changes: usize,
    /// Which commit was their first, counted from the newest.
    began: usize,
}

impl<'l> Work<'l> {
    fn add(&mut self, commit: &Commit<'l>) {
        self.day = self.day.or(commit.day);
        self.commits += 1;
        for name in &commit.people {
            match self.people.iter_mut().find(|person| person.name == *name) {
                Some(person) => (person.changes, person.began) = (person.changes + 1, self.commits),
                None => self.people.push(Person { name, changes: 1, began: self.commits }),
            }
        }
    }

    fn past(mut self, people: bool) -> Past {
        self.people.retain(|_| people);
        self.people.sort_by_key(|person| std::cmp::Reverse((person.changes, person.began)));
        Past {
            changed: self.day.map(str::to_owned),
            people: self.people.iter().map(|person| person.name.to_owned()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log of commits, newest first: hash, day, author with the people beside, and what git says of the files.
    fn log(commits: &[(&str, &str, &str, &[&str])]) -> String {
        let mut log = String::new();
        for (hash, day, people, files) in commits {
            let (author, beside) = people.split_once('+').unwrap_or((people, ""));
            log += &format!("\u{1}{hash}\u{2}{day}\u{2}{author}\u{2}{beside}\0\n{}\0", files.join("\0"));
        }
        log
    }

    fn said(log: &str, edge: Option<&[&str]>) -> Vec<String> {
        let edge = edge.map(|edge| edge.iter().map(|hash| (*hash).to_owned()).collect());
        let said = |(path, past): (&String, &Arc<Past>)| {
            format!("{path} {} {}", past.changed.as_deref().unwrap_or("-"), past.people.join(", "))
        };
        let mut all: Vec<String> = pasts(log, edge.as_ref()).iter().map(said).collect();
        all.sort();
        all
    }

    #[test]
    fn the_last_change_counts_and_who_changed_most_comes_first() {
        let log = log(&[
            ("d", "2026-05-04", "Ben", &["M", "a.md"]),
            ("c", "2026-05-03", "Ada+Cy <cy@org.test>\u{3}deps[bot] <x@y.z>", &["M", "a.md", "A", "b.md"]),
            ("b", "2026-05-02", "renovate[bot]", &["M", "b.md"]),
            ("a", "2026-05-01", "Ada", &["A", "a.md"]),
        ]);
        assert_eq!(said(&log, None), ["a.md 2026-05-04 Ada, Cy, Ben", "b.md 2026-05-03 Ada, Cy"]);
    }

    #[test]
    fn what_no_calendar_has_and_nobody_can_read_is_passed_over() {
        let log = log(&[
            ("c", "33658-09-27", "Eve\u{7}", &["M", "a.md", "A", "b.md"]),
            ("b", "", "Ben", &["M", "a.md"]),
            ("a", "2026-05-01", "Ada", &["A", "a.md"]),
        ]);
        assert_eq!(said(&log, None), ["a.md 2026-05-01 Ada, Ben", "b.md - "]);
    }

    #[test]
    fn a_file_that_was_moved_keeps_its_past_and_one_that_came_after_has_its_own() {
        let log = log(&[
            ("d", "2026-05-04", "Dee", &["A", "a.md"]),
            ("c", "2026-05-03", "Cy", &["R100", "b.md", "c.md", "D", "gone.md"]),
            ("b", "2026-05-02", "Ben", &["R100", "a.md", "b.md"]),
            ("a", "2026-05-01", "Ada", &["A", "a.md"]),
        ]);
        assert_eq!(said(&log, None), ["a.md 2026-05-04 Dee", "c.md 2026-05-01 Ada"]);
    }

    #[test]
    fn a_shallow_clone_is_not_guessed_over() {
        let log =
            log(&[("b", "2026-05-02", "Ben", &["M", "a.md"]), ("a", "2026-05-01", "Ada", &["A", "a.md", "A", "b.md"])]);
        assert_eq!(said(&log, Some(&["a"])), ["a.md 2026-05-02 "]);
    }
}
