//! The command line as a user meets it: what each command says, how it ends, and what it leaves on disk.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;

use support::handbook::small;
use support::program::{Place, Run, at, mendbook, run, shell, start, state};

/// A new handbook as `init` makes it.
fn starter() -> Place {
    let place = Place::new();
    at(&place.path, &["init", "--quiet"]).ends(0, &[]);
    place
}

// ---------------------------------------------------------------- init

#[test]
fn a_new_handbook_has_nothing_to_mend_and_git_sees_only_its_sources() {
    let place = Place::new();
    at(&place.path, &["init", "book"]).ends(0, &["mendbook -C book build", "book/public/index.html"]);
    let book = place.at("book");
    for args in [&["check", "--strict"][..], &["build", "--strict"]] {
        let said = at(&book, args);
        said.ends(0, &[]);
        assert!(!said.err.contains("warning") && !said.err.contains("error"), "{}", said.err);
        // The address follows from the remote, and there is none yet.
        let hints: Vec<&str> = said.out.lines().filter(|line| line.starts_with("hint[")).collect();
        assert!(hints.iter().all(|hint| hint.starts_with("hint[no-base-url]")), "{hints:?}");
    }
    assert!(book.join("public/index.html").exists());
    let ignored = fs::read_to_string(book.join(".gitignore")).unwrap();
    assert_eq!(ignored, "/public/\n/.public.*\n", "the output, and what lies beside it while it is made");
}

#[test]
fn init_touches_nothing_in_a_folder_that_holds_something() {
    let place = Place::with(&[("book/notes.md", "mine"), ("file", "x")]);
    let before = state(&place.path);
    at(&place.path, &["init", "book"]).ends(2, &["`book` is not empty: it holds `notes.md`", "nothing was written"]);
    at(&place.path, &["init", "file"]).ends(2, &["file"]);
    at(&place.path, &["init"]).ends(2, &["is not empty"]);
    assert!(state(&place.path) == before);
    let fresh = Place::with(&[(".git/HEAD", "ref: x"), ("README.md", "# Ours"), ("LICENSE", "MIT")]);
    at(&fresh.path, &["init", "-q"]).ends(0, &[]);
    assert_eq!(fresh.read("README.md"), "# Ours");
}

// ---------------------------------------------------------------- new

