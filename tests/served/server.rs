//! `mendbook serve`, started in a folder of its own and spoken to in plain bytes.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::support::program;

/// Longer than anything takes, on a machine that does much else.
const LONG: Duration = Duration::from_secs(60);

/// A running preview.
pub(crate) struct Server {
    _keep: tempfile::TempDir,
    pub(crate) folder: PathBuf,
    pub(crate) port: u16,
    pub(crate) child: Child,
    /// The lines that it wrote before it could be spoken to.
    pub(crate) said: String,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

impl Server {
    /// Serve a handbook of these files.
    pub(crate) fn new(files: &[(&str, &str)], args: &[&str]) -> Server {
        let keep = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let file = keep.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        Server::at(keep, args)
    }

    /// Serve the handbook in a folder.
    pub(crate) fn at(keep: tempfile::TempDir, args: &[&str]) -> Server {
        let folder = keep.path().canonicalize().unwrap();
        let args: Vec<&str> = ["serve", "--port", "0"].iter().chain(args).copied().collect();
        let (child, said) = start(&folder, &args);
        let port = port(&said);
        Server { _keep: keep, folder, port, child, said }
    }

    /// Ask, with these header lines besides the host's.
    pub(crate) fn ask(&self, line: &str, headers: &[&str], body: &str) -> Answer {
        let host = format!("Host: 127.0.0.1:{}", self.port);
        let headers: Vec<&str> = std::iter::once(host.as_str()).chain(headers.iter().copied()).collect();
        let length = format!("Content-Length: {}", body.len());
        let rest = if body.is_empty() { String::new() } else { format!("{length}\r\n") };
        self.send(format!("{line} HTTP/1.1\r\n{}\r\n{rest}Connection: close\r\n\r\n{body}", headers.join("\r\n")))
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path}"), &[], "")
    }

    /// Send bytes as they are.
    pub(crate) fn send(&self, bytes: impl AsRef<[u8]>) -> Answer {
        let mut stream = self.connect();
        // A server that has heard enough may close before all of it is sent.
        let _ = stream.write_all(bytes.as_ref());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let end = answer.windows(4).position(|part| part == b"\r\n\r\n").map_or(answer.len(), |at| at + 4);
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, head, body: answer[end..].to_vec() }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        stream
    }

    /// The token that stands in every page, that for what is not there too.
    pub(crate) fn token(&self) -> String {
        let page = self.get("/none").text();
        page.split("data-token=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    /// Wait until what is shown is whole, and `wanted` of what an author is told of a page.
    pub(crate) fn told(&self, route: &str, wanted: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        let path = format!("/_mendbook/page?route={route}&token={}", self.token());
        let since = Instant::now();
        loop {
            let told: serde_json::Value = serde_json::from_slice(&self.get(&path).body).unwrap();
            if told["settled"] == true && wanted(&told) {
                return told;
            }
            assert!(since.elapsed() < LONG, "it does not come to that: {told:#}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Start the program, and read what it says until it can be spoken to.
pub(crate) fn start(folder: &Path, args: &[&str]) -> (Child, String) {
    let mut command = program::mendbook(folder, args);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut err = BufReader::new(child.stderr.take().unwrap());
    let mut said = String::new();
    // The head ends with an empty line.
    while err.read_line(&mut said).unwrap() > 1 {}
    // What it says afterwards must have somewhere to go.
    std::thread::spawn(move || drop(std::io::copy(&mut err, &mut std::io::sink())));
    (child, said)
}

/// The port in what was said.
pub(crate) fn port(said: &str) -> u16 {
    let address = said.split("http://").nth(1).unwrap_or_else(|| panic!("no address: {said}"));
    address.split('/').next().unwrap().rsplit(':').next().unwrap().parse().unwrap()
}
