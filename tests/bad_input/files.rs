//! Special files, links, permissions and races.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

use super::case::Case;

/// The cases.
pub fn cases() -> Vec<Case> {
    let mut cases = links();
    cases.extend(special());
    cases.extend(names_and_rights());
    cases
}

fn links() -> Vec<Case> {
    vec![
        Case::new("a link that leads to itself")
            .prepare(|root| symlink("x.md", root.join("content/x.md")).unwrap())
            .blocks(&["[outside-content]", "content/x.md", "circle"]),
        Case::new("a folder that leads into itself")
            .prepare(|root| {
                fs::create_dir_all(root.join("content/a")).unwrap();
                symlink("..", root.join("content/a/b")).unwrap();
            })
            .blocks(&["[outside-content]", "content/a/b", "circle"]),
        Case::new("a link out of the handbook")
            .prepare(|root| symlink("/etc/hostname", root.join("content/x.md")).unwrap())
            .blocks(&["[outside-content]", "content/x.md"]),
        Case::new("a folder out of the handbook")
            .prepare(|root| symlink("/etc", root.join("content/x")).unwrap())
            .blocks(&["[outside-content]", "content/x"]),
        Case::new("a static file out of the handbook")
            .prepare(|root| {
                fs::create_dir(root.join("static")).unwrap();
                symlink("/etc/hostname", root.join("static/x.txt")).unwrap();
            })
            .blocks(&["[outside-content]", "static/x.txt"]),
        Case::new("a link to what its name hides")
            .with(".env", "SECRET=1")
            .prepare(|root| symlink("../.env", root.join("content/x.txt")).unwrap())
            .blocks(&["[outside-content]", "content/x.txt"]),
        Case::new("a link to nothing")
            .prepare(|root| symlink("nowhere", root.join("content/x.md")).unwrap())
            .warns(&["[dangling-symlink]", "content/x.md"]),
        Case::new("a link inside the handbook")
            .with("common/x.md", "# X\n\nText.\n")
            .prepare(|root| symlink("../common/x.md", root.join("content/x.md")).unwrap()),
        Case::new("a theme out of the handbook")
            .with("site.toml", "[theme]\nlayers = [\"ours\"]\n")
            .prepare(|root| {
                fs::create_dir(root.join("themes")).unwrap();
                symlink("/etc", root.join("themes/ours")).unwrap();
            })
            .blocks(&["[outside-content]", "`themes/ours` is a symbolic link out"]),
        Case::new("a static folder out of the handbook")
            .prepare(|root| symlink("/etc", root.join("static")).unwrap())
            .blocks(&["[outside-content]", "`static` is a symbolic link out"]),
        Case::new("a content folder out of the handbook")
            .prepare(|root| {
                fs::remove_dir_all(root.join("content")).unwrap();
                symlink("/etc", root.join("content")).unwrap();
            })
            .blocks(&["[outside-content]", "`content` is a symbolic link out"]),
    ]
}

fn special() -> Vec<Case> {
    vec![
        Case::new("a pipe").prepare(|root| pipe(&root.join("content/x.md"))).fails(&["[not-a-file]", "content/x.md"]),
        Case::new("a link to a pipe")
            .prepare(|root| {
                pipe(&root.join("p"));
                symlink("../p", root.join("content/x.md")).unwrap();
            })
            .fails(&["[not-a-file]", "content/x.md"]),
        Case::new("a site.toml that is a pipe")
            .with("site.toml.txt", "")
            .prepare(|root| pipe(&root.join("site.toml")))
            .blocks(&["[bad-config]", "site.toml"]),
        Case::new("a socket")
            .prepare(|root| drop(UnixListener::bind(root.join("content/x.md")).unwrap()))
            .fails(&["[not-a-file]", "content/x.md"]),
        Case::new("a device")
            .prepare(|root| symlink("/dev/zero", root.join("content/x.md")).unwrap())
            .blocks(&["[outside-content]", "content/x.md"]),
        Case::new("a folder called as a page").with("content/x.md/y.md", "# Y\n\nText.\n"),
        Case::new("a content folder that is a file").prepare(|root| {
            fs::remove_dir_all(root.join("content")).unwrap();
            fs::write(root.join("content"), "text").unwrap();
        }),
        Case::new("a content folder without a page")
            .prepare(|root| fs::remove_file(root.join("content/index.md")).unwrap()),
        Case::new("folders two hundred deep")
            .prepare(|root| fs::create_dir_all(root.join("content").join("a/".repeat(200))).unwrap())
            .blocks(&["[bad-name]", "100 folders deep"]),
    ]
}

fn names_and_rights() -> Vec<Case> {
    vec![
        Case::new("what editors and systems leave")
            .with("content/.x.md.swp", "secret")
            .with("content/x.md~", "secret")
            .with("content/.env", "secret")
            .with("content/.git/config", "secret")
            .with("content/#x.md#", "secret")
            .with("content/_private.md", "secret")
            .warns(&["6 passed over"]),
        Case::new("a page that may not be read")
            .with("content/x.md", "# X\n")
            .prepare(|root| {
                fs::set_permissions(root.join("content/x.md"), fs::Permissions::from_mode(0o000)).unwrap();
            })
            .unless_root(&["[unreadable]", "content/x.md", "permission denied"]),
        Case::new("a folder that may not be read")
            .with("content/a/x.md", "# X\n")
            .prepare(|root| {
                fs::set_permissions(root.join("content/a"), fs::Permissions::from_mode(0o000)).unwrap();
            })
            .unless_root(&["[unreadable]", "content/a"]),
        Case::new("pictures that are none")
            .with("content/a.png", "not a picture")
            .with("content/b.svg", "<svg")
            .with("content/c.jpg", b"\xff\xd8\xff")
            .with("content/x.md", "# X\n\n![a](a.png) ![b](b.svg) ![c](c.jpg) ![[a.png|99999999999]]\n"),
    ]
}

impl Case {
    /// It keeps the last site, but for who may read everything.
    fn unless_root(self, says: &[&str]) -> Case {
        if rustix::process::geteuid().is_root() { self } else { self.blocks(says) }
    }
}

fn pipe(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}
