//! What mendbook writes into the author's own files, when the author asks for it: mends, and new pages.

mod fix;
mod page;

pub use fix::{Applied, apply};
pub use page::{NewPage, create};
