//! `mendbook export`: the handbook as data on standard output, whatever the findings.

use super::args::{Args, ExportFormat};
use super::load::{Changes, load};
use super::{Stop, shell};
use crate::site::{export, network};

pub(super) fn run(args: &Args, format: ExportFormat) -> Result<(), Stop> {
    let loaded = load(args, &Changes::default())?;
    let text = match format {
        ExportFormat::Json => format!("{}\n", export::document(&loaded.site)),
        ExportFormat::Dot => network::dot(&loaded.site),
        ExportFormat::Graphml => network::graphml(&loaded.site),
    };
    shell::print_out(&text);
    Ok(())
}
