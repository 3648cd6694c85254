//! The output is always one whole site: killed builds, two builds at once, errors, and what stays as it was.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(unix)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use support::handbook::{change, many, nothing_beside, permit, refused, small};
use support::program::{Place, Run, build, mendbook, run, shell, start, state};

/// The files of an output by their bytes, without those that its owner put there.
type Site = BTreeMap<String, Vec<u8>>;

/// The site that lies in `public`.
fn site(place: &Place) -> Site {
    let mut files = support::tree(&place.at("public"));
    files.retain(|path, _| path != "CNAME" && !path.starts_with(".git/"));
    files
}

/// A gh-pages worktree as the output: its `.git` and an own domain.
fn worktree(place: &Place) {
    place.write("public/.git/HEAD", "ref: refs/heads/gh-pages\n");
    place.write("public/.git/refs/heads/gh-pages", "0123\n");
    place.write("public/CNAME", "handbook.test\n");
}

/// The owner's files are there, byte for byte.
#[track_caller]
fn worktree_is_kept(place: &Place) {
    assert_eq!(place.read("public/.git/HEAD"), "ref: refs/heads/gh-pages\n");
    assert_eq!(place.read("public/.git/refs/heads/gh-pages"), "0123\n");
    assert_eq!(place.read("public/CNAME"), "handbook.test\n");
}

/// Numbers below `below` that look random and are the same in every run.
fn numbers(seed: u64, below: u64) -> impl Iterator<Item = u64> {
    std::iter::successors(Some(seed), |last| Some(last.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1)))
        .skip(1)
        .map(move |number| (number >> 33) % below)
}

// ---------------------------------------------------------------- kills

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let place = many("A");
    let begun = Instant::now();
    build(&place.path);
    let whole = u64::try_from(begun.elapsed().as_micros()).unwrap();
    let a = site(&place);
    change(&place, "B");
    build(&place.path);
    let b = site(&place);
    assert_ne!(a, b);
    worktree(&place);
    let (mut old, mut new) = (0, 0);
    for (turn, moment) in numbers(7, 1000).take(20).enumerate() {
        let (version, before, after) = if turn % 2 == 0 { ("A", &b, &a) } else { ("B", &a, &b) };
        change(&place, version);
        let mut child = start(&mut mendbook(&place.path, &["build", "-q"]));
        if turn % 4 < 2 {
            std::thread::sleep(Duration::from_micros(whole * moment / 1000));
        } else {
            until_the_swap(&place, child.id());
            std::thread::sleep(Duration::from_micros(moment * 20));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let left = site(&place);
        assert!(left == *before || left == *after, "turn {turn}: neither the old site nor the new one");
        if left == *before {
            old += 1
        } else {
            new += 1
        }
        build(&place.path);
        assert!(site(&place) == *after, "turn {turn}: the next build does not make its site");
        worktree_is_kept(&place);
        nothing_beside(&place);
    }
    println!("{old} kills left the old site, {new} the new one");
}

/// Wait until a build has written its manifest, the last thing before the swap; or has ended.
fn until_the_swap(place: &Place, pid: u32) {
    let manifest = place.at(&format!(".public.new-{pid}/.mendbook-manifest.json"));
    let begun = Instant::now();
    // A finished build is a process that has ended and is not yet waited for: the bound ends the loop.
    while !manifest.exists() && begun.elapsed() < Duration::from_secs(3) {
        std::hint::spin_loop();
    }
}

#[test]
fn a_kill_before_the_old_git_was_carried_over_loses_nothing() {
    let place = many("A");
    build(&place.path);
    // As the swap leaves it: the new site in place, the old tree under the temporary name with what was its owner's.
    fs::rename(place.at("public"), place.at(".public.new-4194304")).unwrap();
    change(&place, "B");
    build(&place.path);
    let new = site(&place);
    place.write(".public.new-4194304/.git/HEAD", "ref: refs/heads/gh-pages\n");
    place.write(".public.new-4194304/.git/refs/heads/gh-pages", "0123\n");
    place.write(".public.new-4194304/CNAME", "handbook.test\n");
    build(&place.path);
    worktree_is_kept(&place);
    assert!(site(&place) == new);
    nothing_beside(&place);
}

