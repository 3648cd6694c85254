//! Live preview: the handbook in memory, watched, and served to a browser that patches itself. A door: the network, and
//! the clock of waiting.
//!
//! One thread watches and makes sites; another answers. Between them lies the desk, with the last good site on it. A site is
//! put there when it is whole, and never changed. Nothing is written but through [`Hands`], at an author's word.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::diag::Diagnostic;
use crate::site::Site;

mod answer;
mod author;
mod client;
mod desk;
mod edited;
mod http;
mod watch;

use desk::Desk;
use watch::{Ground, Look, Watch};

/// How a preview is served.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address to listen at.
    pub bind: IpAddr,
    /// The port, or the first that is tried.
    pub port: u16,
    /// Further names that this server may be called by.
    pub hosts: Vec<String>,
    /// Look at all files again and again, because no events are to be hoped for.
    pub poll: bool,
    /// Browsers go to the page that is being edited.
    pub follow: bool,
    /// Whether [`Hands::open`] can open an editor.
    pub editor: bool,
}

/// Where the handbook lies.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its root.
    pub root: PathBuf,
    /// Whether the root itself is the content.
    pub bare: bool,
    /// The output folder, which is not watched.
    pub output: PathBuf,
}

/// What the preview may do to the world, besides answering.
pub trait Hands: Send + Sync {
    /// Read the handbook; pages that `before` has with the same text need not be understood again.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn read(&self, before: Option<&Site>) -> Result<Site, String>;

    /// Apply the fix of a finding to the author's file.
    ///
    /// # Errors
    /// Why nothing was changed.
    fn fix(&self, site: &Site, finding: &Diagnostic) -> Result<(), String>;

    /// Write a page that is asked for; its path from the root.
    ///
    /// # Errors
    /// Why nothing was written.
    fn begin(&self, site: &Site, name: &str) -> Result<String, String>;

    /// Open an editor at a line of a file.
    ///
    /// # Errors
    /// Why not.
    fn open(&self, path: &Path, line: u32) -> Result<(), String>;

    /// Say what is new.
    fn tell(&self, told: &Told<'_>);
}

/// What is new.
#[derive(Debug)]
pub enum Told<'a> {
    /// The preview can be looked at here; whether the system tells of changes.
    Ready {
        /// Where it is served.
        address: SocketAddr,
        /// Whether the port is another than the one that was asked for.
        moved: bool,
        /// Whether changes are noticed by events, and not only by looking again and again.
        events: bool,
        /// The site.
        site: &'a Site,
    },
    /// A new site is shown.
    Made {
        /// The site.
        site: &'a Site,
        /// Files that changed.
        changed: usize,
        /// How long it took from the end of the quiet.
        took: Duration,
    },
    /// A new site could not be made, and the last good one stays.
    Held {
        /// Why, with code frames.
        fault: &'a str,
    },
}

/// Serve until the process is interrupted.
///
/// # Errors
/// Why it cannot be served.
pub fn serve(place: &Place, settings: Settings, hands: Arc<dyn Hands>) -> Result<(), String> {
    let ground = Ground { root: place.root.clone(), bare: place.bare, output: place.output.clone() };
    let wanted = SocketAddr::new(settings.bind, settings.port);
    let listener = http::listen(wanted).map_err(|error| format!("`{wanted}` cannot be listened at: {error}"))?;
    let address = listener.local_addr().map_err(|error| format!("`{wanted}` cannot be listened at: {error}"))?;
    let watch = Watch::new(ground, settings.poll);
    // Looked at before it is read: what changes while it is read is then seen as a change.
    let look = watch.look();
    let site = Arc::new(hands.read(None)?);
    let fault = held_back(&site);
    let moved = address.port() != settings.port && settings.port != 0;
    hands.tell(&Told::Ready { address, moved, events: watch.has_events(), site: &site });
    if let Some(fault) = &fault {
        hands.tell(&Told::Held { fault });
    }
    let desk = Arc::new(Desk::new(site, fault, (hands, settings)));
    let there = Arc::clone(&desk);
    let root = place.root.clone();
    std::thread::Builder::new()
        .name("watch".to_owned())
        .spawn(move || keep_up(&there, (watch, look), &root))
        .map_err(|error| format!("no thread can be started: {error}"))?;
    http::serve(listener, &desk).map_err(|error| format!("the preview ended: {error}"))
}

/// Make a site whenever files have changed.
fn keep_up(desk: &Desk, (mut watch, mut look): (Watch, Look), root: &Path) {
    loop {
        watch.wait();
        let now = watch.look();
        let changes = look.changes(&now);
        look = now;
        if changes.is_empty() {
            continue;
        }
        if watch.has_events() && watch::is_structural(&changes, root) {
            watch.begin();
        }
        renew(desk, (&changes, root));
    }
}

/// Read the handbook again, and show it if it can be shown.
fn renew(desk: &Desk, (changes, root): (&[PathBuf], &Path)) {
    let since = Instant::now();
    let before = desk.now();
    let read = desk.hands.read(Some(&before.site));
    let made = read.and_then(|site| held_back(&site).map_or(Ok(site), Err));
    match made {
        Ok(site) => {
            let site = Arc::new(site);
            let edited = edited::place(&before.site, &site, (changes, root));
            desk.swap(Arc::clone(&site), edited);
            desk.hands.tell(&Told::Made { site: &site, changed: changes.len(), took: since.elapsed() });
        }
        Err(fault) => {
            desk.hands.tell(&Told::Held { fault: &fault });
            desk.hold(fault);
        }
    }
}

/// Why a site cannot be shown: its theme or its site.toml cannot be used. What is wrong in pages keeps nothing back.
fn held_back(site: &Site) -> Option<String> {
    let config = |finding: &&Diagnostic| finding.blocks && finding.check == "bad-config";
    let theme = |finding: &&Diagnostic| !site.has_theme() && finding.blocks;
    let faults: Vec<&Diagnostic> = site.findings.iter().filter(|found| config(found) || theme(found)).collect();
    (!faults.is_empty()).then(|| desk::frames(&faults, site))
}
