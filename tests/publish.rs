//! `mendbook publish`, with a bare repository as the host: what arrives, what is left alone, and what is refused.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(unix)]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use support::git::{alone, commit, git};
use support::program::{Place, Run, at, mendbook, run};

const HOME: &str = "+++\ntitle = \"Home\"\n+++\nSee [[Silence]].\n";
const SILENCE: &str = "+++\ntitle = \"Silence\"\n+++\nNobody says a word. See [[Home]].\n";

/// The handbook `book`, committed, and the host `host.git`, side by side.
fn two() -> Place {
    let place = Place::new();
    place.write("book/site.toml", "base_url = \"https://org.test/book/\"\n");
    place.write("book/.gitignore", "/public/\n/.public.*\n");
    place.write("book/content/index.md", HOME);
    place.write("book/content/silence.md", SILENCE);
    git(&place.path, "init --quiet --bare host.git");
    git(&place.at("book"), "init --quiet --initial-branch main");
    git(&place.at("book"), "remote add origin ../host.git");
    commit(&place.at("book"), "Begin");
    place
}

fn publish(folder: &Path, words: &[&str]) -> Run {
    alone(&mut mendbook(folder, &[&["publish"], words].concat()))
}

/// The paths on a branch of the host.
fn held(place: &Place, branch: &str) -> Vec<String> {
    git(&place.at("host.git"), &format!("ls-tree -r --name-only {branch}")).lines().map(str::to_owned).collect()
}

/// How many commits a branch of the host has.
fn commits(place: &Place, branch: &str) -> usize {
    git(&place.at("host.git"), &format!("rev-list --count {branch}")).parse().unwrap()
}

/// What a publish must leave as it is: HEAD, the index, the branches, and what git says of the work tree.
fn checkout(folder: &Path) -> Vec<String> {
    let asked = ["rev-parse HEAD", "ls-files --stage", "for-each-ref refs/heads", "status --porcelain", "stash list"];
    asked.iter().map(|line| git(folder, line)).chain([fs::read_to_string(folder.join(".git/HEAD")).unwrap()]).collect()
}

#[test]
fn the_first_publish_makes_the_branch_and_touches_no_checkout() {
    let place = two();
    let book = place.at("book");
    place.write("book/content/draft.txt", "not committed");
    git(&book, "add content/draft.txt");
    let before = checkout(&book);
    publish(&book, &[])
        .ends(0, &["pages new", "on `gh-pages` of `origin`: https://org.test/book/", "the branch is new"]);
    assert_eq!(checkout(&book), before);
    let paths = held(&place, "gh-pages");
    for path in ["index.html", "silence.html", "404.html", ".nojekyll", "assets/mend.css", ".mendbook-manifest.json"] {
        assert!(paths.iter().any(|held| held == path), "{path} of {paths:?}");
    }
    let files = support::tree(&book.join("public"));
    assert_eq!(paths, files.keys().cloned().collect::<Vec<_>>(), "exactly the output");
    assert_eq!(git(&place.at("host.git"), "show gh-pages:index.html"), place.read("book/public/index.html").trim_end());
    let said = git(&place.at("host.git"), "log -1 --format=%an%n%B gh-pages");
    let head = git(&book, "rev-parse HEAD");
    assert!(
        said.starts_with(&format!(
            "Ada\nPublish {} with changes that are not committed\n\nSource: {head}\nAddress: https://org.test/book/\n",
            &head[..12]
        )),
        "{said}"
    );
    assert!(
        !fs::read_dir(book.join(".git"))
            .unwrap()
            .flatten()
            .any(|file| file.file_name().to_string_lossy().contains("mendbook"))
    );
}

