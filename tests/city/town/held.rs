//! A port that is kept for one test.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::TcpSocket;

/// A port that the system gives to nobody as long as this lives. Nobody listens there but whoever is told its address.
pub struct Held {
    pub address: SocketAddr,
    _socket: TcpSocket,
}

impl Held {
    pub fn port() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        // As every listener does: so both may be bound at once.
        socket.set_reuseaddr(true).unwrap();
        socket.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        Self { address: socket.local_addr().unwrap(), _socket: socket }
    }
}