#[test]
fn a_new_page_has_its_sections_and_the_other_end_of_what_is_asked() {
    let place = starter();
    place.write(
        "content/patterns/asks.md",
        "# Asks\n\nText.\n\n## Nearby patterns\n\n- [[Slow fade]] — connects because both take weeks; differs because one is seen\n",
    );
    let made = at(&place.path, &["new", "pattern", "Slow fade", "--today", "2026-10-03"]);
    assert_eq!(made.ends(0, &[]).out, "content/patterns/slow-fade.md\n");
    let text = place.read("content/patterns/slow-fade.md");
    for part in [
        "title = \"Slow fade\"",
        "created = 2026-10-03",
        "status = \"draft\"",
        "## Signals\n",
        "## When to escalate\n",
        "- [[Asks]] — connects because both take weeks; differs because one is seen\n",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let again = at(&place.path, &["new", "pattern", "Slow  FADE"]);
    again.ends(2, &["slow-fade.md", "exists already", "nothing was written"]);
    assert_eq!(place.read("content/patterns/slow-fade.md"), text);
    at(&place.path, &["new", "patern", "X"]).ends(2, &["did you mean `pattern`?"]);
}

#[test]
fn any_title_gives_a_page_or_a_reason() {
    let place = starter();
    let long = "a word ".repeat(40);
    let titles = [
        ("pattern", "../../etc/passwd", "content/patterns/etc-passwd.md"),
        ("pattern", "C:\\x | \"y\" <z>", "content/patterns/c-x-y-z.md"),
        ("guide", "日本語 テスト", "content/guides/日本語-テスト.md"),
        ("essay", "Cafe\u{301}\u{7f}\n  at\u{7} noon", "content/essays/café-at-noon.md"),
        ("pattern", "Con", "content/patterns/con-pattern.md"),
        ("term", "Index", "content/glossary/index-term.md"),
        ("guide", "README", "content/guides/readme-guide.md"),
        (
            "pattern",
            long.trim(),
            "content/patterns/a-word-a-word-a-word-a-word-a-word-a-word-a-word-a-word-a-word-a-word-a-word-a.md",
        ),
    ];
    for (kind, title, path) in titles {
        let made = at(&place.path, &["new", kind, title]);
        assert_eq!(made.ends(0, &[]).out, format!("{path}\n"), "{title}");
    }
    for (title, why) in [("", "no file name"), ("…", "no file name"), (&*"x".repeat(301), "at most 300 characters")] {
        at(&place.path, &["new", "pattern", title]).ends(2, &[why]);
    }
    // Every one of them can be read, and none is published before its author says so.
    at(&place.path, &["build", "-q"]).ends(0, &[]);
    at(&place.path, &["check", "--drafts", "-q"]).ends(0, &[]);
    assert!(!place.at("public/patterns/etc-passwd.html").exists());
}

#[test]
fn the_path_of_a_new_page_leads_there_from_where_one_is() {
    let place = starter();
    let made = at(&place.at("content/guides"), &["new", "guide", "Listening"]);
    let path = PathBuf::from(made.ends(0, &[]).out.trim_end());
    assert_eq!(path, place.at("content/guides/listening.md"));
}

// ---------------------------------------------------------------- what is said, and where

#[test]
fn findings_go_to_standard_error_of_build_and_to_standard_output_of_check() {
    let place = small();
    place.write("content/index.md", "# Welcome\n\nSee [this](gone.md) and [[Not yet]].\n");
    let said = at(&place.path, &["build"]);
    said.ends(1, &["error[dead-link]", "warning[wanted-page]", "1 error, 1 warning"]);
    assert!(said.out.is_empty() && place.at("public/index.html").exists());
    let said = at(&place.path, &["check"]);
    said.ends(1, &["1 error, 1 warning"]);
    assert!(said.out.contains("error[dead-link]") && !said.err.contains("dead-link"));
    place.write("content/index.md", "# Welcome\n\nSee [[Not yet]].\n");
    at(&place.path, &["build"]).ends(0, &["1 warning"]);
    at(&place.path, &["build", "--strict"]).ends(1, &["1 warning"]);
    at(&place.path, &["check", "--strict"]).ends(1, &["1 warning"]);
    let quiet = at(&place.path, &["build", "-q"]);
    assert!(quiet.ends(0, &["wanted-page"]).err.lines().all(|line| !line.contains('→')), "{}", quiet.err);
}

#[test]
fn more_is_said_when_it_is_asked_for() {
    let place = Place::with(&[("content/index.md", "# Welcome\n\nA handbook.\n")]);
    let (plain, more) = (at(&place.path, &["build"]), at(&place.path, &["build", "-v"]));
    assert!(!plain.err.contains("hint[no-base-url]") && more.err.contains("hint[no-base-url]"), "{}", more.err);
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let place = small();
    place.write("content/index.md", "# Welcome\n\nSee [[Not yet]].\n");
    let colours = |args: &[&str], no_color: &str| {
        let said = run(mendbook(&place.path, args).env("NO_COLOR", no_color));
        format!("{}{}", said.out, said.err).contains('\u{1b}')
    };
    for command in ["build", "check"] {
        assert!(!colours(&[command], ""));
        assert!(!colours(&[command, "--color", "never"], ""));
        assert!(colours(&[command, "--color", "always"], ""));
        assert!(colours(&[command, "--color", "always"], "1"), "what is asked for stands over NO_COLOR");
    }
}

#[test]
fn the_day_comes_from_the_option_then_the_environment() {
    let place = small();
    place.write(
        "content/index.md",
        "+++\ntitle = \"Welcome\"\nreviewed = 2026-01-01\nreview_every = \"30d\"\n+++\n\nA handbook.\n",
    );
    let overdue = |args: &[&str], epoch: &str| {
        let said = run(mendbook(&place.path, args).env("SOURCE_DATE_EPOCH", epoch));
        said.ends(0, &[]).err.contains("1 page overdue for review")
    };
    assert!(overdue(&["build", "--today", "2026-06-01"], ""));
    assert!(!overdue(&["build", "--today", "2026-01-02"], "1780272000"), "the option stands first");
    assert!(overdue(&["build"], "1780272000"));
    assert!(!overdue(&["build"], "1767225600"));
    at(&place.path, &["build", "--today", "2026-13-01"]).ends(2, &["2026-13-01"]);
    run(mendbook(&place.path, &["build"]).env("SOURCE_DATE_EPOCH", "soon")).ends(2, &["SOURCE_DATE_EPOCH", "soon"]);
}

#[test]
fn a_full_address_is_asked_for() {
    let place = small();
    at(&place.path, &["build", "--base-url", "example.org"]).ends(2, &["example.org", "https://"]);
    at(&place.path, &["build", "-q", "--base-url", "https://example.org/book"]).ends(0, &[]);
    assert!(place.read("public/sitemap.xml").contains("<loc>https://example.org/book/</loc>"));
}

#[test]
fn the_handbook_as_data_is_printed_whatever_the_findings() {
    let place = small();
    place.write("content/index.md", "# Welcome\n\nSee [this](gone.md).\n");
    let said = at(&place.path, &["export"]);
    let data: serde_json::Value = serde_json::from_str(&said.ends(0, &[]).out).unwrap();
    assert_eq!(data["pages"][0]["title"], "Welcome");
    assert_eq!(data["findings"][0]["check"], "dead-link");
}

#[test]
#[cfg(unix)]
fn a_reader_that_has_seen_enough_is_no_mistake() {
    let place = small();
    for page in 0..300 {
        place.write(&format!("content/p{page}.md"), &format!("# Page {page}\n\n{}\n", "Many words. ".repeat(60)));
    }
    let commands = ["export", "explain", "man", "completions bash", "check", "check --format json", "--help"];
    for command in commands {
        let args: Vec<&str> = command.split(' ').collect();
        let mut child = start(&mut mendbook(&place.path, &args));
        // Closed before the first byte is written, or after it: both are a reader that goes.
        let mut first = [0];
        if command == "export" {
            child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
        }
        drop(child.stdout.take());
        let ended = Run::of(child.wait_with_output().unwrap());
        assert!(matches!(ended.code, Some(0 | 1)), "{command}: {:?} {}", ended.code, ended.err);
        assert!(!ended.err.contains("bug"), "{command}: {}", ended.err);
    }
    let piped = run(&mut shell(&place.path, "\"$MENDBOOK\" export | head -c 1"));
    assert_eq!((piped.ends(0, &[]).out.as_str(), piped.err.as_str()), ("{", ""));
}

#[test]
#[cfg(target_os = "linux")]
fn data_that_cannot_be_written_is_no_success() {
    let place = small();
    for command in ["export", "explain", "check --format json", "man"] {
        let full = run(&mut shell(&place.path, &format!("\"$MENDBOOK\" {command} > /dev/full")));
        full.ends(2, &["standard output cannot be written"]);
    }
}

#[test]
fn every_command_shows_examples() {
    let place = Place::new();
    let help = at(&place.path, &["--help"]);
    assert!(help.ends(0, &[]).out.contains("Examples:\n  mendbook init"), "{}", help.out);
    let listed = help.out.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap().to_owned();
    let commands: Vec<&str> = listed
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() >= 8, "{commands:?}");
    for command in commands {
        let help = at(&place.path, &[command, "--help"]);
        let text = &help.ends(0, &[]).out;
        assert!(text.contains("Example") && text.contains(&format!("\n  mendbook {command}")), "{text}");
    }
    assert_eq!(place.names(), Vec::<String>::new(), "help writes nothing");
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let place = Place::new();
    let mut texts = vec![at(&place.path, &["man"])];
    texts.extend(["bash", "zsh", "fish", "powershell", "elvish"].map(|shell| at(&place.path, &["completions", shell])));
    for text in &texts {
        for command in ["init", "new", "build", "check", "publish", "explain", "export"] {
            assert!(text.ends(0, &[]).out.contains(command), "{command} is missing in {}", text.out);
        }
    }
    let bash = shell(&place.path, "\"$MENDBOOK\" completions bash | bash -n").status();
    assert!(bash.is_ok_and(|status| status.success()), "bash reads its completions");
}

