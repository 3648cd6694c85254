//! `too-many-items`: a section with more items than its kind allows.

use super::{Book, Findings, counted};

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    counted(book, found, "too-many-items", |items, count| (items > count.max).then_some(("at most", count.max)));
}