#[test]
fn the_second_publish_adds_one_commit_and_the_third_none() {
    let place = two();
    let book = place.at("book");
    publish(&book, &["--quiet"]).ends(0, &[]);
    place.write("book/content/silence.md", &SILENCE.replace("a word", "anything"));
    place.write("book/content/late.md", "+++\ntitle = \"Late news\"\n+++\nSee [[Home]].\n");
    commit(&book, "Say more");
    let dry = publish(&book, &["--dry-run"]);
    dry.ends(0, &["2 pages new, 5 changed and 14 other files would go", "nothing was published"]);
    assert!(dry.out.contains("new     late.html\n") && dry.out.contains("changed silence.html\n"), "{}", dry.out);
    assert_eq!(commits(&place, "gh-pages"), 1);
    let head = git(&book, "rev-parse HEAD");
    publish(&book, &[]).ends(0, &["2 pages new, 5 changed and 14 other files published as "]);
    assert_eq!(commits(&place, "gh-pages"), 2);
    assert_eq!(git(&place.at("host.git"), "log -1 --format=%s gh-pages"), format!("Publish {}", &head[..12]));
    publish(&book, &[]).ends(0, &["nothing to publish: `gh-pages` of `origin` holds this very handbook"]);
    fs::remove_file(place.at("book/content/late.md")).unwrap();
    let dry = publish(&book, &["--dry-run"]);
    assert!(dry.ends(0, &["2 gone"]).out.contains("gone    late.html\n"), "{}", dry.out);
    assert_eq!(commits(&place, "gh-pages"), 2);
}

#[test]
fn the_same_source_gives_the_same_commit() {
    let place = two();
    let book = place.at("book");
    let mut commits = Vec::new();
    for branch in ["one", "two"] {
        let done = alone(mendbook(&book, &["publish", "--branch", branch]).env("SOURCE_DATE_EPOCH", "1767225600"));
        done.ends(0, &[]);
        commits.push(git(&place.at("host.git"), &format!("rev-parse {branch}")));
    }
    assert_eq!(commits[0], commits[1]);
}

#[test]
fn somebody_who_publishes_meanwhile_is_not_overwritten() {
    let place = two();
    let book = place.at("book");
    publish(&book, &["--quiet"]).ends(0, &[]);
    git(&place.path, "clone --quiet --branch main book second");
    git(&place.at("second"), "remote set-url origin ../host.git");
    place.write("second/content/index.md", &format!("{HOME}\nFrom the second.\n"));
    place.write("book/content/index.md", &format!("{HOME}\nFrom the first.\n"));
    // The host lets the second publish come in while it looks at the first.
    let hook = place.at("host.git/hooks/pre-receive");
    let program = env!("CARGO_BIN_EXE_mendbook");
    let second = place.at("second");
    let line = format!(
        "#!/bin/sh\nunset GIT_DIR GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\nrm -f \"$0\"\n'{program}' -C '{}' publish --quiet >&2\n",
        second.display()
    );
    fs::write(&hook, line).unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    publish(&book, &[]).ends(
        2,
        &["`gh-pages` of `origin` has moved meanwhile", "run `mendbook publish` again", "nothing was published"],
    );
    assert!(!hook.exists(), "the second publish came in between");
    assert!(git(&place.at("host.git"), "show gh-pages:index.html").contains("From the second."));
    assert_eq!(commits(&place, "gh-pages"), 2);
    // Again, on top of what is there now.
    publish(&book, &["--quiet"]).ends(0, &[]);
    assert!(git(&place.at("host.git"), "show gh-pages:index.html").contains("From the first."));
    assert_eq!(commits(&place, "gh-pages"), 3);
}

#[test]
fn what_the_host_says_is_shown() {
    let place = two();
    let hook = place.at("host.git/hooks/pre-receive");
    fs::write(&hook, "#!/bin/sh\necho 'The branch is protected.' >&2\nexit 1\n").unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    publish(&place.at("book"), &[]).ends(
        2,
        &["`origin` does not take `gh-pages`: git says:", "The branch is protected.", "nothing was published"],
    );
    fs::rename(place.at("host.git"), place.at("elsewhere.git")).unwrap();
    publish(&place.at("book"), &[])
        .ends(2, &["`origin` cannot be asked for `gh-pages`: git says:", "nothing was published"]);
}

#[test]
fn a_branch_with_files_of_somebody_is_left_alone() {
    let place = two();
    let book = place.at("book");
    git(&book, "push --quiet origin main");
    publish(&book, &["--branch", "main"]).ends(
        2,
        &[
            "the branch `main` of `origin` holds `.gitignore`, which mendbook did not write",
            "--branch",
            "nothing was published",
        ],
    );
    publish(&book, &["--quiet"]).ends(0, &[]);
    git(&place.path, "clone --quiet --branch gh-pages host.git pages");
    place.write("pages/google1.html", "x");
    commit(&place.at("pages"), "By hand");
    git(&place.at("pages"), "push --quiet origin gh-pages");
    publish(&book, &[])
        .ends(2, &["holds `google1.html`, which mendbook did not write", "put that file into `static/`"]);
    assert_eq!(commits(&place, "gh-pages"), 2);
}

