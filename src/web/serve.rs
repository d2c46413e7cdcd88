//! Putting the portal on the network, and taking it off without dropping anyone.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::{
    App, HttpResponse, HttpServer,
    dev::ServerHandle,
    middleware::{Compress, from_fn},
    web::{self, Data, ServiceConfig},
};
use metrics_exporter_prometheus::PrometheusHandle;

use super::{Failure, Site, entrance, health};
use crate::platform::config::ServerConfig;

/// A bound address, so that a port in use is told before anything else is started.
pub struct Listening {
    listener: TcpListener,
    pub address: SocketAddr,
}

#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    #[error(
        "the address {0} is in use by another program. Stop that program, or choose another with --listen."
    )]
    InUse(SocketAddr),
    #[error("the address {address} cannot be listened on: {source}. Choose another with --listen.")]
    Other { address: SocketAddr, source: io::Error },
}

impl Listening {
    pub fn on(address: SocketAddr) -> Result<Self, ListenError> {
        let bind = || {
            let listener = TcpListener::bind(address)?;
            listener.set_nonblocking(true)?;
            let address = listener.local_addr()?;
            Ok(Self { listener, address })
        };
        bind().map_err(|source: io::Error| match source.kind() {
            io::ErrorKind::AddrInUse => ListenError::InUse(address),
            _ => ListenError::Other { address, source },
        })
    }
}

/// What is measured, for whoever collects it.
#[derive(Clone)]
pub struct Metrics {
    handle: PrometheusHandle,
    before: Arc<dyn Fn() + Send + Sync>,
}

impl Metrics {
    /// `before` brings up to date what is only looked at when somebody asks.
    pub fn new(handle: PrometheusHandle, before: impl Fn() + Send + Sync + 'static) -> Self {
        Self { handle, before: Arc::new(before) }
    }
}

/// A running server.
pub struct Served {
    handle: ServerHandle,
    running: tokio::task::JoinHandle<io::Result<()>>,
}

impl Served {
    /// Stops taking requests and lets those under way finish.
    pub async fn stop(self) {
        self.handle.stop(true).await;
        let _ = self.running.await;
    }
}

/// Starts serving. `mount` adds the routes and what handlers reach for, once per thread. With an operator's
/// address, health details and metrics answer there and only there.
pub fn serve(
    listening: Listening,
    operator: Option<(Listening, Metrics)>,
    config: &ServerConfig,
    site: Data<Site>,
    mount: impl Fn(&mut ServiceConfig) + Clone + Send + 'static,
) -> io::Result<Vec<Served>> {
    let threads = match config.threads {
        0 => std::thread::available_parallelism().map_or(2, Into::into),
        threads => threads,
    };
    let mut running = Vec::new();
    if let Some((listening, metrics)) = operator {
        let site = site.clone();
        let server = HttpServer::new(move || {
            App::new()
                .app_data(site.clone())
                .app_data(Data::new(metrics.clone()))
                .route("/health/deep", web::get().to(health::deep))
                .route("/metrics", web::get().to(scrape))
        })
        .workers(1)
        .disable_signals()
        .listen(listening.listener)?
        .run();
        running.push(Served { handle: server.handle(), running: tokio::spawn(server) });
    }
    let server = HttpServer::new(move || {
        App::new()
            .app_data(site.clone())
            .wrap(Compress::default())
            .wrap(from_fn(entrance::enter))
            .configure(mount.clone())
            .default_service(web::to(|| async { HttpResponse::from_error(Failure::NotFound) }))
    })
    .workers(threads)
    // Without it, a streamed answer waits for the client's delayed acknowledgement.
    .tcp_nodelay(true)
    .client_request_timeout(Duration::from_secs(10))
    .shutdown_timeout(config.shutdown.as_secs())
    .disable_signals()
    .listen(listening.listener)?
    .run();
    running.push(Served { handle: server.handle(), running: tokio::spawn(server) });
    Ok(running)
}

async fn scrape(metrics: Data<Metrics>) -> HttpResponse {
    (metrics.before)();
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(metrics.handle.render())
}
