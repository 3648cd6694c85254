//! A Chromium at the other end of two pipes: the DevTools protocol, as much of it as the tests need.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// How long one answer, or one page, may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Names that Chromium goes by.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Where it lies on a Mac.
const MAC: &str = "/Applications/Chromium.app/Contents/MacOS/Chromium";

/// Quiet, and alone with the handbook.
const FLAGS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
    "about:blank",
];

/// Tests take turns: two browsers at once only slow each other down.
static TURN: Mutex<()> = Mutex::new(());

/// A browser with one page in it.
pub struct Browser {
    process: Child,
    to: File,
    messages: Receiver<Value>,
    events: Vec<Value>,
    session: Option<String>,
    scripts: bool,
    last: u64,
    _folder: TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Browser {
    /// Start one. Where there is none, this says so, and where `CI` is set the test fails.
    pub fn open() -> Option<Browser> {
        let Some(program) = program() else {
            let said = "NO CHROMIUM: nothing was tested in a browser. `tests/run` installs it.";
            assert!(std::env::var_os("CI").is_none(), "{said}");
            // Straight to the terminal: what a passing test prints is not shown.
            let _ = writeln!(std::io::stderr(), "{said}");
            return None;
        };
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir().unwrap();
        let (process, to, from) = start(&program, folder.path());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(from).split(0).map_while(Result::ok) {
                if sender.send(serde_json::from_slice(&message).unwrap()).is_err() {
                    return;
                }
            }
        });
        let mut browser = Browser {
            process,
            to,
            messages,
            events: Vec::new(),
            session: None,
            scripts: true,
            last: 0,
            _folder: folder,
            _turn: turn,
        };
        browser.tab();
        Some(browser)
    }

    /// Open a further tab and attend to it. Returns what [`Browser::attend`] goes back with.
    pub fn tab(&mut self) -> Option<String> {
        let former = self.session.take();
        let target = self.call("Target.createTarget", json!({"url": "about:blank"}))["targetId"].clone();
        let attached = self.call("Target.attachToTarget", json!({"targetId": target, "flatten": true}));
        self.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            self.call(&format!("{domain}.enable"), json!({}));
        }
        self.call("Page.setLifecycleEventsEnabled", json!({"enabled": true}));
        former
    }

    /// Attend to a tab that was attended to before. Returns what goes back to this one.
    pub fn attend(&mut self, tab: Option<String>) -> Option<String> {
        std::mem::replace(&mut self.session, tab)
    }

    /// Ask for something and wait for the answer.
    ///
    /// # Panics
    /// Where Chromium refuses, or does not answer in time.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let mut message = json!({"id": self.last, "method": method, "params": params});
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).unwrap_or_else(|error| panic!("Chromium is gone: {error}"));
        loop {
            let mut answer = self.receive(method);
            if answer["id"] == json!(self.last) {
                assert!(answer.get("error").is_none(), "{method}: {}", answer["error"]);
                return answer["result"].take();
            }
            self.events.push(answer);
        }
    }

    fn receive(&self, what: &str) -> Value {
        self.messages.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("nothing came of {what}: {error}"))
    }

    /// What has happened since this was last asked.
    pub fn events(&mut self) -> Vec<Value> {
        self.evaluate("0");
        std::mem::take(&mut self.events)
    }

    /// Go to an address, and wait until the page is there in its own fonts. What happened on the way is kept for
    /// [`Browser::events`].
    pub fn go(&mut self, address: &str) {
        let loader = self.start_for(address);
        let there = |event: &Value| event["params"]["name"] == "load" && event["params"]["loaderId"] == loader;
        while !self.events.iter().any(there) {
            let event = self.receive(address);
            self.events.push(event);
        }
        if !self.scripts {
            return;
        }
        self.evaluate("document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0)))))");
    }

    /// Set out for an address; what happened before is forgotten. Returns what the load is called in events.
    pub fn start_for(&mut self, address: &str) -> Value {
        self.events.clear();
        self.call("Page.navigate", json!({"url": address}))["loaderId"].take()
    }

    /// The value of an expression in the page, awaited.
    pub fn evaluate(&mut self, expression: &str) -> Value {
        let params = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let mut answer = self.call("Runtime.evaluate", params);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].take()
    }

    /// The list of texts that an expression gives.
    pub fn texts(&mut self, expression: &str) -> Vec<String> {
        serde_json::from_value(self.evaluate(expression)).unwrap_or_else(|_| panic!("no list of texts: {expression}"))
    }

    /// Wait until the page has come to an address by itself.
    pub fn arrives(&mut self, address: &str) {
        let there = |event: &Value| {
            let frame = &event["params"]["frame"];
            let fragment = frame["urlFragment"].as_str().unwrap_or("");
            event["method"] == "Page.frameNavigated"
                && frame["url"].as_str().is_some_and(|url| format!("{url}{fragment}") == address)
        };
        while !self.events.iter().any(there) {
            let event = self.receive(address);
            self.events.push(event);
        }
    }

    /// See the page in a window of this width, in `light` or `dark`.
    pub fn look(&mut self, width: u32, scheme: &str) {
        let metrics = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", metrics);
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.call("Emulation.setEmulatedMedia", json!({"media": "", "features": features}));
    }

    /// Let scripts run, or not.
    pub fn scripts(&mut self, run: bool) {
        self.scripts = run;
        self.call("Emulation.setScriptExecutionDisabled", json!({"value": !run}));
    }

    /// Point at the middle of the first element that a selector finds, of its first line where it has several.
    pub fn point(&mut self, selector: &str) {
        let middle = "(e => (e.scrollIntoView({behavior: 'instant', block: 'nearest'}), e.getClientRects()[0]))";
        let there = self.evaluate(&format!(
            "(({{x, y, width, height}}) => ({{type: 'mouseMoved', x: x + width / 2, y: y + height / 2}}))
             ({middle}(document.querySelector('{selector}')))"
        ));
        self.call("Input.dispatchMouseEvent", there);
    }

    /// Press a key: `Tab`, `Enter`, `Space`, `Escape`, `ArrowDown`, `ArrowUp`, a character, or `Control+k`.
    pub fn press(&mut self, key: &str) {
        let (modifiers, key) = key.strip_prefix("Control+").map_or((0, key), |key| (2, key));
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            "Space" => (32, " "),
            "ArrowUp" => (38, ""),
            "ArrowDown" => (40, ""),
            character if modifiers == 0 => (0, character),
            _ => (0, ""),
        };
        let name = if key == "Space" { " " } else { key };
        for kind in ["keyDown", "keyUp"] {
            let params = json!({"type": kind, "key": name, "code": key, "windowsVirtualKeyCode": code, "text": text, "modifiers": modifiers});
            self.call("Input.dispatchKeyEvent", params);
        }
    }

    /// Type a text where the focus is.
    pub fn enter(&mut self, text: &str) {
        self.call("Input.insertText", json!({"text": text}));
    }

    /// Touch the first element that a selector finds with a finger.
    pub fn tap(&mut self, selector: &str) {
        let middle = format!(
            "(e => (e.scrollIntoView({{behavior: 'instant', block: 'center'}}),
              (({{x, y, width, height}}) => ({{x: x + width / 2, y: y + height / 2}}))(e.getClientRects()[0])))
             (document.querySelector('{selector}'))"
        );
        let there = self.evaluate(&middle);
        self.call("Input.dispatchTouchEvent", json!({"type": "touchStart", "touchPoints": [there]}));
        self.call("Input.dispatchTouchEvent", json!({"type": "touchEnd", "touchPoints": []}));
    }

    /// Wait until something is so.
    pub fn waits_for(&mut self, what: &str) {
        let seen = format!(
            "new Promise(done => {{
                let left = 500;
                const look = () => {{ const so = ({what}); so || !left-- ? done(!!so) : setTimeout(look, 20); }};
                look();
            }})"
        );
        assert_eq!(self.evaluate(&seen), true, "it never came that {what}");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let on_path = std::env::split_paths(&path).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    on_path.chain([PathBuf::from(MAC)]).find(|program| program.is_file())
}

/// Chromium reads file descriptor 3 and writes to 4. A shell opens two named pipes there and becomes Chromium.
fn start(program: &Path, folder: &Path) -> (Child, File, File) {
    let pipes = ["to", "from"].map(|name| folder.join(name));
    assert!(Command::new("mkfifo").args(&pipes).status().unwrap().success());
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", r#"to=$1 from=$2; shift 2; exec "$0" "$@" 3<"$to" 4>"$from""#]).arg(program).args(&pipes);
    shell.args(FLAGS).arg(format!("--user-data-dir={}", folder.join("profile").display()));
    let process = shell.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // Opening a pipe waits for its other end, so the order is the shell's.
    let to = File::options().write(true).open(&pipes[0]).unwrap();
    let from = File::open(&pipes[1]).unwrap();
    (process, to, from)
}
