//! `mendbook new`: a page with the sections of its kind to fill in.

use super::args::Args;
use super::load::{Changes, load};
use super::{Stop, shell};
use crate::edit::{NewPage, create};

pub(super) fn run(args: &Args, kind: &str, title: &str) -> Result<(), Stop> {
    let loaded = load(args, &Changes::default())?;
    let today = shell::today(args.today.as_deref())?;
    let NewPage { path, text } = NewPage::of(&loaded.site, (kind, title), &today).map_err(Stop::Cannot)?;
    let file = loaded.root.folder.join(&path);
    create(&file, &text).map_err(Stop::Cannot)?;
    // A path that leads to the page from where the command was given.
    let here = super::load::folder(args).canonicalize().is_ok_and(|here| here == loaded.root.folder);
    shell::print_out(&if here { format!("{path}\n") } else { format!("{}\n", file.display()) })
}
