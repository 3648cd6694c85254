//! The program itself, run as a user would, and what it leaves on disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// What a run ended with.
pub struct Run {
    /// The exit code; nothing where a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Run {
    /// What a finished process says.
    pub fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// It ended with `code`, and says each of `words` on standard error.
    #[track_caller]
    pub fn ends(&self, code: i32, words: &[&str]) -> &Self {
        assert_eq!(self.code, Some(code), "out: {}\nerr: {}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not said: {}", self.err);
        }
        self
    }
}

/// The program in a folder, with nothing of the machine's own settings.
pub fn mendbook(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mendbook"));
    command.args(args).current_dir(folder);
    settle(&mut command);
    command
}

/// A line for `sh` in a folder; `$MENDBOOK` is the program.
pub fn shell(folder: &Path, line: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", line]).current_dir(folder).env("MENDBOOK", env!("CARGO_BIN_EXE_mendbook"));
    settle(&mut command);
    command
}

fn settle(command: &mut Command) {
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "SOURCE_DATE_EPOCH", "GIT_DIR", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
}

/// Run a command to its end.
pub fn run(command: &mut Command) -> Run {
    Run::of(command.output().unwrap())
}

/// Run the program in a folder.
pub fn at(folder: &Path, args: &[&str]) -> Run {
    run(&mut mendbook(folder, args))
}

/// Start a command and let it run.
pub fn start(command: &mut Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Build the handbook in a folder, which must work.
#[track_caller]
pub fn build(folder: &Path) {
    run(&mut mendbook(folder, &["build", "--quiet"])).ends(0, &[]);
}

/// A folder for one test, by its real path.
pub struct Place {
    _keep: tempfile::TempDir,
    /// The folder.
    pub path: PathBuf,
}

impl Place {
    /// An empty one.
    pub fn new() -> Self {
        let keep = tempfile::Builder::new().prefix("mendbook-test-").tempdir().unwrap();
        let path = keep.path().canonicalize().unwrap();
        Self { _keep: keep, path }
    }

    /// One with these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let place = Self::new();
        files.iter().for_each(|(path, text)| place.write(path, text));
        place
    }

    /// A path in it.
    pub fn at(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    /// Write a file; its folders are made.
    pub fn write(&self, path: &str, text: &str) {
        let file = self.at(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// A file's text.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The names in it, hidden ones too, in order.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(&self.path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// Everything below a folder: folders and links too, and when each was changed.
pub fn state(folder: &Path) -> BTreeMap<String, (String, std::time::SystemTime)> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    let told = entries.map(|entry| {
        let meta = entry.metadata().unwrap();
        let held = match entry.file_type() {
            kind if kind.is_file() => format!("{:x?}", fs::read(entry.path()).unwrap()),
            kind if kind.is_symlink() => format!("→ {}", fs::read_link(entry.path()).unwrap().display()),
            _ => "a folder".to_owned(),
        };
        let path = entry.path().strip_prefix(folder).unwrap().display().to_string();
        (path, (held, meta.modified().unwrap()))
    });
    told.collect()
}

/// Say that a part of a test did not take place, where it cannot be missed.
pub fn not_tested(what: &str) {
    use std::io::Write as _;
    // Past the test program's capture.
    std::io::stderr().write_all(format!("\nNOT TESTED: {what}\n\n").as_bytes()).unwrap();
}
