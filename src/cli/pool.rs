//! Rendering every address, in parallel and under watch: a template that does not end is named, and left behind.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::Stop;
use crate::diag::Diagnostic;
use crate::leaks::Leak;
use crate::route::Route;
use crate::site::{Rendered, Site};
use crate::write::{Refusal, Staging};

/// How long one page may take.
const LONGEST: Duration = Duration::from_secs(10);

/// Threads that are started at most, whatever RAYON_NUM_THREADS says.
const THREADS: usize = 256;

/// Start the threads that read and render.
///
/// # Errors
/// The system gives no threads.
pub(super) fn start() -> Result<(), Stop> {
    let asked = std::env::var("RAYON_NUM_THREADS").ok().and_then(|asked| asked.parse().ok()).unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(THREADS.min(asked));
    pool.build_global().map_err(|error| Stop::Cannot(format!("no threads can be started: {error}")))
}

/// What became of rendering.
pub(super) enum Rendering {
    /// Everything was rendered; what was found, and the staging if the pages went there.
    Done(Vec<Diagnostic>, Option<Staging>),
    /// A page does not end: its finding. Its thread still runs, so the process has to end.
    Endless(Diagnostic),
    /// The disk refuses.
    Refused(Refusal),
}

/// Pages being rendered: for each worker the address and since when.
type Watch = Arc<Mutex<Vec<Option<(Route, Instant)>>>>;

/// Render every address of a site, into `staging` if one is given.
pub(super) fn render(site: &Arc<Site>, staging: Option<Staging>) -> Rendering {
    // Worked out before: several pages would wait for it, and it is worked out on their threads.
    let _ = site.search();
    let watch: Watch = Arc::new(Mutex::new(vec![None; rayon::current_num_threads() + 1]));
    let (sender, receiver) = channel();
    let (site_there, watch_there) = (Arc::clone(site), Arc::clone(&watch));
    let worker = std::thread::Builder::new().name("render".to_owned()).spawn(move || {
        let result = all(&site_there, staging, &watch_there);
        // Nobody listens any more if a page did not end.
        let _ = sender.send(result);
    });
    let worker = match worker {
        Ok(worker) => worker,
        Err(error) => {
            return Rendering::Refused(Refusal(format!("no thread can be started: {error}; nothing was changed")));
        }
    };
    loop {
        match receiver.recv_timeout(Duration::from_millis(200)) {
            Ok(result) => return result,
            Err(RecvTimeoutError::Timeout) => {
                if let Some(route) = overdue(&watch) {
                    return Rendering::Endless(endless(site, &route));
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                // The worker panicked, and has said so: this thread ends in the same way.
                let panic = worker.join().err().unwrap_or_else(|| Box::new("rendering stopped"));
                std::panic::resume_unwind(panic);
            }
        }
    }
}

fn overdue(watch: &Watch) -> Option<Route> {
    let watch = watch.lock().unwrap_or_else(PoisonError::into_inner);
    watch.iter().flatten().find(|(_, since)| since.elapsed() > LONGEST).map(|(route, _)| route.clone())
}

fn endless(site: &Site, route: &Route) -> Diagnostic {
    let message = format!("the template does not end within {} seconds", LONGEST.as_secs());
    let finding = site.fault(route, &message).hint("a loop in the template has no end, or very many turns");
    let mut settled = crate::checks::settle(crate::render::at(vec![(route.path(), finding.clone())]), &site.config);
    settled.pop().unwrap_or(finding)
}

fn all(site: &Arc<Site>, staging: Option<Staging>, watch: &Watch) -> Rendering {
    let routes: Vec<&Route> = site.outputs.keys().collect();
    let results: Vec<Result<One, Refusal>> =
        routes.par_iter().map(|route| one(site, route, (staging.as_ref(), watch))).collect();
    let (mut failed, mut leaks) = (Vec::new(), Vec::new());
    for (route, result) in routes.into_iter().zip(results) {
        match result {
            Ok(One::Fine) => {}
            Ok(One::Faulty(finding)) => failed.push((route.path(), finding)),
            Ok(One::Leaking(found)) => leaks.push((route.path(), found)),
            Err(refusal) => return Rendering::Refused(refusal),
        }
    }
    let mut findings = crate::render::at(failed);
    findings.extend(site.told(leaks));
    Rendering::Done(findings, staging)
}

/// What became of one address.
enum One {
    Fine,
    Faulty(Diagnostic),
    Leaking(Vec<Leak>),
}

fn one(site: &Site, route: &Route, (staging, watch): (Option<&Staging>, &Watch)) -> Result<One, Refusal> {
    let slot = rayon::current_thread_index().unwrap_or(0);
    let mark = |state: Option<(Route, Instant)>| {
        if let Some(at) = watch.lock().unwrap_or_else(PoisonError::into_inner).get_mut(slot) {
            *at = state;
        }
    };
    mark(Some((route.clone(), Instant::now())));
    let rendered = site.render(route);
    mark(None);
    let rendered = match rendered {
        Some(Ok(rendered)) => rendered,
        Some(Err(finding)) => return Ok(One::Faulty(finding)),
        None => return Ok(One::Fine),
    };
    let (rendered, leaks) = proved(site, route, rendered)?;
    match (rendered, staging) {
        (Rendered::Bytes(bytes), Some(staging)) => staging.put(route.path(), &bytes)?,
        (Rendered::Copy(from), Some(staging)) => staging.copy(route.path(), &from)?,
        (_, None) => {}
    }
    Ok(if leaks.is_empty() { One::Fine } else { One::Leaking(leaks) })
}

/// What a file of an output for the public lets out, and the very bytes of which that is known.
fn proved(site: &Site, route: &Route, rendered: Rendered) -> Result<(Rendered, Vec<Leak>), Refusal> {
    let Some(secrets) = site.secrets() else { return Ok((rendered, Vec::new())) };
    let bytes = match rendered {
        Rendered::Bytes(bytes) => bytes,
        Rendered::Copy(from) => {
            std::fs::read(&from).map_err(|error| Refusal(format!("`{}` cannot be read: {error}", from.display())))?
        }
    };
    let leaks = secrets.look(route.path(), &bytes);
    Ok((Rendered::Bytes(bytes), leaks))
}
