//! For agencies that know the portal by its certificate: an authority of the sandbox's own, its certificates, and a
//! door with TLS in front of the backends over HTTP that lets nobody in without one.

use std::{
    fs, io,
    net::SocketAddr,
    path::Path,
    sync::{Arc, PoisonError},
};

use actix_web::web::Data;
use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, date_time_ymd,
};
use rustls::{
    RootCertStore, ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    server::WebPkiClientVerifier,
};
use serde::{Deserialize, Serialize};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

use super::troupe::Cast;

const HOST: &str = "127.0.0.1";
const FILE: &str = "certificates.json";
/// The years in which the certificates are good: nobody renews them.
const GOOD: (i32, i32) = (2020, 2100);

#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    #[error(transparent)]
    Make(#[from] rcgen::Error),
    #[error("{0}")]
    Use(String),
}

/// The authority's certificate, and those that it vouches for with their keys, in PEM.
#[derive(Clone, Serialize, Deserialize)]
pub struct Papers {
    pub authority: String,
    server: (String, String),
    client: (String, String),
}

impl Papers {
    /// Those of last time, or new ones. What cannot be kept is made anew the next time.
    pub fn open(folder: Option<&Path>) -> Result<Self, CertificateError> {
        let path = folder.map(|folder| folder.join(FILE));
        let kept = path.as_ref().and_then(|path| fs::read(path).ok());
        if let Some(papers) = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
            return Ok(papers);
        }
        let papers = Self::make()?;
        if let (Some(path), Ok(bytes)) = (path, serde_json::to_vec(&papers)) {
            let _: io::Result<()> = write_privately(&path, &bytes);
        }
        Ok(papers)
    }

    fn make() -> Result<Self, CertificateError> {
        let (mut params, key) = (CertificateParams::new(Vec::new())?, KeyPair::generate()?);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        (params.not_before, params.not_after) = (date_time_ymd(GOOD.0, 1, 1), date_time_ymd(GOOD.1, 1, 1));
        let authority = params.self_signed(&key)?.pem();
        let issuer = Issuer::new(params, key);
        let issue = |name: &str, purpose| {
            let (mut params, key) = (CertificateParams::new(vec![name.to_owned()])?, KeyPair::generate()?);
            (params.not_before, params.not_after) =
                (date_time_ymd(GOOD.0, 1, 1), date_time_ymd(GOOD.1, 1, 1));
            params.extended_key_usages = vec![purpose];
            let certificate = params.signed_by(&key, &issuer)?;
            Ok::<_, rcgen::Error>((certificate.pem(), key.serialize_pem()))
        };
        let server = issue(HOST, ExtendedKeyUsagePurpose::ServerAuth)?;
        let client = issue("portal.yunzhou.example", ExtendedKeyUsagePurpose::ClientAuth)?;
        Ok(Self { authority, server, client })
    }

    /// What the portal shows: certificate and key, one after the other.
    pub fn client(&self) -> String {
        format!("{}{}", self.client.0, self.client.1)
    }

    /// The portal's key alone.
    pub fn client_key(&self) -> String {
        self.client.1.clone()
    }

    fn acceptor(&self) -> Result<TlsAcceptor, CertificateError> {
        let wrong = |error: &dyn std::fmt::Display| CertificateError::Use(error.to_string());
        let certificate =
            |pem: &str| CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|error| wrong(&error));
        let mut roots = RootCertStore::empty();
        roots.add(certificate(&self.authority)?).map_err(|error| wrong(&error))?;
        let verifier =
            WebPkiClientVerifier::builder(Arc::new(roots)).build().map_err(|error| wrong(&error))?;
        let key = PrivateKeyDer::from_pem_slice(self.server.1.as_bytes()).map_err(|error| wrong(&error))?;
        let config = ServerConfig::builder()
            .with_client_cert_verifier(verifier)
            .with_single_cert(vec![certificate(&self.server.0)?], key)
            .map_err(|error| wrong(&error))?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    /// Leads whoever shows a certificate to the backends at `to`.
    pub fn listen(
        &self,
        listener: std::net::TcpListener,
        to: SocketAddr,
        cast: Data<Cast>,
    ) -> Result<JoinHandle<()>, CertificateError> {
        let acceptor = self.acceptor()?;
        let listener =
            TcpListener::from_std(listener).map_err(|error| CertificateError::Use(error.to_string()))?;
        Ok(tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, cast) = (acceptor.clone(), cast.clone());
                // Whoever shows none or breaks off has only themselves to blame.
                tokio::spawn(async move { lead(stream, &acceptor, to, &cast).await.unwrap_or_default() });
            }
        }))
    }
}

async fn lead(stream: TcpStream, acceptor: &TlsAcceptor, to: SocketAddr, cast: &Cast) -> io::Result<()> {
    let mut outside = acceptor.accept(stream).await?;
    let mut inside = TcpStream::connect(to).await?;
    let from = inside.local_addr()?;
    cast.certified.lock().unwrap_or_else(PoisonError::into_inner).insert(from);
    let done = copy_bidirectional(&mut outside, &mut inside).await;
    cast.certified.lock().unwrap_or_else(PoisonError::into_inner).remove(&from);
    done.map(|_| ())
}

fn write_privately(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    io::Write::write_all(&mut options.open(path)?, bytes)
}
