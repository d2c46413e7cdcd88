//! Whether an address leads to this machine itself: there nothing crosses a network in the clear.

use std::net::IpAddr;

use url::Url;

/// Whether a host, as it stands in an address or a setting, is this machine by its name or number.
pub fn is_here(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The same of a whole address.
pub fn leads_here(url: &Url) -> bool {
    url.host_str().is_some_and(is_here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_here() {
        for here in ["localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"] {
            assert!(is_here(here), "{here}");
        }
        for elsewhere in
            ["", "localhost.example.org", "example.org", "10.0.0.1", "0.0.0.0", "[::]", "::ffff:10.0.0.1"]
        {
            assert!(!is_here(elsewhere), "{elsewhere}");
        }
        // Numbers written otherwise are read as addresses read them.
        assert!(leads_here(&"http://2130706433/".parse().unwrap()));
        assert!(leads_here(&"http://LOCALHOST:8080/".parse().unwrap()));
        assert!(!leads_here(&"data:text/plain,x".parse().unwrap()));
    }
}
