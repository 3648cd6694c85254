//! `mendbook export`: the handbook as data on standard output, whatever the findings.

use super::args::{Args, ExportFormat};
use super::load::{Changes, load};
use super::{Stop, shell};
use crate::site::{export, network};

pub(super) fn run(args: &Args, (format, related): (ExportFormat, usize)) -> Result<(), Stop> {
    let loaded = load(args, &Changes { related, ..Changes::default() })?;
    match format {
        ExportFormat::Json => shell::write_out(|out| export::write(&loaded.site, related, out)),
        ExportFormat::Dot => shell::print_out(&network::dot(&loaded.site)),
        ExportFormat::Graphml => shell::print_out(&network::graphml(&loaded.site)),
    }
}
