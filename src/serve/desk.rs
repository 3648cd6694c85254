//! What the preview knows at this moment: the site as it is, what keeps a newer one back, and who is looking.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use hyper::body::Bytes;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::{Hands, Settings};
use crate::diag::Diagnostic;
use crate::route::Route;
use crate::site::Site;

/// One state of the preview; it never changes.
pub(super) struct Now {
    /// The last good site.
    pub(super) site: Arc<Site>,
    /// Counts the states.
    pub(super) version: u64,
    /// What keeps a newer site back, in words for a person: a mistake in a template or in site.toml.
    pub(super) fault: Option<String>,
}

/// All that the requests share.
pub(super) struct Desk {
    now: RwLock<Arc<Now>>,
    /// Who is looking.
    readers: Mutex<Vec<UnboundedSender<Bytes>>>,
    /// The last good bytes of the addresses that somebody looked at.
    shown: Mutex<HashMap<Route, Bytes>>,
    /// Themes with a template that does not end, by their fingerprints: they are not tried again.
    pub(super) endless: Mutex<Vec<u64>>,
    /// What a page of ours knows and no other one can: it stands in the injected tag.
    pub(super) token: String,
    /// What may be changed about the handbook.
    pub(super) hands: Arc<dyn Hands>,
    /// How it is served.
    pub(super) settings: Settings,
}

impl Desk {
    pub(super) fn new(site: Arc<Site>, fault: Option<String>, (hands, settings): (Arc<dyn Hands>, Settings)) -> Desk {
        Desk {
            now: RwLock::new(Arc::new(Now { site, version: 1, fault })),
            readers: Mutex::default(),
            shown: Mutex::default(),
            endless: Mutex::default(),
            token: token(),
            hands,
            settings,
        }
    }

    /// The state of this moment.
    pub(super) fn now(&self) -> Arc<Now> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// A new site takes the place of the old one, and everybody who is looking is told; `follow` is what was edited.
    pub(super) fn swap(&self, site: Arc<Site>, follow: Option<(Route, Option<String>)>) {
        let version = self.advance(|_| (site, None));
        let place = follow.map(|(route, anchor)| serde_json::json!({ "route": route.path(), "anchor": anchor }));
        self.tell("site", &serde_json::json!({ "version": version, "edited": place }));
    }

    /// The last good site stays, and everybody is told why.
    pub(super) fn hold(&self, fault: String) {
        let version = self.advance(|now| (Arc::clone(&now.site), Some(fault)));
        self.tell("site", &serde_json::json!({ "version": version }));
    }

    fn advance(&self, next: impl FnOnce(&Now) -> (Arc<Site>, Option<String>)) -> u64 {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        let (site, fault) = next(&now);
        let version = now.version + 1;
        *now = Arc::new(Now { site, version, fault });
        version
    }

    /// Somebody begins to look.
    pub(super) fn listen(&self) -> UnboundedReceiver<Bytes> {
        let (sender, receiver) = unbounded_channel();
        let hello = event("site", &serde_json::json!({ "version": self.now().version }));
        // The receiver is at hand.
        let _ = sender.send(hello);
        lock(&self.readers).push(sender);
        receiver
    }

    /// Tell everybody who is looking; those who left are forgotten.
    fn tell(&self, name: &str, data: &serde_json::Value) {
        self.send(&event(name, data));
    }

    /// A sign of life, by which a connection that broke is noticed on both ends.
    pub(super) fn beat(&self) {
        self.send(&Bytes::from_static(b": \n\n"));
    }

    fn send(&self, bytes: &Bytes) {
        lock(&self.readers).retain(|reader| reader.send(bytes.clone()).is_ok());
    }

    /// Keep the bytes of an address for the time when its template is broken.
    pub(super) fn keep(&self, route: &Route, bytes: &Bytes) {
        lock(&self.shown).insert(route.clone(), bytes.clone());
    }

    /// The last good bytes of an address.
    pub(super) fn kept(&self, route: &Route) -> Option<Bytes> {
        lock(&self.shown).get(route).cloned()
    }
}

/// What was found, as text with code frames.
pub(super) fn frames(findings: &[&Diagnostic], site: &Site) -> String {
    let findings: Vec<Diagnostic> = findings.iter().map(|finding| (*finding).clone()).collect();
    crate::diag::text::render(&findings, site, false)
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
