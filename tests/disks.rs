//! Disks that refuse: they are full, limited, mounted, or permit nothing. The old site stays as it is, and the cause and
//! the path are named.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(unix)]

mod support;

use std::fs;
use std::process::Command;

use support::handbook::{PAGES, change, many, permit, refused, small};
use support::program::{Place, build, mendbook, not_tested, run, shell};

#[test]
fn a_limit_on_the_size_of_files_keeps_the_old_site() {
    let place = many("A");
    build(&place.path);
    change(&place, "B");
    let limited = "ulimit -f 20 && exec \"$MENDBOOK\" build";
    refused(
        &place,
        (&mut shell(&place.path, limited), 2),
        &["public/", "larger than is allowed", "nothing was changed"],
    );
}

/// A command of `sh` in which file systems can be mounted that nobody else sees; nothing where that is not allowed.
fn mounting(place: &Place, line: &str) -> Option<Command> {
    let may = |args: &[&str]| {
        let mut command = Command::new("unshare");
        command
            .args(args)
            .args(["sh", "-c", "mount -t tmpfs none /mnt"])
            .output()
            .is_ok_and(|done| done.status.success())
    };
    let ways: [&[&str]; 2] = [&["-m"], &["-r", "-m"]];
    let Some(way) = ways.into_iter().find(|way| may(way)) else {
        not_tested("a full disk and a mount point as output: no file system can be mounted here");
        return None;
    };
    let mut command = Command::new("unshare");
    command.args(way).args(["sh", "-c", line]).current_dir(&place.path);
    command.env("MENDBOOK", env!("CARGO_BIN_EXE_mendbook"));
    Some(command)
}

#[test]
fn a_full_disk_keeps_the_old_site() {
    let place = many("A");
    // The old site fits the disk, and a second one does not.
    let line = "mkdir disk && mount -t tmpfs -o size=4m none disk && \"$MENDBOOK\" build -q --output disk/public \
                && find disk -type f | sort | xargs cat | cksum > before && cp -r changed/. content/ \
                && { \"$MENDBOOK\" build --output disk/public; echo \"code $?\"; ls -A disk; } \
                && find disk -type f | sort | xargs cat | cksum > after && cmp before after && echo same";
    for page in 0..PAGES {
        place.write(
            &format!("changed/patterns/p{page}.md"),
            &format!("# Pattern {page}\n\n{}\n", "Full. ".repeat(4000)),
        );
    }
    let Some(mut command) = mounting(&place, line) else { return };
    let done = run(&mut command);
    done.ends(0, &["the disk is full", "disk/public/", "nothing was changed"]);
    assert_eq!(done.out, "code 2\npublic\nsame\n", "{}", done.err);
}

#[test]
fn a_mount_point_is_no_output() {
    let place = small();
    let line = "mkdir other bound && mount -t tmpfs none other && mount --bind bound bound && for out in other bound; do \
                \"$MENDBOOK\" build --output $out; echo \"code $?\"; ls -A $out; done; ls -A";
    let Some(mut command) = mounting(&place, line) else { return };
    let done = run(&mut command);
    let words = ["other` cannot be the output folder: it is a mount point", "replace", "bound`: it is a mount point"];
    done.ends(0, &words);
    assert_eq!(done.out, "code 2\ncode 2\nbound\ncontent\nother\nsite.toml\n", "{}", done.err);
}

/// Change who the tests' files belong to and who runs the program, where the tests are run by someone whom
/// permissions do not bind; nothing where that is not possible.
fn bound_by_permissions(place: &Place) -> Option<Command> {
    if !rustix::process::geteuid().is_root() {
        return Some(mendbook(&place.path, &["build"]));
    }
    // The program too must be within that user's reach.
    let program = place.at(".program");
    fs::copy(env!("CARGO_BIN_EXE_mendbook"), &program).unwrap();
    let owned = Command::new("chown").args(["-R", "65534:65534"]).arg(&place.path).status();
    let somebody = |word: &str| {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program).arg(word);
        command.current_dir(&place.path);
        command
    };
    let works = somebody("--version").output().is_ok_and(|done| done.status.success());
    if !works || !owned.is_ok_and(|status| status.success()) {
        not_tested("files and folders that may not be read or written: permissions do not bind this user");
        return None;
    }
    Some(somebody("build"))
}

#[test]
fn what_may_not_be_read_is_the_authors_to_mend() {
    for path in ["content/index.md", "content/deep", "content", "content/picture.png"] {
        let place = small();
        place.write("content/deep/a.md", "# A\n\nText.\n");
        place.write("content/picture.png", "x");
        build(&place.path);
        place.write("content/deep/a.md", "# A\n\nChanged.\n");
        let Some(mut command) = bound_by_permissions(&place) else { return };
        permit(&place, path, 0);
        refused(
            &place,
            (&mut command, 1),
            &["error[unreadable]", path, "ermission denied", "the last site is as it was"],
        );
        permit(&place, path, 0o755);
    }
}

#[test]
fn a_folder_that_may_not_be_written_is_named() {
    let place = small();
    build(&place.path);
    place.write("content/index.md", "# Welcome\n\nChanged.\n");
    let Some(mut command) = bound_by_permissions(&place) else { return };
    permit(&place, ".", 0o555);
    refused(&place, (&mut command, 2), &[".public.lock", "permission denied", "nothing was changed"]);
    permit(&place, ".", 0o755);
    let Some(mut command) = bound_by_permissions(&place) else { return };
    permit(&place, "content", 0o555);
    run(command.args(["--output", "closed/public"])).ends(0, &[]);
    permit(&place, "closed", 0o555);
    let Some(mut command) = bound_by_permissions(&place) else { return };
    run(command.args(["--output", "closed/inner/public"])).ends(2, &["closed/inner`: permission denied"]);
    permit(&place, "closed", 0o755);
    permit(&place, "content", 0o755);
    assert_eq!(fs::read_dir(place.at("closed")).unwrap().count(), 1, "the lock is gone, and no folder was made");
}
