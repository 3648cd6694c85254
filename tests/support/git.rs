//! git, run in a folder by somebody called Ada, with nothing of the machine's own settings.

use std::path::Path;
use std::process::Command;

use super::program::{Run, run, shell};

/// A line of git that has to work; what it prints.
#[track_caller]
pub fn git(folder: &Path, line: &str) -> String {
    let done = alone(&mut shell(folder, &format!("git -c protocol.file.allow=always {line}")));
    assert_eq!(done.code, Some(0), "git {line}: {}", done.err);
    done.out.trim_end().to_owned()
}

/// Commit everything below a folder.
#[track_caller]
pub fn commit(folder: &Path, what: &str) {
    git(folder, "add --all");
    git(folder, &format!("commit --quiet --allow-empty --message '{what}'"));
}

/// Run a command as Ada, whatever the machine says.
pub fn alone(command: &mut Command) -> Run {
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "Ada").env(format!("GIT_{who}_EMAIL"), "ada@example.org");
    }
    run(command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1"))
}
