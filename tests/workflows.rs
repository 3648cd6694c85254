//! The workflows that `mendbook init` writes: YAML that hosts understand, permissions that are few, and commands that
//! work, run here step by step as a host would.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(unix)]

mod support;

use mendbook::data::{Node, Value, yaml};
use support::git::git;
use support::program::{Place, at, run, shell};

/// A new handbook in a repository with a remote.
fn handbook(words: &[&str]) -> Place {
    let place = Place::new();
    git(&place.path, "init --quiet --initial-branch trunk");
    at(&place.path, &[&["init", "--quiet"], words].concat()).ends(0, &[]);
    place
}

/// A file of YAML without a fault.
fn read(place: &Place, path: &str) -> Node {
    let (node, faults) = yaml(&place.read(path), 0);
    assert!(faults.is_empty(), "{path}: {faults:?}");
    node
}

/// The value at a path of keys.
#[track_caller]
fn get<'n>(node: &'n Node, path: &str) -> &'n Node {
    path.split('/')
        .fold(node, |node, key| &node.get(key).unwrap_or_else(|| panic!("there is no `{key}` of {path}")).node)
}

fn text(node: &Node) -> &str {
    if let Value::Text(text) = &node.value { text } else { panic!("{node:?} is no text") }
}

fn list(node: &Node) -> &[Node] {
    if let Value::List(items) = &node.value { items } else { panic!("{node:?} is no list") }
}

/// The keys of a table with their texts.
fn pairs(node: &Node) -> Vec<(&str, &str)> {
    node.entries().iter().map(|entry| (entry.key.as_str(), text(&entry.node))).collect()
}

#[test]
fn the_workflow_of_github_says_what_it_may_do() {
    let place = handbook(&["--host", "github"]);
    let workflow = read(&place, ".github/workflows/handbook.yml");
    assert_eq!(
        list(get(&workflow, "on/push/branches")).iter().map(text).collect::<Vec<_>>(),
        ["trunk"],
        "the branch that is checked out"
    );
    assert!(get(&workflow, "on").get("pull_request").is_some());
    assert_eq!(text(get(&workflow, "env/VERSION")), env!("CARGO_PKG_VERSION"));
    assert_eq!(pairs(get(&workflow, "permissions")), [("contents", "read")]);
    assert_eq!(
        pairs(get(&workflow, "jobs/build/permissions")),
        [("contents", "read"), ("pages", "read")],
        "what a pull request runs may write nothing"
    );
    let publish = get(&workflow, "jobs/publish");
    assert_eq!(pairs(get(publish, "permissions")), [("pages", "write"), ("id-token", "write")]);
    assert_eq!(text(get(publish, "environment/name")), "github-pages");
    assert_eq!(text(get(publish, "needs")), "build");
    let jobs = [get(&workflow, "jobs/build/steps"), get(publish, "steps")];
    let used = jobs.into_iter().flat_map(list).filter_map(|step| step.get("uses")).map(|entry| text(&entry.node));
    let used: Vec<&str> = used.collect();
    assert_eq!(
        used,
        ["actions/checkout@v4", "actions/cache@v4", "actions/upload-pages-artifact@v3", "actions/deploy-pages@v4"]
    );
    let upload = list(jobs[0])
        .iter()
        .find(|step| step.get("uses").is_some_and(|uses| text(&uses.node).contains("upload")))
        .unwrap();
    assert_eq!(text(get(upload, "with/path")), "public", "the folder that is built is the one that is uploaded");
}

#[test]
fn no_step_of_the_workflow_of_github_fails() {
    let place = handbook(&[]);
    origin(&place);
    let workflow = read(&place, ".github/workflows/handbook.yml");
    let steps = list(get(&workflow, "jobs/build/steps"));
    let scripts = steps.iter().filter_map(|step| step.get("run")).map(|entry| text(&entry.node));
    let mut ran = 0;
    for script in scripts {
        // As on a runner: with `mendbook` on the path, `bash -e`, and a repository whose Pages are off.
        let line = format!("bash -e -c '{}'", script.replace('\'', "'\\''"));
        host(&place, &line).ends(0, &[]);
        ran += 1;
    }
    assert_eq!(ran, 6);
    assert_eq!(place.read("output.txt"), "ready=yes\n", "mendbook is ready, and Pages is not on");
    assert!(place.read("summary.md").contains("`origin/trunk`"), "{}", place.read("summary.md"));
}

