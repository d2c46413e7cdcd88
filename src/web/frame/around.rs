//! What stands around a page's content, rendered apart from it: the same for all pages, and in four places the
//! person's own. A page that is the same for everybody is rendered once with those places cut out.

use std::{fmt, sync::LazyLock};

use askama::Template;
use uuid::Uuid;

use super::Frame;

/// Stands where a person's own part was cut out. Nobody who writes a text on a page knows it.
static CUT: LazyLock<String> = LazyLock::new(|| format!("\u{1}{}\u{1}", Uuid::now_v7().simple()));

/// How many parts of a page are the person's own.
pub const OWN: usize = 4;

/// Takes a page apart where the person's own parts were cut out; `None` if it is not one of those.
pub fn pieces(page: &str) -> Option<[&str; OWN + 1]> {
    // Most pages are one person's: that is soon seen.
    if !page.contains('\u{1}') {
        return None;
    }
    page.split(CUT.as_str()).collect::<Vec<_>>().try_into().ok()
}

macro_rules! around {
    ($($(#[$doc:meta])* $name:ident $path:literal,)*) => {$(
        $(#[$doc])*
        #[derive(Template)]
        #[template(path = $path)]
        struct $name<'a> {
            frame: &'a Frame,
        }
    )*};
}

around! {
    Links "web/links.html",
    Top "web/top.html",
    Foot "web/foot.html",
    /// The name and the way out, or the way in.
    Tools "web/own_tools.html",
    Until "web/own_until.html",
    Acting "web/own_acting.html",
    End "web/own_end.html",
}

/// A person's own part, or where it was.
enum Own<T> {
    Part(T),
    Cut,
}

impl<T: fmt::Display> fmt::Display for Own<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part(part) => part.fmt(f),
            Self::Cut => f.write_str(&CUT),
        }
    }
}

/// The parts in the order in which `base.html` names them.
impl Frame {
    pub fn links(&self) -> impl fmt::Display {
        Links { frame: self }
    }

    pub fn top(&self) -> impl fmt::Display {
        Top { frame: self }
    }

    pub fn own_tools(&self) -> impl fmt::Display {
        self.own(Tools { frame: self })
    }

    pub fn own_until(&self) -> impl fmt::Display {
        self.own(Until { frame: self })
    }

    pub fn own_acting(&self) -> impl fmt::Display {
        self.own(Acting { frame: self })
    }

    pub fn own_end(&self) -> impl fmt::Display {
        self.own(End { frame: self })
    }

    pub fn foot(&self) -> impl fmt::Display {
        Foot { frame: self }
    }

    fn own<T>(&self, part: T) -> Own<T> {
        if self.cut { Own::Cut } else { Own::Part(part) }
    }

    /// The person's own parts, for a page that was cut.
    pub fn own_parts(&self) -> [String; OWN] {
        [
            self.own_tools().to_string(),
            self.own_until().to_string(),
            self.own_acting().to_string(),
            self.own_end().to_string(),
        ]
    }
}
