//! The form of the one route table: an address, how it is guarded, who answers.

use std::collections::BTreeMap;

use actix_web::{
    Resource, guard,
    http::{Method, header},
    middleware::from_fn,
    web::{self, ServiceConfig},
};

use super::{
    Failure,
    guards::{self, Needs},
    limits,
    session::Realm,
};

/// What stands between the visitor and the handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guard {
    /// Nothing: public, and served to everyone.
    Anyone,
    /// Public, and counted per address on its own.
    Searcher,
    /// A form of ours: the handler takes [`super::Submitted`], which checks the token.
    Form,
    /// A signed-in citizen whose session has at least this level. Others are led to signing in or stepping up.
    Citizen(u8),
    /// The same for a form. What was filled in survives signing in again.
    CitizenForm(u8),
    /// A signed-in citizen who proved who they are just now: a session left open is not enough.
    Fresh,
    FreshForm,
    /// Somebody signed in as well as the service that the address names demands, if it does.
    Service,
    ServiceForm,
    /// A signed-in member of staff; what they may do there is the handler's business.
    Staff,
    StaffForm,
    /// A machine, which proves itself to the handler.
    Machine,
}

impl Guard {
    /// The word in the printed table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::Searcher => "searcher",
            Self::Form => "form",
            Self::Citizen(0) => "citizen",
            Self::Citizen(2) => "citizen/2",
            Self::Citizen(3) => "citizen/3",
            Self::Citizen(4) => "citizen/4",
            Self::Citizen(_) => "citizen/5",
            Self::CitizenForm(0) => "citizen-form",
            Self::CitizenForm(2) => "citizen-form/2",
            Self::CitizenForm(3) => "citizen-form/3",
            Self::CitizenForm(4) => "citizen-form/4",
            Self::CitizenForm(_) => "citizen-form/5",
            Self::Fresh => "citizen/fresh",
            Self::FreshForm => "citizen-form/fresh",
            Self::Service => "service",
            Self::ServiceForm => "service-form",
            Self::Staff => "staff",
            Self::StaffForm => "staff-form",
            Self::Machine => "machine",
        }
    }
}

impl Guard {
    /// Whether the route takes a form of our own pages.
    pub const fn is_form(self) -> bool {
        matches!(
            self,
            Self::Form | Self::CitizenForm(_) | Self::FreshForm | Self::ServiceForm | Self::StaffForm
        )
    }

    /// Whether the service that the address names says who must be signed in.
    pub const fn is_of_service(self) -> bool {
        matches!(self, Self::Service | Self::ServiceForm)
    }

    /// Who must be signed in, and how well.
    pub const fn needs(self) -> Option<Needs> {
        match self {
            // How well for a service, the service says.
            Self::Anyone
            | Self::Searcher
            | Self::Form
            | Self::Service
            | Self::ServiceForm
            | Self::Machine => None,
            Self::Citizen(level) | Self::CitizenForm(level) => {
                Some(Needs { realm: Realm::Citizen, level, fresh: false })
            }
            Self::Fresh | Self::FreshForm => Some(Needs { realm: Realm::Citizen, level: 0, fresh: true }),
            Self::Staff | Self::StaffForm => Some(Needs { realm: Realm::Staff, level: 0, fresh: false }),
        }
    }
}

/// One line of the table.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub guard: Guard,
    /// Makes the handler's route, once per thread.
    pub handler: fn() -> actix_web::Route,
}

/// Writes a line of the table: `route!(GET "/domains/{code}", Anyone, pages::domain)`.
#[macro_export]
macro_rules! route {
    ($method:ident $path:literal, $guard:ident $(($level:literal))?, $handler:path) => {
        $crate::web::Route {
            method: actix_web::http::Method::$method,
            path: $path,
            guard: $crate::web::Guard::$guard $(($level))?,
            handler: || actix_web::web::to($handler),
        }
    };
}

/// Mounts the table. A known address asked with another method is told which ones there are.
pub fn mount(table: &[Route], config: &mut ServiceConfig) {
    let mut resources: BTreeMap<(&str, Guard), Vec<&Route>> = BTreeMap::new();
    let mut order = Vec::new();
    for route in table {
        let searcher = if route.guard == Guard::Searcher { Guard::Searcher } else { Guard::Anyone };
        let key = (route.path, searcher);
        if !resources.contains_key(&key) {
            order.push(key);
        }
        resources.entry(key).or_default().push(route);
    }
    for key in order {
        let routes = &resources[&key];
        let resource = resource(key.0, routes);
        if key.1 == Guard::Searcher {
            config.service(resource.wrap(from_fn(limits::search)));
        } else {
            config.service(resource);
        }
    }
}

fn resource(path: &str, routes: &[&Route]) -> Resource {
    let mut resource = web::resource(path);
    let mut allowed = Vec::new();
    for route in routes {
        let handler = (route.handler)();
        let handler = match route.guard.needs() {
            Some(needs) => handler.wrap(from_fn(move |request, next| guards::signed(needs, request, next))),
            None if route.guard.is_of_service() => handler.wrap(from_fn(guards::of_service)),
            None => handler,
        };
        resource = if route.method == Method::GET {
            allowed.push("GET, HEAD".to_owned());
            resource.route(handler.guard(guard::Any(guard::Get()).or(guard::Head())))
        } else {
            allowed.push(route.method.to_string());
            resource.route(handler.method(route.method.clone()))
        };
    }
    let allow = allowed.join(", ");
    resource.default_service(web::to(move || {
        let allow = allow.clone();
        async move {
            let mut response = actix_web::HttpResponse::from_error(Failure::WrongMethod);
            if let Ok(allow) = header::HeaderValue::from_str(&allow) {
                response.headers_mut().insert(header::ALLOW, allow);
            }
            response
        }
    }))
}
