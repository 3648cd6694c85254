//! One kind of bad input, and what became of it.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{self, books::Files};

/// How long a case may take: ten seconds are promised, of the optimised program on a machine of its own.
const LONGEST: Duration = Duration::from_secs(60);

/// Kilobytes that a case may take.
const MOST: usize = 500 << 10;

/// A handbook with something wrong in it.
#[derive(Clone)]
pub struct Case {
    /// What is wrong.
    pub name: String,
    /// The files, besides a home page.
    pub files: Vec<(String, Vec<u8>)>,
    /// What else has to be done to its folder.
    pub prepare: fn(&Path),
    /// The exit code.
    pub code: i32,
    /// Whether the last site has to stay.
    pub blocks: bool,
    /// What must be said, each somewhere.
    pub says: Vec<String>,
    /// Whether it may be taken for a mistake or not, and only has to come to an end.
    pub any: bool,
}

impl Case {
    /// A page `content/x.md`.
    pub fn page(name: &str, text: impl AsRef<[u8]>) -> Case {
        Case::new(name).with("content/x.md", text)
    }

    /// A `site.toml`.
    pub fn site(name: &str, text: impl AsRef<[u8]>) -> Case {
        Case::new(name).with("site.toml", text)
    }

    /// Nothing but a home page, and nothing to say about it.
    pub fn new(name: &str) -> Case {
        Case {
            name: name.to_owned(),
            files: vec![("content/index.md".to_owned(), b"# Home\n\nWelcome.\n".to_vec())],
            prepare: |_| {},
            code: 0,
            blocks: false,
            says: Vec::new(),
            any: false,
        }
    }

    /// With a further file.
    pub fn with(mut self, path: &str, text: impl AsRef<[u8]>) -> Case {
        self.files.retain(|(known, _)| known != path);
        self.files.push((path.to_owned(), text.as_ref().to_vec()));
        self
    }

    /// With something that is no plain file.
    pub fn prepare(mut self, prepare: fn(&Path)) -> Case {
        self.prepare = prepare;
        self
    }

    /// It is said, and is no error.
    pub fn warns(mut self, says: &[&str]) -> Case {
        self.says = says.iter().map(|says| (*says).to_owned()).collect();
        self
    }

    /// It is an error, and the site is built all the same.
    pub fn fails(mut self, says: &[&str]) -> Case {
        self.code = 1;
        self.warns(says)
    }

    /// It is an error that keeps the last site.
    pub fn blocks(mut self, says: &[&str]) -> Case {
        self.blocks = true;
        self.fails(says)
    }
}

/// The output of a handbook without a mistake.
pub fn good() -> Files {
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path(), &Case::new("good"));
    let built = command(folder.path()).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    support::tree(&folder.path().join("public"))
}

fn command(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mendbook"));
    command.current_dir(root).args(["build", "--verbose", "--color", "never", "--today", support::TODAY]);
    command.env_remove("CI");
    command
}

fn lay_out(root: &Path, case: &Case) {
    let base = ("site.toml".to_owned(), b"base_url = \"https://example.org/\"\n".to_vec());
    let own = case.files.iter().any(|(path, _)| path.starts_with("site.toml"));
    for (path, bytes) in case.files.iter().chain((!own).then_some(&base)) {
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    (case.prepare)(root);
}

/// Build a case where a good site lies; what did not go as it should.
pub fn run(case: &Case, good: &Files) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for (path, bytes) in good {
        let file = root.join("public").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    lay_out(root, case);
    let log = root.join("said");
    let said = fs::File::create(&log).unwrap();
    let child = command(root).stdout(Stdio::null()).stderr(said).spawn().unwrap();
    let mut wrong = Vec::new();
    let (code, peak) = watch(child);
    let said = String::from_utf8_lossy(&fs::read(&log).unwrap()).into_owned();
    let head: String = said.chars().take(1500).collect();
    match code {
        None => wrong.push(format!("does not end, or ended by a signal; said: {head}")),
        Some(code) if code != case.code && !(case.any && code < 2) => {
            wrong.push(format!("ended with {code}, not {}; said: {head}", case.code))
        }
        Some(_) => {}
    }
    if peak > MOST {
        wrong.push(format!("took {} MB", peak >> 10));
    }
    if said.contains("panicked") || said.contains("bug in mendbook") {
        wrong.push(format!("a panic: {head}"));
    }
    let missing = case.says.iter().filter(|says| !said.contains(says.as_str()));
    wrong.extend(missing.map(|says| format!("does not say `{says}` but: {head}")));
    let now = support::tree(&root.join("public"));
    if case.blocks && now != *good {
        wrong.push("the last site was touched".to_owned());
    }
    if !case.blocks && !case.any && !now.contains_key("index.html") {
        wrong.push("the site was not built".to_owned());
    }
    let left = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    wrong.extend(left.filter(|name| name.contains(".new-")).map(|name| format!("`{name}` was left behind")));
    wrong
}

/// The exit code of a program that ends in time, and the most memory it took, in kilobytes.
fn watch(mut child: Child) -> (Option<i32>, usize) {
    let (begin, mut peak) = (Instant::now(), 0);
    loop {
        peak = peak.max(memory(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            return (status.code(), peak);
        }
        if begin.elapsed() > LONGEST {
            child.kill().unwrap();
            child.wait().unwrap();
            return (None, peak);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The most memory that a running program has taken, in kilobytes; 0 where the system does not tell.
fn memory(process: u32) -> usize {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok()).unwrap_or(0)
}