#[test]
fn two_repositories_in_one_place_are_never_thrown_away() {
    let place = many("A");
    build(&place.path);
    worktree(&place);
    place.write(".public.swapped-7/.git/HEAD", "another");
    let before = state(&place.path);
    run(&mut mendbook(&place.path, &["build"])).ends(2, &[".public.swapped-7", "`.git`", "nothing was changed"]);
    assert_eq!(place.read(".public.swapped-7/.git/HEAD"), "another");
    assert!(
        state(&place.at("public"))
            .keys()
            .eq(before.keys().filter_map(|path| { (path == "public").then_some("").or(path.strip_prefix("public/")) }))
    );
}

// ---------------------------------------------------------------- a worktree as output

#[test]
fn a_worktree_keeps_its_git_and_its_domain_through_many_builds() {
    let folder = small();
    worktree(&folder);
    // A linked worktree has a file there.
    let file = small();
    file.write("public/.git", "gitdir: ../.git/worktrees/public\n");
    for turn in 0..12 {
        for place in [&folder, &file] {
            place.write("content/index.md", &format!("# Welcome\n\nTurn {}.\n", turn / 2));
            build(&place.path);
        }
        worktree_is_kept(&folder);
        assert_eq!(file.read("public/.git"), "gitdir: ../.git/worktrees/public\n");
    }
}

#[test]
fn a_domain_of_site_toml_stands_over_an_old_one_and_goes_with_it() {
    let place = small();
    place.write("public/CNAME", "by-hand.test\n");
    place.write("site.toml", "domain = \"ours.test\"\nbase_url = \"https://ours.test/\"\n");
    build(&place.path);
    assert_eq!(place.read("public/CNAME"), "ours.test\n");
    place.write("site.toml", "base_url = \"https://ours.test/\"\n");
    build(&place.path);
    assert!(!place.at("public/CNAME").exists(), "what mendbook wrote is not taken for the owner's");
}

// ---------------------------------------------------------------- two builds at once

#[test]
fn of_two_builds_at_once_each_ends_whole_or_names_the_other() {
    let place = many("A");
    build(&place.path);
    let expected = site(&place);
    let mut refusals = 0;
    for turn in 0..20 {
        // Something to write each time, and the same in the end.
        fs::remove_file(place.at(&format!("public/patterns/p{turn}.html"))).unwrap();
        let children = [(), ()].map(|()| start(&mut mendbook(&place.path, &["build", "-q"])));
        let pids: Vec<u32> = children.iter().map(std::process::Child::id).collect();
        let runs = children.map(|child| Run::of(child.wait_with_output().unwrap()));
        assert!(runs.iter().any(|run| run.code == Some(0)), "{} {}", runs[0].err, runs[1].err);
        for (run, other) in runs.iter().zip(pids.iter().rev()).filter(|(run, _)| run.code != Some(0)) {
            run.ends(2, &[&format!("another build (process {other}) is writing"), "nothing was changed"]);
            refusals += 1;
        }
        assert!(site(&place) == expected, "turn {turn}: not the whole site");
        nothing_beside(&place);
    }
    println!("{refusals} of 20 times the second build was told of the first");
}

#[test]
fn a_build_that_is_under_way_is_named_and_not_disturbed() {
    let place = small();
    build(&place.path);
    let lock = fs::File::create(place.at(".public.lock")).unwrap();
    lock.lock().unwrap();
    place.write(".public.lock", "12345\n");
    let before = state(&place.path);
    let words = ["another build (process 12345) is writing", "nothing was changed"];
    run(&mut mendbook(&place.path, &["build"])).ends(2, &words);
    assert!(state(&place.path) == before);
    // The build that held it was killed: its lock holds no more, whatever its file says.
    drop(lock);
    build(&place.path);
    nothing_beside(&place);
}

// ---------------------------------------------------------------- errors, and nothing to do

#[test]
fn an_error_that_blocks_never_touches_the_output() {
    let latin = b"# Caf\xe9\n".as_slice();
    let template =
        b"{% extends \"plain/page.html\" %}{% block main %}{{ page.title | nothing }}{% endblock %}".as_slice();
    let cases: [(&str, &[u8], &str); 4] = [
        ("content/index.md", latin, "error[unreadable]"),
        ("site.toml", b"title = ", "error[bad-config]"),
        ("content/con.md", b"# Con\n", "error[bad-name]"),
        ("themes/ours/page.html", template, "error[template-error]"),
    ];
    for (path, bytes, finding) in cases {
        let place = small();
        place.write("content/a.md", "# A\n\nText.\n");
        place.write("site.toml", "base_url = \"https://x.test/\"\n[theme]\nlayers = [\"ours\"]\n");
        place.write("themes/ours/extra.css", "");
        build(&place.path);
        fs::write(place.at(path), bytes).unwrap();
        refused(&place, (&mut mendbook(&place.path, &["build"]), 1), &[finding, "the last site is as it was"]);
        // Without an old site there is no half of a new one, and no folder on the way to it.
        run(&mut mendbook(&place.path, &["build", "--output", "new/deep/public"])).ends(1, &[finding]);
        assert!(!place.at("new").exists(), "{path}");
    }
}

