//! `mendbook serve`: what the preview says on the terminal, and what it may do to the author's files.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::args::{Args, ServeOptions};
use super::fix::{self, Applied};
use super::load::{Changes, Loaded, count, load, number};
use super::{Stop, new, shell};
use crate::diag::{Diagnostic, Severity, text};
use crate::serve::{Hands, Place, Settings, Told, serve};
use crate::site::Site;

/// Findings that are listed at a time: the list is to stay on one screen.
const LISTED: usize = 8;

pub(super) fn run(args: &Args, options: &ServeOptions) -> Result<(), Stop> {
    // Drafts are what an author is writing.
    let args = Args { drafts: true, ..args.clone() };
    let Loaded { root, output, .. } = load(&args, &Changes::default())?;
    let editor = options.editor.clone().or_else(|| std::env::var("EDITOR_URL").ok()).filter(|line| !line.is_empty());
    let settings = Settings {
        bind: options.bind,
        port: options.port,
        hosts: options.allow_host.clone(),
        poll: options.poll,
        follow: options.follow,
        editor: editor.is_some(),
    };
    let place = Place { root: root.folder.clone(), bare: root.bare, output };
    let own = Own { args, root: root.folder, editor, open: options.open, address: Mutex::default() };
    serve(&place, settings, Arc::new(own)).map_err(Stop::Cannot)
}

/// The preview's hands, and its voice.
struct Own {
    args: Args,
    root: PathBuf,
    editor: Option<String>,
    open: bool,
    /// The lines that stand above every list.
    address: Mutex<String>,
}

impl Hands for Own {
    fn read(&self, before: Option<&Site>) -> Result<Site, String> {
        let changes = Changes { before, ..Changes::default() };
        load(&self.args, &changes).map(|loaded| loaded.site).map_err(|stop| match stop {
            Stop::Cannot(why) => why,
            Stop::Wrong => "the handbook cannot be read".to_owned(),
        })
    }

    fn fix(&self, site: &Site, finding: &Diagnostic) -> Result<(), String> {
        // The author asked for this one, and the editor can undo it: changes that git has not got are no reason to refuse.
        let mut applied = Applied::default();
        let done = fix::apply(&self.root, (std::slice::from_ref(finding), site), (true, &mut applied))?;
        if done == 0 { Err("there is no fix for that".to_owned()) } else { Ok(()) }
    }

    fn begin(&self, site: &Site, name: &str) -> Result<String, String> {
        let title = name.rsplit('/').next().unwrap_or(name);
        let kind = if site.kinds.named("pattern").is_some() { "pattern" } else { "page" };
        let today = shell::today(self.args.today.as_deref()).map_err(|_| "the day is not known".to_owned())?;
        new::begin((site, &self.root), kind, (title, &today))
    }

    fn open(&self, path: &Path, line: u32) -> Result<(), String> {
        let editor = self.editor.as_deref().ok_or("no editor is named: see --editor")?;
        let file = self.root.join(path);
        let mut command = editor_command(editor, (&file, line));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().map(drop).map_err(|error| format!("the editor cannot be started: {error}"))
    }

    fn tell(&self, told: &Told<'_>) {
        match told {
            Told::Ready { address, moved, events, site } => {
                let head = head((*address, *moved, *events), site);
                self.list(&head, site, None);
                let url = url(*address, site);
                head.clone_into(&mut self.address.lock().unwrap_or_else(PoisonError::into_inner));
                if self.open
                    && let Err(why) = open_browser(&url)
                {
                    shell::say(&format!("no browser can be opened: {why}"));
                }
            }
            Told::Made { site, changed, took } => self.list(&self.above(), site, Some((*changed, *took))),
            Told::Held { fault } => {
                shell::print_err(&format!("{}{fault}\nthe last good site is still shown\n", self.top()));
            }
        }
    }
}

