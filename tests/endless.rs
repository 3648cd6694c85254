//! A template that does not end is named after ten seconds, and the last site stays as it was.
#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

#[test]
fn a_template_that_does_not_end_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("site.toml", "base_url = \"https://example.org/\"\n[theme]\nlayers = [\"ours\"]\n");
    write("content/index.md", "Welcome.\n");
    fs::create_dir_all(folder.path().join("themes/ours")).unwrap();
    assert!(build(folder.path()).status.success());
    let before = fs::read(folder.path().join("public/404.html")).unwrap();

    let turns = "{% for a in range(end=90000) %}{% for b in range(end=90000) %}{% endfor %}{% endfor %}";
    write("themes/ours/404.html", &format!("{{% for c in range(end=90000) %}}{turns}{{% endfor %}}"));
    let done = build(folder.path());
    assert_eq!(done.status.code(), Some(1));
    let said = String::from_utf8(done.stderr).unwrap();
    let wanted = "error[template-error]: the template does not end within 10 seconds, while rendering `404.html`\n\
                  --> themes/ours/404.html\n";
    assert!(said.starts_with(wanted), "{said}");
    assert_eq!(fs::read(folder.path().join("public/404.html")).unwrap(), before);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".new-")), "{left:?}");
}

fn build(folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mendbook"));
    command.current_dir(folder).args(["build", "--color", "never", "--today", "2026-06-01"]).output().unwrap()
}