#[test]
fn an_error_that_does_not_block_puts_the_new_site_in_place() {
    let place = small();
    build(&place.path);
    place.write("content/index.md", "# Welcome\n\nThe new words, and [a link](gone.md).\n");
    run(&mut mendbook(&place.path, &["build"])).ends(1, &["error[dead-link]"]);
    assert!(place.read("public/index.html").contains("The new words"));
    nothing_beside(&place);
}

#[test]
fn a_build_that_changes_nothing_changes_no_byte_and_no_time() {
    let place = many("A");
    build(&place.path);
    worktree(&place);
    let before = state(&place.at("public"));
    run(&mut mendbook(&place.path, &["build"])).ends(0, &["nothing changed"]);
    assert!(state(&place.at("public")) == before);
    // And one that changes a page leaves the times of the others.
    place.write("content/patterns/p5.md", "# Pattern 5\n\nAnother text.\n");
    build(&place.path);
    let after = state(&place.at("public"));
    assert_eq!(before["patterns/p140.html"], after["patterns/p140.html"]);
    assert_ne!(before["patterns/p5.html"], after["patterns/p5.html"]);
}

// ---------------------------------------------------------------- what is published

#[test]
fn files_are_plain_and_readable_by_everyone_after_a_rebuild() {
    let place = many("A");
    let masked = "umask 077 && exec \"$MENDBOOK\" build -q";
    for version in ["A", "B"] {
        change(&place, version);
        run(&mut shell(&place.path, masked)).ends(0, &[]);
        plain(&place.at("public"));
        // What somebody did to a file by hand does not stay, though its bytes are right.
        permit(&place, "public/patterns/p1.html", 0o600);
        fs::hard_link(place.at("public/patterns/p2.html"), place.at("elsewhere.html")).unwrap();
        fs::rename(place.at("public/patterns/p3.html"), place.at("moved.html")).unwrap();
        std::os::unix::fs::symlink("../../moved.html", place.at("public/patterns/p3.html")).unwrap();
        run(&mut shell(&place.path, masked)).ends(0, &[]);
        plain(&place.at("public"));
        ["elsewhere.html", "moved.html"].iter().for_each(|path| fs::remove_file(place.at(path)).unwrap());
    }
}

/// Only files 0644 with one name, and folders 0755.
#[track_caller]
fn plain(folder: &Path) {
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        let (meta, path) = (entry.metadata().unwrap(), entry.path().display());
        assert!(meta.is_file() || meta.is_dir(), "{path} is a link");
        let expected = if meta.is_dir() { 0o755 } else { 0o644 };
        assert_eq!(meta.mode() & 0o7777, expected, "{path}: {:o}", meta.mode());
        assert!(meta.is_dir() || meta.nlink() == 1, "{path} has {} names", meta.nlink());
    }
}

#[test]
fn only_two_made_names_are_hidden_and_secrets_stay_at_home() {
    let place = small();
    place.write("site.toml", "domain = \"ours.test\"\nbase_url = \"https://ours.test/\"\n");
    for path in [".env", ".env.local", ".git/config", ".well-known/x", "_headers", "a.swp", "b~"] {
        place.write(&format!("static/{path}"), "secret");
        place.write(&format!("content/{path}"), "secret");
    }
    build(&place.path);
    let hidden = |path: &&String| path.split('/').any(|part| part.starts_with(['.', '_']) || part.ends_with('~'));
    let files = site(&place);
    let names: Vec<&String> = files.keys().filter(hidden).collect();
    assert_eq!(names, [".mendbook-manifest.json", ".nojekyll", ".well-known/x", "_headers"]);
    assert!(!files.contains_key("a.swp"));
    assert_eq!(place.read("public/CNAME"), "ours.test\n");
    assert_eq!(place.read("public/.nojekyll"), "");
}
