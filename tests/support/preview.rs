//! A running preview of a small handbook whose files are edited.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use tempfile::TempDir;

use super::program::mendbook;

/// The page that is looked at: long enough to be scrolled, with boxes, details and a link to the other one.
pub const PROMISE: &str = "+++\ntitle = \"A broken promise\"\nsummary = \"It was promised and missed.\"\n+++\n
People lost the ability to plan around your word.\n
## Signals\n\n- A date is asked for in writing\n- Planning gets quieter\n- Favours stop\n
## Drivers\n\n- **Promising to please:** a date was given to end a conversation.\n- **Overload:** there was no time left.\n
## What makes it worse\n\n- Explaining before naming the effect\n- A second date without evidence\n
## Scenario\n\nThe report promised for March is now a May report. Sales heard it from a customer, a week before the team did. On Monday three people ask to see the plan in writing.\n
## What helps\n\n1. **Name it:** say what was promised and missed.\n2. **Ask:** find out what people had to undo.\n3. **Make it small:** promise two things and keep them.\n
## Nearby patterns\n\n- [[Late news]] — connects because the slip was visible; differs because this is a habit\n
## When to escalate\n\n- **A third miss:** When it happens within a quarter → @people\n
<details><summary>What else</summary>\n\nA text in details.\n\n</details>\n";

const NEWS: &str =
    "+++\ntitle = \"Late news\"\nsummary = \"News comes when nothing can be done.\"\n+++\nIt comes late.\n";

const SITE: &str = "title = \"Repair\"\nbase_url = \"https://handbook.test/repo/\"\n[theme]\nlayers = [\"ours\"]\n
[contacts.people]\nname = \"People\"\nhow = [\"people@example.org\"]\n";

/// A preview of a handbook in a folder.
pub struct Preview {
    /// Where the handbook lies.
    pub folder: TempDir,
    process: Child,
    /// The address of its front page.
    pub address: String,
}

impl Preview {
    /// Begin one of a small handbook, at any port.
    pub fn start(options: &[&str]) -> Preview {
        let folder = tempfile::tempdir().unwrap();
        let files = [
            ("site.toml", SITE),
            ("content/index.md", "+++\ntitle = \"Home\"\n+++\nBegin with [[A broken promise]].\n"),
            ("content/patterns/broken-promise.md", PROMISE),
            ("content/patterns/late-news.md", NEWS),
            ("themes/ours/base.html", "{% extends \"plain/base.html\" %}\n"),
        ];
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let (process, address) = serve(&folder, &[&["--port", "0"], options].concat());
        Preview { folder, process, address }
    }

    /// The address of a page.
    pub fn at(&self, page: &str) -> String {
        format!("{}{page}", self.address)
    }

    /// Where nothing but this server lies.
    pub fn home(&self) -> &str {
        self.address.trim_end_matches("repo/")
    }

    /// A file's text.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap()
    }

    /// Save a file in which one text stands for another.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "`{from}` is not in {path}: {text}");
        fs::write(self.folder.path().join(path), text.replacen(from, to, 1)).unwrap();
    }

    /// End the server.
    pub fn stop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Start again at the same address.
    pub fn again(&mut self) {
        let port = self.address.split([':', '/']).nth(4).unwrap();
        let (process, address) = serve(&self.folder, &["--port", port]);
        assert_eq!(address, self.address);
        self.process = process;
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The server, and the address that it tells.
fn serve(folder: &TempDir, options: &[&str]) -> (Child, String) {
    let mut command = mendbook(folder.path(), &[&["serve"], options].concat());
    let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(process.stderr.take().unwrap()).lines().map_while(Result::ok);
    let address = lines.find_map(|line| line.strip_prefix("Preview: ")?.split(' ').next().map(str::to_owned));
    // What it says further has to go somewhere.
    std::thread::spawn(move || lines.for_each(drop));
    (process, address.expect("the preview tells its address"))
}