#[test]
fn the_domain_of_the_branch_is_kept_and_says_the_address() {
    let place = two();
    let book = place.at("book");
    place.write("book/site.toml", "");
    git(&place.path, "clone --quiet host.git pages");
    place.write("pages/CNAME", "handbook.test\n");
    commit(&place.at("pages"), "Set the domain");
    git(&place.at("pages"), "push --quiet origin HEAD:gh-pages");
    publish(&book, &[]).ends(0, &["https://handbook.test/", "by the `CNAME` on the published branch"]);
    assert_eq!(git(&place.at("host.git"), "show gh-pages:CNAME"), "handbook.test");
    assert!(git(&place.at("host.git"), "show gh-pages:index.html").contains("https://handbook.test/"));
    publish(&book, &["--base-url", "https://other.test/"])
        .ends(1, &["error[wrong-base]: `CNAME` says `handbook.test`", "not published: "]);
    assert_eq!(commits(&place, "gh-pages"), 2);
    // A domain of site.toml wins.
    place.write("book/site.toml", "domain = \"new.test\"\n");
    publish(&book, &[]).ends(0, &[]);
    assert_eq!(git(&place.at("host.git"), "show gh-pages:CNAME"), "new.test");
}

#[test]
fn errors_in_the_pages_or_in_the_output_publish_nothing() {
    let place = two();
    let book = place.at("book");
    place.write("book/content/silence.md", "# Silence\n\n[Gone](gone.md)\n");
    publish(&book, &[]).ends(1, &["error[dead-link]", "not published: 1 error"]);
    assert!(!book.join("public").exists(), "nothing is built");
    place.write("book/content/silence.md", SILENCE);
    place.write("book/static/tool.html", "<a href=\"gone.html\">x</a>\n");
    publish(&book, &[])
        .ends(1, &["error[broken-address]", "public/tool.html:1:10", "not published: 1 error in the output"]);
    assert_eq!(git(&place.at("host.git"), "for-each-ref"), "");
    fs::remove_dir_all(place.at("book/static")).unwrap();
    place.write("book/public/mine.txt", "x");
    publish(&book, &[]).ends(2, &["it holds `mine.txt`, which mendbook did not write"]);
    assert_eq!(git(&place.at("host.git"), "for-each-ref"), "");
}

#[test]
fn what_is_internal_waits_for_a_word() {
    let place = two();
    let book = place.at("book");
    let said = "Nobody says that the date will not hold.";
    let front = "title = \"Silence\"\naudience = \"internal\"";
    place.write("book/content/silence.md", &format!("+++\n{front}\n+++\n{said}\n"));
    publish(&book, &[]).ends(
        2,
        &["the page in `content/silence.md` is internal", "`audience` under `[build]`", "nothing was published"],
    );
    publish(&book, &["--audience", "public"])
        .ends(1, &["error[internal-link]: `Silence` is internal", "not published"]);
    place.write("book/content/index.md", "# Home\n\nSee [[Silence|why nobody speaks]].\n");
    place.write("book/static/notes.txt", said);
    publish(&book, &["--audience", "public"]).ends(1, &["error[internal-leak]: `notes.txt` holds"]);
    assert_eq!(git(&place.at("host.git"), "for-each-ref"), "");
    fs::remove_dir_all(place.at("book/static")).unwrap();
    publish(&book, &["--audience", "public", "--dry-run"]).ends(0, &["left out for the public: 1 page"]);
    place.write("book/site.toml", "base_url = \"https://org.test/book/\"\n[build]\naudience = \"internal\"\n");
    publish(&book, &[]).ends(0, &["published as"]);
}