#[test]
fn files_that_hosts_refuse_are_told_of_before_anything_is_published() {
    let place = small();
    let sized = |path: &str, megabytes: u64| {
        let file = place.at(&format!("content/{path}"));
        fs::File::create(file).unwrap().set_len(megabytes << 20).unwrap();
    };
    sized("fine.bin", 50);
    at(&place.path, &["check", "--strict"]).ends(0, &[]);
    sized("large.bin", 51);
    let said = at(&place.path, &["check"]);
    assert!(said.ends(0, &[]).out.contains("warning[heavy]: `content/large.bin` has 51 MB"), "{}", said.out);
    (0..14).for_each(|number| sized(&format!("part-{number}.bin"), 50));
    let said = at(&place.path, &["check"]);
    assert!(said.ends(0, &["2 warnings"]).out.contains("the files of the site have 801 MB together"), "{}", said.out);
    sized("refused.bin", 101);
    let said = at(&place.path, &["build"]);
    said.ends(1, &["error[too-large]: `content/refused.bin` has 101 MB", "not built"]);
    assert!(!place.at("public").exists());
}

#[test]
fn threads_are_started_within_reason() {
    let place = small();
    for threads in ["1", "100000000", "many", ""] {
        run(mendbook(&place.path, &["build", "-q"]).env("RAYON_NUM_THREADS", threads)).ends(0, &[]);
    }
}

#[test]
fn what_is_not_understood_ends_with_2() {
    let place = small();
    for args in [&[][..], &["biuld"], &["build", "--outputs", "x"], &["check", "--format", "xml"], &["explain", "dead"]]
    {
        at(&place.path, args).ends(2, &[]);
    }
    assert_eq!(place.names(), ["content", "site.toml"]);
}
