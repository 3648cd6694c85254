//! Live preview: the handbook in memory, watched, and served to a browser that patches itself. A door: the network, and
//! the clock of waiting. `src/serve/README.md` tells what server and browser say to each other.
//!
//! One thread watches and makes sites; another answers. Between them lies the desk, with the last good site on it. A site is
//! put there when it is whole, and never changed. Nothing is written but at an author's word, into the author's files.

use std::net::{IpAddr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::git::History;
use crate::site::Site;

mod answer;
mod author;
mod client;
mod desk;
mod edited;
mod fault;
mod http;
mod preview;
mod tree;
mod watch;

use desk::{Desk, Next};
pub use preview::{Place, Preview, Rest, Step, Whole};
use watch::{Watch, Woken};

/// Of more pages, the whole site is made when the author pauses: it takes a moment.
const MANY: usize = 500;

/// What counts as a pause.
const PAUSE: Duration = Duration::from_millis(250);

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

/// What the preview has done for it by the command that runs it.
pub trait Hands: Send + Sync {
    /// What `site.toml` says now, with what the command changes about it.
    fn configure(&self) -> (Config, Vec<Diagnostic>);

    /// What git knows of the pages now.
    fn history(&self) -> Arc<History>;

    /// Open an editor at a line of a file, given by its path from the root.
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
    /// What changed is shown; the rankings and the findings are still those of before.
    Shown {
        /// Files that changed.
        changed: usize,
        /// How long it took from the end of the quiet.
        took: Duration,
    },
    /// A whole site is shown: what a build would write.
    Settled {
        /// The site.
        site: &'a Site,
    },
    /// A new site could not be made, or not with its theme, and the last good one stays.
    Held {
        /// Why, with code frames.
        fault: &'a str,
    },
}

/// Serve until the process is interrupted.
///
/// # Errors
/// Why it cannot be served.
pub fn serve(place: Place, settings: Settings, hands: Arc<dyn Hands>) -> Result<(), String> {
    let wanted = SocketAddr::new(settings.bind, settings.port);
    let listener = http::listen(wanted).map_err(|error| format!("`{wanted}` cannot be listened at: {error}"))?;
    let address = listener.local_addr().map_err(|error| format!("`{wanted}` cannot be listened at: {error}"))?;
    let moved = address.port() != settings.port && settings.port != 0;
    let poll = settings.poll;
    let preview = Preview::open(place.clone(), Arc::clone(&hands));
    let watch = Watch::new(preview.ground().clone(), poll);
    let ended = |error: std::io::Error| format!("the preview ended: {error}");
    let server = http::Server::new().map_err(ended)?;
    hands.tell(&Told::Ready { address, moved, events: watch.has_events(), site: preview.site() });
    if let Some(fault) = preview.fault() {
        hands.tell(&Told::Held { fault });
    }
    let first = Next { site: Arc::clone(preview.site()), settled: false, fault: preview.held().cloned() };
    let desk = Arc::new(Desk::new(first, (place, settings), hands));
    let (alive, dead) = tokio::sync::oneshot::channel::<()>();
    let press = Press { desk: Arc::clone(&desk), preview, watch, busy: false, slow: true };
    std::thread::Builder::new()
        .name("watch".to_owned())
        .spawn(move || {
            // Dropped when this thread ends, which it does by a mistake alone: the server then ends too.
            let _alive = alive;
            press.run();
        })
        .map_err(|error| format!("no thread can be started: {error}"))?;
    server.run(listener, &desk, dead).map_err(ended)
}

/// Makes a site whenever files have changed.
struct Press {
    desk: Arc<Desk>,
    preview: Preview,
    watch: Watch,
    /// Whether a whole site is being made.
    busy: bool,
    /// Whether that takes long.
    slow: bool,
}

impl Press {
    fn run(mut self) {
        self.finish();
        loop {
            let waits = !self.preview.is_settled() && !self.busy;
            let longest = if waits { PAUSE } else { self.watch.round() };
            match self.watch.wait(longest) {
                Woken::Changed(paths) => {
                    let since = Instant::now();
                    if let Some(step) = self.preview.touched(&paths) {
                        self.show(&step, since);
                    }
                    self.look(since);
                }
                Woken::Whole(whole) => {
                    self.busy = false;
                    let Some(whole) = whole else { return };
                    if self.preview.settle(*whole) {
                        self.desk.swap(self.next(), None);
                        self.desk.hands.tell(&Told::Settled { site: self.preview.site() });
                    }
                }
                Woken::Quiet if waits => self.finish(),
                Woken::Quiet => self.look(Instant::now()),
            }
        }
    }

    /// Look at all files, and again where a folder came or went: what was put into a new one before it was watched told
    /// nobody.
    fn look(&mut self, since: Instant) {
        while let Some(step) = self.preview.look() {
            self.show(&step, since);
            let root = &self.preview.ground().root;
            if !self.watch.has_events() || !watch::is_structural(&step.changes, root) {
                break;
            }
            self.watch.begin();
        }
        if !self.slow && !self.preview.is_settled() && !self.busy {
            self.finish();
        }
    }

    fn next(&self) -> Next {
        Next {
            site: Arc::clone(self.preview.site()),
            settled: self.preview.is_settled(),
            fault: self.preview.held().cloned(),
        }
    }

    fn show(&self, step: &Step, since: Instant) {
        let edited = edited::place((&step.before, self.preview.site()), &step.changes, &self.preview.ground().root);
        self.desk.swap(self.next(), edited);
        match self.preview.fault() {
            Some(fault) => self.desk.hands.tell(&Told::Held { fault }),
            None => {
                let changed = step.changes.len();
                self.desk.hands.tell(&Told::Shown { changed, took: since.elapsed() });
            }
        }
    }

    /// Make the whole site on a thread of its own, with threads of its own: an edit that comes meanwhile is shown at once.
    fn finish(&mut self) {
        let (rest, bell) = (self.preview.rest(), self.watch.bell());
        let work = move || {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(rayon::current_num_threads()).build();
            let made = std::panic::catch_unwind(AssertUnwindSafe(|| match pool {
                Ok(pool) => pool.install(|| rest.make()),
                Err(_) => rest.make(),
            }));
            bell.ring(made.ok());
        };
        self.slow = self.preview.site().handbook.pages.len() > MANY;
        self.busy = std::thread::Builder::new().name("whole".to_owned()).spawn(work).is_ok();
    }
}
