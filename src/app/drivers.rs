//! Every protocol with its driver, and the gateway that uses them.

use std::{env, path::Path, sync::Arc};

use yimen_callback::Callback;
use yimen_contract::agency::Driver as Protocol;
use yimen_daily::Daily;
use yimen_drivers::{Driver, SafeDialer, rest::Rest};
use yimen_fixed::Fixed;
use yimen_maps::{LONGEST, Pool, Settings};
use yimen_soap::Soap;

use crate::{
    gateway::{Drivers, Files, Gateway, Outside},
    platform::config::GatewayConfig,
    web::Site,
};

/// Processes that run maps at the same time.
const MAP_WORKERS: usize = 4;

/// Every protocol that agencies can be reached by.
pub(super) fn drivers() -> Drivers {
    let all: [(Protocol, Arc<dyn Driver>); 5] = [
        (Protocol::Rest, Arc::new(Rest::default())),
        (Protocol::Soap, Arc::new(Soap::default())),
        (Protocol::Fixed, Arc::new(Fixed)),
        (Protocol::Csv, Arc::new(Daily)),
        (Protocol::Callback, Arc::new(Callback::default())),
    ];
    Drivers::from(all)
}

/// Maps run in processes of the portal's own program: see the command `map-worker`. Should the program not know
/// where it is, no map runs, and each call that needs one says so.
pub(super) fn maps(program: Option<&Path>) -> Pool {
    // The program that runs, also after another version was put in its place.
    let own = Path::new("/proc/self/exe");
    let program = match program {
        Some(program) => program.to_path_buf(),
        None if own.exists() => own.to_path_buf(),
        None => env::current_exe().unwrap_or_default(),
    };
    let arguments = vec!["map-worker".into()];
    Pool::new(Settings { program, arguments, workers: MAP_WORKERS, longest: LONGEST })
}

/// The way to the agencies.
pub(super) fn gateway(config: &GatewayConfig, site: &Site) -> Gateway {
    gateway_by(config, site, drivers())
}

/// The same by other drivers.
pub(super) fn gateway_by(config: &GatewayConfig, site: &Site, drivers: Drivers) -> Gateway {
    let outside = Outside {
        dialer: Arc::new(SafeDialer::new(site.allowed.clone())),
        maps: Arc::new(maps(config.map_worker.as_deref())),
        store: Arc::new(Files::new(site.db.clone(), site.clock.clone(), Arc::clone(&site.keys))),
    };
    Gateway::new(site, outside, drivers, config)
}
