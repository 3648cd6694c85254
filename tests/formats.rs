//! `check --format json|sarif|github`: each is what its reader expects, down to the columns.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// A page whose link stands behind characters of two, three and four bytes.
const PAGE: &str = "Grüße, 知識 🧵 and [[Late nws]], 100% sure.\n\nTo [there](missing.md).\n";

#[test]
fn json_counts_characters_from_one() {
    let folder = repository();
    let found: Value = serde_json::from_str(&check(&handbook(&folder), "json")).unwrap();
    let wanted = json!({
        "severity": "warning",
        "check": "wanted-page",
        "message": "no page called `Late nws`",
        "path": "content/100%, really.md",
        "line": 1,
        "column": 19,
        "end_line": 1,
        "end_column": 27,
        "hint": "did you mean `Late news` (content/late-news.md)?",
        "fixable": true,
    });
    assert_eq!(found[0], wanted);
    assert_eq!(
        (&found[1]["check"], &found[1]["line"], &found[1]["column"]),
        (&json!("dead-link"), &json!(3), &json!(12))
    );
}

#[test]
fn json_of_a_handbook_without_findings_is_an_empty_list() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("site.toml"), "base_url = \"https://example.org/\"\n").unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    fs::write(folder.path().join("content/index.md"), "Welcome.\n").unwrap();
    assert_eq!(check(folder.path(), "json"), "[]\n");
    assert_eq!(check(folder.path(), "github"), "");
    let log: Value = serde_json::from_str(&check(folder.path(), "sarif")).unwrap();
    assert_eq!(log["runs"][0]["results"], json!([]));
}

#[test]
fn github_reads_each_finding_as_one_line() {
    let folder = repository();
    let said = check(&handbook(&folder), "github");
    let lines: Vec<&str> = said.lines().collect();
    let wanted = [
        "::warning file=our docs/content/100%25%2C really.md,line=1,endLine=1,col=19,endColumn=27,title=wanted-page\
         ::no page called `Late nws`; did you mean `Late news` (content/late-news.md)?",
        "::error file=our docs/content/100%25%2C really.md,line=3,endLine=3,col=12,endColumn=22,title=dead-link\
         ::no file `missing.md`; name a file below the content folder: from this page's folder, or with `/` in \
         front from the content",
    ];
    assert_eq!(lines, wanted);
}

#[test]
fn github_messages_escape_what_ends_a_line() {
    let folder = repository();
    let site = handbook(&folder);
    fs::write(site.join("content/100%, really.md"), "[x](<50%25\tand%0Amore.md>)\n").unwrap();
    let said = check(&site, "github");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("::no file `50%25\tand%0Amore.md`"), "{said}");
}

#[test]
fn sarif_has_what_the_standard_requires() {
    let folder = repository();
    let log: Value = serde_json::from_str(&check(&handbook(&folder), "sarif")).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!((&driver["name"], &run["columnKind"]), (&json!("mendbook"), &json!("unicodeCodePoints")));
    let rules: Vec<&str> =
        driver["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        assert!(rules.contains(&result["ruleId"].as_str().unwrap()));
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        // A URI from the top of the repository, percent-encoded.
        assert_eq!(place["artifactLocation"]["uri"], "our%20docs/content/100%25,%20really.md");
    }
    let region = &results[0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(*region, json!({ "startLine": 1, "startColumn": 19, "endLine": 1, "endColumn": 27 }));
    let change = &results[0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "our%20docs/content/100%25,%20really.md");
    assert_eq!(
        change["replacements"],
        json!([{ "deletedRegion": region, "insertedContent": { "text": "Late news" } }])
    );
}

#[test]
fn sarif_gives_every_finding_a_place() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    fs::write(folder.path().join("content/index.md"), "Welcome.\n").unwrap();
    let log: Value = serde_json::from_str(&check(folder.path(), "sarif")).unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "no-base-url");
    assert_eq!(result["level"], "note");
    assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "site.toml");
}

#[test]
fn sarif_names_the_other_places() {
    let folder = repository();
    let site = handbook(&folder);
    fs::write(site.join("content/100%, really.md"), "+++\ntitle = \"Late news\"\n+++\nTwice.\n").unwrap();
    let log: Value = serde_json::from_str(&check(&site, "sarif")).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let twice = results.iter().find(|result| result["ruleId"] == "duplicate-name").unwrap();
    let other = &twice["relatedLocations"][0];
    assert_eq!(other["message"]["text"], "the other one");
    assert!(other["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap().starts_with("our%20docs/content/"));
}

/// A repository whose handbook lies in a folder of its own.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    let site = handbook(&folder);
    fs::create_dir_all(site.join("content")).unwrap();
    fs::write(site.join("site.toml"), "base_url = \"https://example.org/\"\n").unwrap();
    fs::write(site.join("content/100%, really.md"), PAGE).unwrap();
    fs::write(site.join("content/late-news.md"), "# Late news\n\nIt travels slowly.\n").unwrap();
    folder
}

fn handbook(repository: &tempfile::TempDir) -> PathBuf {
    repository.path().join("our docs")
}

/// What `check` prints on standard output; standard error stays empty, so that the two can be kept apart.
fn check(folder: &Path, format: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mendbook"));
    command.current_dir(folder).args(["check", "--format", format, "--today", "2026-06-01"]);
    let done = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    String::from_utf8(done.stdout).unwrap()
}
