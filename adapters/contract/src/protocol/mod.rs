//! What a package says about its backend's protocol beyond address and driver: envelopes, frames, files, codes
//! and the signing of events. Everything here is data that the drivers read; none of it is code.

mod code;
mod event;
mod file;
mod frame;
mod page;
mod soap;

pub use code::{Codes, Meaning};
pub use event::Events;
pub use file::{Companion, DailyFiles, FileUse, Table};
pub use frame::{Align, Cell, CellKind, Frame, Frames, Length, Rows};
pub use page::Pages;
pub use soap::{Soap, SoapStyle, SoapVersion, XmlBody};
