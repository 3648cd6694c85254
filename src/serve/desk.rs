//! What the preview knows at this moment: the site as it is, what keeps a newer one back, and who is looking.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::SystemTime;

use hyper::body::Bytes;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::fault::Fault;
use super::{Hands, Place, Settings};
use crate::route::Route;
use crate::site::Site;
use crate::theme::Prints;

/// Messages that one who looks may be behind.
const BEHIND: usize = 64;

/// One state of the preview; it never changes.
pub(super) struct Now {
    /// The site that is shown.
    pub(super) site: Arc<Site>,
    /// The last whole one: what was found stands in it, with the texts in which it was.
    pub(super) whole: Arc<Site>,
    /// Whether the two are one.
    pub(super) settled: bool,
    /// Counts the states.
    pub(super) version: u64,
    /// What keeps a newer site back: a mistake in a template or in site.toml.
    pub(super) fault: Option<Arc<Fault>>,
    /// When the last site without a fault was made.
    pub(super) made: SystemTime,
}

/// What the next state shows.
pub(super) struct Next {
    pub(super) site: Arc<Site>,
    /// Whether the site is whole.
    pub(super) settled: bool,
    pub(super) fault: Option<Arc<Fault>>,
}

/// All that the requests share.
pub(super) struct Desk {
    now: RwLock<Arc<Now>>,
    /// Who is looking.
    readers: Mutex<Vec<Sender<Bytes>>>,
    /// The last good bytes of the addresses that somebody looked at, and when their site was made.
    shown: Mutex<HashMap<Route, (Bytes, SystemTime)>>,
    /// Themes with a template that does not end, by their fingerprints: they are not tried again.
    pub(super) endless: Mutex<Vec<Prints>>,
    /// What a page of ours knows and no other one can: it stands in the injected tag.
    pub(super) token: String,
    /// Where the handbook lies.
    pub(super) place: Place,
    /// What is done elsewhere.
    pub(super) hands: Arc<dyn Hands>,
    /// How it is served.
    pub(super) settings: Settings,
}

impl Desk {
    pub(super) fn new(first: Next, (place, settings): (Place, Settings), hands: Arc<dyn Hands>) -> Desk {
        let Next { site, settled, fault } = first;
        Desk {
            now: RwLock::new(Arc::new(Now {
                whole: Arc::clone(&site),
                site,
                settled,
                version: 1,
                fault,
                made: SystemTime::now(),
            })),
            readers: Mutex::default(),
            shown: Mutex::default(),
            endless: Mutex::default(),
            token: token(),
            place,
            hands,
            settings,
        }
    }

    /// The state of this moment.
    pub(super) fn now(&self) -> Arc<Now> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// A new state takes the place of the old one, and everybody who is looking is told; `edited` is what the author wrote.
    pub(super) fn swap(&self, next: Next, edited: Option<(Route, Option<String>)>) {
        let Next { site, settled, fault } = next;
        let version = {
            let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
            let whole = Arc::clone(if settled { &site } else { &now.whole });
            let version = now.version + 1;
            let made = if fault.is_some() { now.made } else { SystemTime::now() };
            *now = Arc::new(Now { site, whole, settled, version, fault, made });
            version
        };
        let place = edited.map(|(route, anchor)| serde_json::json!({ "route": route.path(), "anchor": anchor }));
        self.tell("site", &serde_json::json!({ "version": version, "settled": settled, "edited": place }));
    }

    /// Somebody begins to look.
    pub(super) fn listen(&self) -> Receiver<Bytes> {
        let (sender, receiver) = channel(BEHIND);
        let now = self.now();
        let hello = event("site", &serde_json::json!({ "version": now.version, "settled": now.settled }));
        // The receiver is at hand, and there is room.
        let _ = sender.try_send(hello);
        lock(&self.readers).push(sender);
        receiver
    }

    /// Tell everybody who is looking; those who left are forgotten, and those who do not take what they are sent.
    fn tell(&self, name: &str, data: &serde_json::Value) {
        self.send(&event(name, data));
    }

    /// A sign of life, by which a connection that broke is noticed on both ends.
    pub(super) fn beat(&self) {
        self.send(&Bytes::from_static(b": \n\n"));
    }

    fn send(&self, bytes: &Bytes) {
        lock(&self.readers).retain(|reader| reader.try_send(bytes.clone()).is_ok());
    }

    /// Keep the bytes of an address for the time when its template is broken.
    pub(super) fn keep(&self, route: &Route, (bytes, made): (&Bytes, SystemTime)) {
        lock(&self.shown).insert(route.clone(), (bytes.clone(), made));
    }

    /// The last good bytes of an address, and when their site was made.
    pub(super) fn kept(&self, route: &Route) -> Option<(Bytes, SystemTime)> {
        lock(&self.shown).get(route).cloned()
    }
}

/// A lock whose holder panicked still guards values that are whole: each change is one step.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A message of the stream.
fn event(name: &str, data: &serde_json::Value) -> Bytes {
    Bytes::from(format!("event: {name}\ndata: {data}\n\n"))
}

/// 128 bits that cannot be guessed: the standard library's hash keys come from the system's random numbers.
fn token() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}
