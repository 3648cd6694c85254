//! `mendbook serve`: the preview, with a terminal above it and an editor beside it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::Stop;
use super::args::{Args, ServeOptions};
use super::load::{Changes, Ready, options, ready};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::git::History;
use crate::serve::{Hands, Place, Settings, Told, serve};

mod board;
mod open;

use board::Board;

pub(super) fn run(args: &Args, wanted: &ServeOptions) -> Result<(), Stop> {
    // Drafts are what an author is writing.
    let args = Args { drafts: true, ..args.clone() };
    let Ready { root, config, output, .. } = ready(&args, &Changes::default())?;
    let editor = wanted.editor.clone().or_else(|| std::env::var("EDITOR_URL").ok()).filter(|line| !line.is_empty());
    let settings = Settings {
        bind: wanted.bind,
        port: wanted.port,
        hosts: wanted.allow_host.clone(),
        poll: wanted.poll,
        follow: wanted.follow,
        editor: editor.is_some(),
    };
    let own = Own {
        root: root.folder.clone(),
        board: Mutex::new(Board::new(args.quiet)),
        last: Mutex::new(config),
        history: Mutex::default(),
        open: wanted.open,
        args: args.clone(),
        editor,
    };
    let place = Place { root, output, options: options(&args, 0)? };
    serve(place, settings, Arc::new(own)).map_err(Stop::Cannot)
}

/// What the preview has done by this command.
struct Own {
    args: Args,
    root: PathBuf,
    editor: Option<String>,
    open: bool,
    board: Mutex<Board>,
    /// `site.toml` as it could be read last.
    last: Mutex<(Config, Vec<Diagnostic>)>,
    /// What git knew last.
    history: Mutex<Arc<History>>,
}

impl Hands for Own {
    fn configure(&self) -> (Config, Vec<Diagnostic>) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        // Where even the folder is gone, it may come back.
        if let Ok(Ready { config, .. }) = ready(&self.args, &Changes::default()) {
            *last = config;
        }
        last.clone()
    }

    fn history(&self) -> Arc<History> {
        let mut known = self.history.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.is_of_now(&self.root) {
            *known = Arc::new(History::read(&self.root));
        }
        Arc::clone(&known)
    }

    fn open(&self, path: &Path, line: u32) -> Result<(), String> {
        let editor = self.editor.as_deref().ok_or("no editor is named: see --editor")?;
        let done = open::editor(editor, (&self.root.join(path), line));
        done.map_err(|error| format!("the editor cannot be started: {error}"))
    }

    fn tell(&self, told: &Told<'_>) {
        let mut board = self.board.lock().unwrap_or_else(PoisonError::into_inner);
        board.tell(told);
        if let Told::Ready { address, site, .. } = told
            && self.open
            && let Err(why) = open::browser(&board::url(*address, site))
        {
            super::shell::say(&format!("no browser can be opened: {why}"));
        }
    }
}
