//! `mendbook export`: the handbook as data on standard output, whatever the findings.

use super::args::{Args, ExportFormat};
use super::load::{Changes, load};
use super::{Stop, shell};
use crate::site::export;

pub(super) fn run(args: &Args, format: ExportFormat) -> Result<(), Stop> {
    let loaded = load(args, &Changes::default())?;
    match format {
        ExportFormat::Json => shell::print_out(&format!("{}\n", export::document(&loaded.site))),
    }
}
