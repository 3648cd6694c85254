//! Applying fixes to the author's files: only the bytes that a finding names, and only in files git could restore.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Edit, Fix, Texts};
use crate::prose::counted as number;

/// What was done, over several rounds: a mended name can bring out a mistake in what it names.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Fixes that were applied.
    pub fixes: usize,
    /// Files that were changed.
    pub files: BTreeSet<PathBuf>,
    /// Fixes that overlap another and wait for the next round.
    pub waiting: usize,
}

impl Applied {
    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        let waiting = if self.waiting > 0 {
            format!("; {} for the next run", number(self.waiting, "more fix").replace("fixs", "fixes"))
        } else {
            String::new()
        };
        match self.fixes {
            0 => format!("nothing to mend by itself{waiting}"),
            1 => format!("1 fix in {}{waiting}", number(self.files.len(), "file")),
            fixes => format!("{fixes} fixes in {}{waiting}", number(self.files.len(), "file")),
        }
    }
}

/// Apply every fix that overlaps no other, and tell how many there were.
///
/// # Errors
/// A file that changed meanwhile, that git has no copy of (unless `dirty`, or an earlier round changed it), or that
/// cannot be written. This round changes nothing then.
pub fn apply(
    root: &Path,
    (findings, texts): (&[Diagnostic], &dyn Texts),
    (dirty, applied): (bool, &mut Applied),
) -> Result<usize, String> {
    let mut edits: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    let (mut fitting, mut waiting) = (0, 0);
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        if fits(fix, &edits) {
            fitting += 1;
            fix.edits.iter().for_each(|edit| edits.entry(&edit.place.path).or_default().push(edit));
        } else {
            waiting += 1;
        }
    }
    let mut changed: Vec<(PathBuf, String)> = Vec::new();
    for (path, mut edits) in edits {
        let source =
            texts.source(path).ok_or_else(|| format!("the text of `{path}` is not known; nothing was changed"))?;
        let file = root
            .join(path)
            .canonicalize()
            .map_err(|error| format!("`{path}` cannot be found: {error}; nothing was changed"))?;
        if !file.starts_with(root) {
            return Err(format!("`{path}` lies outside the handbook; nothing was changed"));
        }
        if fs::read(&file).ok().as_deref() != Some(source.text().as_bytes()) {
            return Err(format!("`{path}` has changed meanwhile; nothing was changed"));
        }
        if !dirty && !applied.files.contains(&file) && has_changes(&file) {
            return Err(format!(
                "`{path}` has changes that git has not got: commit them, or pass --allow-dirty; nothing was changed"
            ));
        }
        edits.sort_by_key(|edit| edit.place.span);
        changed.push((file, edited(source.text(), &edits)));
    }
    for (file, text) in changed {
        replace(&file, &text).map_err(|error| format!("`{}` cannot be written: {error}", file.display()))?;
        applied.files.insert(file);
    }
    applied.fixes += fitting;
    applied.waiting = waiting;
    Ok(fitting)
}

/// Whether a fix touches nothing that an accepted one touches.
fn fits(fix: &Fix, edits: &BTreeMap<&str, Vec<&Edit>>) -> bool {
    fix.edits.iter().all(|edit| {
        let span = edit.place.span;
        let others = edits.get(&*edit.place.path).map_or(&[][..], Vec::as_slice);
        others.iter().all(|other| other.place.span.end < span.start || span.end < other.place.span.start)
    })
}

fn edited(text: &str, edits: &[&Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.place.span.start as usize).unwrap_or(""));
        out.push_str(&edit.text);
        at = edit.place.span.end as usize;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// Whether git knows the file's folder and has not got the file as it is. Without git nothing is known.
fn has_changes(file: &Path) -> bool {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else { return false };
    let status = std::process::Command::new("git")
        .args(["-c", "core.fsmonitor=false", "status", "--porcelain", "-z", "--ignored", "--"])
        .arg(name)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .current_dir(folder)
        .stderr(std::process::Stdio::null())
        .output();
    status.is_ok_and(|status| status.status.success() && !status.stdout.is_empty())
}

/// Write a file by renaming a new one over it, with the old one's permissions.
fn replace(file: &Path, text: &str) -> std::io::Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let temp = file.with_file_name(format!(".{name}.{}~", std::process::id()));
    let write = || {
        let mut new = fs::File::options().write(true).create_new(true).open(&temp)?;
        new.write_all(text.as_bytes())?;
        new.set_permissions(fs::metadata(file)?.permissions())?;
        fs::rename(&temp, file)
    };
    write().inspect_err(|_| drop(fs::remove_file(&temp)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Span};

    fn fix(span: Span, text: &str) -> Diagnostic {
        Diagnostic::new("x", "x").fix("x", &"a.md".into(), (span, text.to_owned()))
    }

    #[test]
    fn only_the_named_bytes_change() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let text = "\u{feff}one\r\ntwo\r\nthree";
        fs::write(root.join("a.md"), text).unwrap();
        let texts = Source::new("a.md", text);
        let (two, three) = (text.find("two").unwrap(), text.find("three").unwrap());
        let findings = [
            fix(Span::new(three, three + 5), "3"),
            fix(Span::new(two, two + 3), "2"),
            fix(Span::new(two + 1, two + 2), "clash"),
        ];
        let mut applied = Applied::default();
        assert_eq!(apply(&root, (&findings, &texts), (false, &mut applied)), Ok(2));
        assert_eq!(applied, Applied { fixes: 2, files: [root.join("a.md")].into(), waiting: 1 });
        assert_eq!(fs::read_to_string(root.join("a.md")).unwrap(), "\u{feff}one\r\n2\r\n3");
        let again = apply(&root, (&findings, &texts), (false, &mut applied)).unwrap_err();
        assert!(again.contains("changed meanwhile"), "{again}");
    }
}