#[test]
fn what_is_missing_is_named_with_the_next_step() {
    let place = Place::with(&[("content/index.md", "# Home\n\nWords.\n"), ("site.toml", "")]);
    let none = |words: &[&str], said: &[&str]| {
        publish(&place.path, words).ends(2, said).ends(2, &["nothing was published"]);
    };
    none(&[], &["lies in no git repository", "`git init`"]);
    git(&place.path, "init --quiet");
    none(&[], &["there is no remote `origin`: `git remote add origin URL`"]);
    git(&place.path, "init --quiet --bare host.git");
    git(&place.path, "remote add upstream host.git");
    none(&[], &["name one that there is: `--remote upstream`"]);
    none(&["--remote", "upstream", "--branch", "a..b"], &["`a..b` is no name for a branch"]);
    none(&["--remote", "upstream"], &["at which address", "`base_url`"]);
    let no_git = alone(mendbook(&place.path, &["publish", "--remote", "upstream"]).env("PATH", "/nowhere"));
    no_git.ends(2, &["git was not found"]);
    // Before the first commit there is no revision to name, and a name of the author is wanted all the same.
    let words = ["publish", "--remote", "upstream", "--base-url", "https://x.test/"];
    let mut nobody = mendbook(&place.path, &words);
    nobody
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("EMAIL", "")
        .env("GIT_AUTHOR_NAME", "");
    run(&mut nobody).ends(2, &["the commit cannot be made: git says:", "nothing was published"]);
    publish(&place.path, &words[1..]).ends(0, &["published as"]);
    assert_eq!(git(&place.at("host.git"), "log -1 --format=%s gh-pages"), "Publish what is not committed yet");
}

#[test]
fn it_works_from_a_worktree_a_shallow_clone_and_a_folder_of_a_larger_repository() {
    let place = two();
    publish(&place.at("book"), &["--quiet"]).ends(0, &[]);
    place.write("book/content/index.md", &format!("{HOME}\nMore.\n"));
    publish(&place.at("book"), &["--quiet"]).ends(0, &[]);
    git(&place.at("book"), "push --quiet origin main");
    let address = format!("file://{}", place.at("host.git").display());
    // One that has only `main`, and one that has the tip of the published branch and nothing before it.
    for (number, (name, which)) in [("one", "--single-branch"), ("all", "--no-single-branch")].into_iter().enumerate() {
        git(&place.path, &format!("clone --quiet --depth 1 {which} --branch main {address} {name}"));
        place.write(&format!("{name}/content/index.md"), &format!("{HOME}\nFrom {name} shallow clone.\n"));
        publish(&place.at(name), &["--quiet"]).ends(0, &[]);
        assert_eq!(commits(&place, "gh-pages"), 3 + number, "the branch keeps its history");
    }
    git(&place.at("book"), "worktree add --quiet --detach ../tree");
    place.write("tree/content/index.md", &format!("{HOME}\nFrom a worktree.\n"));
    publish(&place.at("tree"), &["--quiet"]).ends(0, &[]);
    assert_eq!(commits(&place, "gh-pages"), 5);
    fs::create_dir_all(place.at("large")).unwrap();
    git(&place.at("large"), "init --quiet");
    git(&place.at("large"), "remote add origin ../host.git");
    place.write("large/docs/site.toml", "base_url = \"https://org.test/book/\"\n");
    place.write("large/docs/content/index.md", "# Home\n\nFrom a folder.\n");
    // A submodule that nobody has fetched.
    let commit = git(&place.at("book"), "rev-parse HEAD");
    git(&place.at("large"), &format!("update-index --add --cacheinfo 160000,{commit},docs/part"));
    publish(&place.at("large/docs"), &["--quiet", "--branch", "docs"]).ends(0, &[]);
    assert!(held(&place, "docs").contains(&"index.html".to_owned()));
}

#[test]
fn no_hook_of_the_repository_runs_and_settings_do_not_change_the_bytes() {
    let place = two();
    let book = place.at("book");
    for name in ["pre-push", "pre-commit", "commit-msg", "reference-transaction"] {
        let hook = book.join(".git/hooks").join(name);
        fs::create_dir_all(hook.parent().unwrap()).unwrap();
        fs::write(&hook, "#!/bin/sh\ntouch ran\nexit 1\n").unwrap();
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    }
    place.write("book/.gitattributes", "* text eol=crlf\n*.html ident\n");
    git(&book, "config core.autocrlf true");
    publish(&book, &["--quiet"]).ends(0, &[]);
    assert!(!book.join("ran").exists() && !book.join(".git/ran").exists());
    assert!(!git(&place.at("host.git"), "show gh-pages:index.html").contains('\r'));
    assert_eq!(at(&book, &["check", "--output", "public", "--strict"]).code, Some(0));
}
