//! What the catalogue's pages show, ready to be written: texts in the reader's language, addresses, codes.
//! Nothing here reads a database. Handlers fill these structs; the templates only lay them out.

mod agency;
mod asking;
mod bulletin;
mod cards;
mod district;
mod domain;
mod event;
mod guide;
mod opened;
mod policy;
mod retired;
mod score;
mod search;
mod start;
mod words;
mod zone;

#[cfg(test)]
pub(crate) mod samples;

pub use agency::{
    AgenciesView, AgencyContact, AgencyGroup, AgencyLine, AgencyView, LicenceCard, ServiceGroup,
};
pub use asking::{
    AskView, Barred, FoundFact, FoundFile, FoundNext, FoundRecord, FoundSaid, FoundState, FoundView,
};
pub use bulletin::{BulletinTextView, BulletinView, BulletinsView};
pub use cards::{BulletinCard, ClosureLine, PolicyCard, ServiceCard, Tile};
pub use district::{ContactLine, DistrictView, DistrictsView};
pub use domain::{ClassSection, DomainView, DomainsView};
pub use event::{EventStep, EventView, EventsView};
pub use guide::{
    Basis, Contact, Fee, GuideView, LicenceLine, Offered, Outcome, Paper, Question, Remedies, SpecialStep,
    Step, Visit,
};
pub use opened::{OpenedLine, OpenedView};
pub use policy::{PoliciesView, PolicyView};
pub use retired::RetiredView;
pub use score::{ScoreView, percent};
pub use search::{Filter, FilterOption, Hit, OpenSearchView, SearchView};
pub use start::{LeaveView, SiteTrouble, StartView};
pub use words::Words;
pub use zone::{ZoneView, ZonesView};