#[test]
fn no_job_of_gitlab_fails() {
    let place = handbook(&["--host", "gitlab"]);
    origin(&place);
    assert!(!place.names().contains(&".github".to_owned()));
    let pipeline = read(&place, ".gitlab-ci.yml");
    let before = list(get(&pipeline, ".mendbook/before_script"));
    for job in ["check", "pages"] {
        assert_eq!(text(get(&pipeline, &format!("{job}/extends"))), ".mendbook");
        let lines: Vec<&str> = before.iter().chain(list(get(&pipeline, &format!("{job}/script")))).map(text).collect();
        host(&place, &format!("set -e\n{}", lines.join("\n"))).ends(0, &[]);
    }
    assert_eq!(list(get(&pipeline, "pages/artifacts/paths")).iter().map(text).collect::<Vec<_>>(), ["public"]);
    assert!(place.read("public/sitemap.xml").contains("https://group.gitlab.test/book/"));
    // Where mendbook cannot be installed a job ends with what the pipeline allows.
    let Value::Int(allowed) = get(&pipeline, ".mendbook/allow_failure/exit_codes").value else { panic!("no code") };
    let lines: Vec<&str> = before.iter().map(text).collect();
    let line = format!("PATH=/usr/bin:/bin; cargo() {{ return 1; }}; {}", lines.join("\n"));
    assert_eq!(
        run(&mut shell(&place.path, &format!("export CARGO_HOME=$PWD/none; {line}"))).code.map(i64::from),
        Some(allowed)
    );
}

/// A remote that has the handbook's first state, and a change that is not there yet.
fn origin(place: &Place) {
    git(&place.path, "add --all");
    git(&place.path, "commit --quiet --message Begin");
    git(&place.path, "clone --quiet --bare . host.git");
    git(&place.path, "remote add origin host.git");
    git(&place.path, "fetch --quiet origin");
    place.write("content/more.md", "# More\n\nSee [[A broken promise]].\n");
}

/// Run a script with what a host sets.
fn host(place: &Place, script: &str) -> support::program::Run {
    let bin = place.at("bin");
    std::fs::create_dir_all(&bin).unwrap();
    let _ = std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_mendbook"), bin.join("mendbook"));
    let line = format!("PATH=\"{}:/usr/bin:/bin\"; {script}", bin.display());
    let mut command = shell(&place.path, &line);
    command.env("HOME", &place.path).env("BINARY", "").env("VERSION", "0.1.0").env("CARGO_HOME", place.at(".cargo"));
    command.env("GITHUB_OUTPUT", place.at("output.txt")).env("GITHUB_STEP_SUMMARY", place.at("summary.md"));
    command.env("GITHUB_BASE_REF", "trunk").env("GITHUB_REPOSITORY", "example/book");
    command.env("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "trunk").env("CI_PAGES_URL", "https://group.gitlab.test/book");
    run(&mut command)
}

#[test]
fn the_host_follows_from_the_remote() {
    for (remote, path) in [
        ("git@gitlab.com:group/book.git", ".gitlab-ci.yml"),
        ("git@github.com:org/book.git", ".github"),
        ("https://git.example.org/book", ".github"),
    ] {
        let place = Place::new();
        git(&place.path, "init --quiet");
        git(&place.path, &format!("remote add origin {remote}"));
        at(&place.path, &["init", "--quiet"]).ends(0, &[]);
        assert!(place.names().contains(&path.to_owned()), "{remote}: {:?}", place.names());
    }
}

#[test]
fn a_handbook_within_a_repository_is_told_where_the_workflow_belongs() {
    let place = Place::new();
    git(&place.path, "init --quiet");
    at(&place.path, &["init", "docs"]).ends(0, &["at the top of the repository: move it there, and write `-C docs/`"]);
}

#[test]
fn pages_lead_to_their_file_where_the_remote_is() {
    for (remote, href) in [
        ("git@github.com:org/book.git", "https://github.com/org/book/edit/trunk/content/about.md"),
        ("https://gitlab.com/group/book.git", "https://gitlab.com/group/book/-/edit/trunk/content/about.md"),
    ] {
        let place = Place::new();
        git(&place.path, "init --quiet --initial-branch trunk");
        git(&place.path, &format!("remote add origin {remote}"));
        at(&place.path, &["init", "--quiet"]).ends(0, &[]);
        at(&place.path, &["build", "--quiet"]).ends(0, &[]);
        assert!(place.read("public/about.html").contains(&format!("href=\"{href}\"")), "{href}");
        let said = at(&place.path, &["check", "--strict"]);
        assert_eq!(said.ends(0, &["nothing to mend"]).out, "", "with a remote there is not even a hint");
    }
}
