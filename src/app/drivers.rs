//! Every protocol with its driver, and the gateway that uses them.

use std::sync::Arc;

use yimen_contract::agency::Driver as Protocol;
use yimen_drivers::{Driver, SafeDialer, rest::Rest};

use crate::{
    gateway::{Drivers, Gateway},
    platform::config::GatewayConfig,
    web::Site,
};

/// Every protocol that agencies can be reached by.
fn drivers() -> Drivers {
    let rest: Arc<dyn Driver> = Arc::new(Rest);
    Drivers::from([(Protocol::Rest, rest)])
}

/// The way to the agencies.
pub(super) fn gateway(config: &GatewayConfig, site: &Site) -> Gateway {
    let dialer = Arc::new(SafeDialer::new(site.allowed.clone()));
    Gateway::new(site, dialer, drivers(), &config.identity_register)
}
