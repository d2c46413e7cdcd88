//! Where the portal may connect to. Everything that is not an ordinary public address is refused, unless the
//! operator allows it by name: otherwise a package or a name server could have the portal talk to machines that
//! only it can reach.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

/// A range of addresses, such as `10.20.0.0/16` or `127.0.0.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Net {
    base: IpAddr,
    length: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an address or a range such as 10.20.0.0/16")]
pub struct NotANet(String);

impl FromStr for Net {
    type Err = NotANet;

    fn from_str(text: &str) -> Result<Self, NotANet> {
        let wrong = || NotANet(text.to_owned());
        let (base, length) = text.split_once('/').map_or((text, None), |(base, length)| (base, Some(length)));
        let base: IpAddr = base.parse().map_err(|_| wrong())?;
        let longest = if base.is_ipv4() { 32 } else { 128 };
        let length = match length {
            None => longest,
            Some(length) => length.parse().ok().filter(|it| *it <= longest).ok_or_else(wrong)?,
        };
        Ok(Self { base, length })
    }
}

impl fmt::Display for Net {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.length)
    }
}

impl Net {
    /// Whether an address lies in the range. An IPv4 address written as IPv6 is the IPv4 address.
    pub fn holds(&self, address: IpAddr) -> bool {
        match (self.base.to_canonical(), address.to_canonical()) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                same(u32::from(base).into(), u32::from(address).into(), 32, self.length)
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => same(base.into(), address.into(), 128, self.length),
            _ => false,
        }
    }
}

fn same(one: u128, other: u128, bits: u8, length: u8) -> bool {
    let beyond = u32::from(bits.saturating_sub(length));
    one.checked_shr(beyond).unwrap_or(0) == other.checked_shr(beyond).unwrap_or(0)
}

/// Why an address may not be dialled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    #[error("{0} is not a public address, and the operator does not allow it")]
    NotPublic(IpAddr),
    #[error(
        "{0} is a public address, and without TLS only addresses that the operator allows may be reached"
    )]
    NoTls(IpAddr),
    #[error("the name has no address")]
    Nowhere,
}

/// What the operator allows beyond public addresses over TLS.
#[derive(Debug, Clone, Default)]
pub struct Allowed(Vec<Net>);

impl Allowed {
    pub fn new(nets: Vec<Net>) -> Self {
        Self(nets)
    }

    /// Whether an address may be dialled; without TLS, only one the operator named.
    pub fn check(&self, address: IpAddr, tls: bool) -> Result<(), Forbidden> {
        if self.0.iter().any(|net| net.holds(address)) {
            return Ok(());
        }
        if !is_public(address) {
            return Err(Forbidden::NotPublic(address));
        }
        if tls { Ok(()) } else { Err(Forbidden::NoTls(address)) }
    }

    /// The addresses of a name, all of which must be allowed: a name with one bad address is not to be trusted
    /// with the others.
    pub fn check_all(&self, addresses: &[IpAddr], tls: bool) -> Result<(), Forbidden> {
        if addresses.is_empty() {
            return Err(Forbidden::Nowhere);
        }
        addresses.iter().try_for_each(|address| self.check(*address, tls))
    }
}

/// Whether an address is an ordinary one of the public internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = a == 0
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || a >= 240
        // Shared by carriers, kept for protocols, the old relays, benchmarks.
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99)
        || (a == 198 && (18..20).contains(&b));
    !special
}

/// Only what is given out as global unicast, and nothing of it that leads on to an IPv4 address.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let global = (0x2000..0x4000).contains(&a);
    let special = a == 0x2002
        || (a == 0x2001 && b < 0x0200)
        || (a == 0x2001 && b == 0x0db8)
        || (a == 0x3fff && b < 0x1000);
    global && !special
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_ordinary_public_addresses_are_public() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(ip(address)), "{address}");
        }
        for address in ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2400:3200::1", "2606:4700::1111"]
        {
            assert!(is_public(ip(address)), "{address}");
        }
    }

    #[test]
    fn the_operator_allows_ranges_and_nothing_beside_them() {
        let allowed = Allowed::new(vec!["10.20.0.0/16".parse().unwrap(), "127.0.0.1".parse().unwrap()]);
        for (address, tls, fine) in [
            ("10.20.3.4", false, true),
            ("::ffff:10.20.3.4", false, true),
            ("10.21.0.1", true, false),
            ("127.0.0.1", false, true),
            ("127.0.0.2", true, false),
            ("8.8.8.8", true, true),
            ("8.8.8.8", false, false),
            ("::1", true, false),
        ] {
            assert_eq!(allowed.check(ip(address), tls).is_ok(), fine, "{address}, TLS: {tls}");
        }
        let some = [ip("8.8.8.8"), ip("10.0.0.1")];
        assert_eq!(allowed.check_all(&some, true), Err(Forbidden::NotPublic(ip("10.0.0.1"))));
        assert_eq!(allowed.check_all(&[], true), Err(Forbidden::Nowhere));
    }

    #[test]
    fn a_range_is_understood_or_refused() {
        for text in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "a", "10.0.0.0/-1", "10.0.0.0/"] {
            assert!(text.parse::<Net>().is_err(), "{text}");
        }
        assert!("0.0.0.0/0".parse::<Net>().unwrap().holds(ip("203.0.113.9")));
        assert!("::/0".parse::<Net>().unwrap().holds(ip("2001:db8::1")));
        assert!(!"0.0.0.0/0".parse::<Net>().unwrap().holds(ip("2001:db8::1")));
    }

    proptest! {
        #[test]
        fn an_address_as_ipv6_is_never_more_public_than_itself(bits: u32) {
            let v4 = Ipv4Addr::from(bits);
            prop_assert!(!is_public(IpAddr::V6(v4.to_ipv6_mapped())));
            let net = Net { base: IpAddr::V4(v4), length: 32 };
            prop_assert!(net.holds(IpAddr::V6(v4.to_ipv6_mapped())));
        }
    }
}
