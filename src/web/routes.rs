//! The form of the one route table: an address, how it is guarded, who answers.

use std::collections::BTreeMap;

use actix_web::{
    Resource, guard,
    http::{Method, header},
    middleware::from_fn,
    web::{self, ServiceConfig},
};

use super::{Failure, limits};

/// What stands between the visitor and the handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guard {
    /// Nothing: public, and served to everyone.
    Anyone,
    /// Public, and counted per address on its own.
    Searcher,
    /// A form of ours: the handler takes [`super::Submitted`], which checks the token.
    Form,
}

impl Guard {
    /// The word in the printed table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::Searcher => "searcher",
            Self::Form => "form",
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
    ($method:ident $path:literal, $guard:ident, $handler:path) => {
        $crate::web::Route {
            method: actix_web::http::Method::$method,
            path: $path,
            guard: $crate::web::Guard::$guard,
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
