//! What stands on the terminal while a preview runs: the address, what was found, and how long the last change took. On a
//! terminal it is drawn in its place; into a file go lines, and only when something is new.

use std::fmt::Write as _;
use std::net::SocketAddr;

use super::open::own_address;
use crate::cli::load::{Counts, count, number};
use crate::cli::shell;
use crate::diag::{Diagnostic, Severity, text};
use crate::serve::Told;
use crate::site::Site;

/// Findings that are listed at a time: the list is to stay on one screen.
const LISTED: usize = 8;

/// The parts of the screen.
pub(super) struct Board {
    quiet: bool,
    /// The address, and what is to be known about it.
    head: String,
    /// What was found.
    list: String,
    /// The last change: how many files, and how long it took.
    change: String,
    /// Pages and counts.
    state: String,
    /// What was written last.
    written: String,
}

impl Board {
    pub(super) fn new(quiet: bool) -> Board {
        let [head, list, change, state, written] = [const { String::new() }; 5];
        Board { quiet, head, list, change, state, written }
    }

    /// Take in what is new, and show it.
    pub(super) fn tell(&mut self, told: &Told<'_>) {
        match told {
            Told::Ready { address, moved, events, site } => {
                self.head = head((*address, *moved, *events), site);
                self.state = format!("{}, being checked", number(site.handbook.pages.len(), "page"));
                shell::print_err(&self.head);
            }
            Told::Shown { changed, took } => {
                self.change = format!("{} changed, shown in {} ms; ", number(*changed, "file"), took.as_millis());
                // On a terminal at once; a file need not tell it twice.
                if shell::is_terminal() {
                    self.draw();
                }
            }
            Told::Settled { site } => {
                self.list = list(&site.findings, site);
                let counts = Counts { hints: 0, ..count(&site.findings) };
                let counts = counts.words().unwrap_or_else(|| "nothing to mend".to_owned());
                self.state = format!("{}: {counts}", number(site.handbook.pages.len(), "page"));
                self.draw();
            }
            Told::Held { fault } => {
                self.list = format!("{fault}the last good state is still shown\n");
                self.draw();
            }
        }
    }

    fn draw(&mut self) {
        let body = format!("{}{}{}\n", self.list, self.change, self.state);
        if self.quiet && self.list.is_empty() || body == self.written {
            return;
        }
        if shell::is_terminal() {
            // From the top of an empty screen, so that one list stands there and none scrolls by.
            shell::print_err(&format!("\x1b[2J\x1b[3J\x1b[H{}{body}", self.head));
        } else {
            shell::print_err(&body);
        }
        self.written = body;
    }
}

/// The findings, errors first.
fn list(findings: &[Diagnostic], site: &Site) -> String {
    let mut shown: Vec<Diagnostic> = findings.iter().filter(|found| found.severity > Severity::Hint).cloned().collect();
    shown.sort_by_key(|found| std::cmp::Reverse(found.severity));
    let more = shown.len().saturating_sub(LISTED);
    shown.truncate(LISTED);
    let mut out = text::render(&shown, site, shell::color_err());
    if more > 0 {
        let _ = writeln!(out, "and {}; `mendbook check` shows all\n", number(more, "more finding"));
    }
    out
}

/// Where the handbook can be looked at.
pub(super) fn url(address: SocketAddr, site: &Site) -> String {
    format!("http://{address}{}", site.config.base_path())
}

/// The lines at the top: the address, and what is to be known about it.
fn head((address, moved, events): (SocketAddr, bool, bool), site: &Site) -> String {
    let mut out = format!("Preview: {}   (Ctrl-C ends it)\n", url(address, site));
    if moved {
        let _ = writeln!(out, "The port that was asked for is taken; this is {}.", address.port());
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
            let _ = writeln!(out, "On a phone: {url}\n{}", code(&url));
        }
    }
    out.push('\n');
    out
}

/// An address as a picture that a phone can read.
fn code(url: &str) -> String {
    use qrcode::render::unicode::Dense1x2;
    let code = qrcode::QrCode::new(url);
    code.map(|code| code.render::<Dense1x2>().build()).unwrap_or_default()
}
