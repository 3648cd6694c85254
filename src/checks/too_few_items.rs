//! `too-few-items`: a section with fewer items than its kind asks for.

use super::{Book, Findings, counted};

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    counted(book, found, "too-few-items", |items, count| (items < count.min).then_some(("at least", count.min)));
}
