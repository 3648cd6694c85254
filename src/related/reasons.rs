//! x
/// x
#[derive(Debug)]
pub struct Reason;