impl Own {
    fn above(&self) -> String {
        self.address.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What clears a terminal, so that one list stands there and none scrolls by; nothing where it goes to a file.
    fn top(&self) -> String {
        if shell::is_terminal() { format!("\x1b[2J\x1b[3J\x1b[H{}", self.above()) } else { String::new() }
    }

    /// The findings as they are now, errors first.
    fn list(&self, above: &str, site: &Site, made: Option<(usize, Duration)>) {
        if self.args.quiet {
            return;
        }
        let mut shown: Vec<Diagnostic> =
            site.findings.iter().filter(|found| found.severity > Severity::Hint).cloned().collect();
        shown.sort_by_key(|found| std::cmp::Reverse(found.severity));
        let more = shown.len().saturating_sub(LISTED);
        shown.truncate(LISTED);
        let mut out = if made.is_none() { above.to_owned() } else { self.top() };
        out.push_str(&text::render(&shown, site, shell::color_err()));
        if more > 0 {
            out.push_str(&format!("and {} more; `mendbook check` shows all\n", number(more, "finding")));
        }
        let pages = number(site.handbook.pages.len(), "page");
        let counts = count(&site.findings);
        let state = super::load::Counts { hints: 0, ..counts }.words().unwrap_or_else(|| "nothing to mend".to_owned());
        let took = made.map_or_else(String::new, |(changed, took)| {
            format!("{} changed, {} ms: ", number(changed, "file"), took.as_millis())
        });
        out.push_str(&format!("{took}{pages}, {state}\n"));
        shell::print_err(&out);
    }
}

/// Where the handbook can be looked at.
fn url(address: SocketAddr, site: &Site) -> String {
    format!("http://{address}{}", site.config.base_path())
}

/// The lines at the top: the address, and what is to be known about it.
fn head((address, moved, events): (SocketAddr, bool, bool), site: &Site) -> String {
    let mut out = format!("Preview: {}   (Ctrl-C ends it)\n", url(address, site));
    if moved {
        out.push_str(&format!("The port that was asked for is taken; this is {}.\n", address.port()));
    }
    if !events {
        out.push_str("Changes are looked for twice a second.\n");
    }
    if !address.ip().is_loopback() {
        out.push_str("warning: everybody in this network can read the handbook, drafts too.\n");
        let local = match address.ip() {
            ip if ip.is_unspecified() => own_address().map(|ip| SocketAddr::new(ip, address.port())),
            _ => Some(address),
        };
        if let Some(local) = local {
            let url = url(local, site);
            out.push_str(&format!("On a phone: {url}\n{}", code(&url)));
        }
    }
    out
}

/// The address by which others in the network reach this machine: that of the way out. Nothing is sent.
fn own_address() -> Option<IpAddr> {
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    socket.local_addr().ok().map(|address| address.ip())
}

/// An address as a picture that a phone can read.
fn code(url: &str) -> String {
    use qrcode::render::unicode::Dense1x2;
    let code = qrcode::QrCode::new(url);
    code.map(|code| format!("{}\n", code.render::<Dense1x2>().build())).unwrap_or_default()
}

fn open_browser(url: &str) -> std::io::Result<()> {
    let (program, before): (_, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map(drop)
}

/// The command that opens a file at a line: a template with `{path}` and `{line}`, an address that the system opens, or a
/// program that is given `PATH:LINE`.
fn editor_command(editor: &str, (file, line): (&Path, u32)) -> Command {
    let (path, line) = (file.display().to_string(), line.to_string());
    let filled = |part: &str| part.replace("{path}", &path).replace("{line}", &line);
    if editor.contains("://") {
        let (program, before) = if cfg!(target_os = "macos") { ("open", None) } else { ("xdg-open", None::<&str>) };
        let mut command = Command::new(program);
        command.args(before).arg(filled(editor));
        return command;
    }
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(editor));
    command.args(words.map(filled));
    if !editor.contains("{path}") {
        command.arg(format!("{path}:{line}"));
    }
    command
}
