//! Where webhooks may not go: a receiver chooses the address, so it must not
//! be able to make this server speak to machines only this server can reach.
//!
//! An address is judged where it is used: a literal in the URL by
//! [`Guard::admits`], a name by [`Names`], which hands out only admitted
//! addresses and is asked once per connection, so that the address that was
//! judged is the address that is called.

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

/// IPv4 networks that are not part of the public internet, by the first
/// address and the length of the prefix (IANA special-purpose registry; the
/// last two are multicast and reserved).
const NOT_PUBLIC_4: [(Ipv4Addr, u32); 15] = [
    (Ipv4Addr::UNSPECIFIED, 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// The part of IPv6 that is given out for the public internet.
const PUBLIC_6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Within [`PUBLIC_6`]: protocol assignments (Teredo, ORCHID, benchmarking)
/// and documentation.
const NOT_PUBLIC_6: [(Ipv6Addr, u32); 3] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Ports on which other services than web servers listen. TLS protects them
/// already (none of them answers a TLS greeting by doing something); the list
/// is for closed networks where the operator allows http.
const OTHER_SERVICES: [u16; 27] = [
    0, 21, 22, 23, 25, 53, 110, 111, 135, 139, 143, 389, 445, 465, 514, 587, 636, 993, 995, 1433, 2049, 3306,
    3389, 5432, 5900, 6379, 11211,
];

/// Judges addresses.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    allowed: Vec<IpNet>,
}

impl Guard {
    /// A guard that admits the public internet and the networks in `allowed`.
    pub fn new(allowed: Vec<IpNet>) -> Self {
        Self { allowed }
    }

    /// Whether a webhook may be sent to `address`. IPv6 forms that carry an
    /// IPv4 address (mapped, NAT64 by the well-known prefix, 6to4) are judged
    /// by what they carry.
    pub fn admits(&self, address: IpAddr) -> bool {
        if self.allowed.iter().any(|network| network.contains(&address)) {
            return true;
        }
        match address {
            IpAddr::V4(address) => {
                !NOT_PUBLIC_4.iter().any(|(first, length)| within_4(address, *first, *length))
            }
            IpAddr::V6(address) => match carried(address) {
                Some(inner) => self.admits(IpAddr::V4(inner)),
                None => {
                    within_6(address, PUBLIC_6.0, PUBLIC_6.1)
                        && !NOT_PUBLIC_6.iter().any(|(first, length)| within_6(address, *first, *length))
                }
            },
        }
    }

    /// Whether a webhook may be sent to `port`.
    pub fn admits_port(port: u16) -> bool {
        !OTHER_SERVICES.contains(&port)
    }
}

fn within_4(address: Ipv4Addr, first: Ipv4Addr, length: u32) -> bool {
    (address.to_bits() ^ first.to_bits()).leading_zeros() >= length
}

fn within_6(address: Ipv6Addr, first: Ipv6Addr, length: u32) -> bool {
    (address.to_bits() ^ first.to_bits()).leading_zeros() >= length
}

/// The IPv4 address inside an IPv6 address.
fn carried(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let inner = |high: u16, low: u16| Some(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)));
    match address.segments() {
        // Mapped (RFC 4291), NAT64 by its well-known prefix (RFC 6052), 6to4 (RFC 3056).
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => inner(high, low),
        _ => None,
    }
}

/// A name has no address that is admitted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("address not allowed")]
pub struct NotAdmitted;

/// A name has no address at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("name not found")]
pub struct NotFound;

/// Names as the client sees them: only admitted addresses.
pub struct Names {
    guard: Guard,
    behind: Arc<dyn Resolve>,
}

impl Names {
    /// Asks `behind`, and keeps back what `guard` does not admit.
    pub fn new(guard: Guard, behind: Arc<dyn Resolve>) -> Self {
        Self { guard, behind }
    }
}

impl Resolve for Names {
    /// # Errors
    /// [`NotFound`] when the name has no address, [`NotAdmitted`] when it has
    /// only addresses that are kept back.
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.guard.clone();
        let asked = self.behind.resolve(name);
        Box::pin(async move {
            let all: Vec<SocketAddr> = asked.await.map_err(|_| NotFound)?.collect();
            if all.is_empty() {
                return Err(NotFound.into());
            }
            let admitted: Vec<SocketAddr> = all.into_iter().filter(|a| guard.admits(a.ip())).collect();
            if admitted.is_empty() {
                return Err(NotAdmitted.into());
            }
            Ok(Box::new(admitted.into_iter()) as Addrs)
        })
    }
}

/// Names as the machine knows them.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemNames;

impl Resolve for SystemNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn private_addresses_are_refused_in_every_form() {
        let guard = Guard::default();
        let refused = [
            "0.0.0.0",
            "0.1.2.3",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::8.8.8.8",
            "100::1",
            "2001::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:c0a8:101::1",
            "3fff::1",
            "3fff:fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for text in refused {
            assert!(!guard.admits(address(text)), "{text} was admitted");
        }
    }

    #[test]
    fn the_public_internet_is_admitted_up_to_its_edges() {
        let guard = Guard::default();
        let admitted = [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2001:200::1",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2002:101:101::1",
        ];
        for text in admitted {
            assert!(guard.admits(address(text)), "{text} was refused");
        }
    }

    #[test]
    fn the_operator_may_allow_networks() {
        let allowed = ["10.20.0.0/16", "fd00:1::/32"].map(|text| text.parse().expect("a network"));
        let guard = Guard::new(allowed.to_vec());
        for text in ["10.20.3.4", "::ffff:10.20.3.4", "fd00:1::5"] {
            assert!(guard.admits(address(text)), "{text} was refused");
        }
        for text in ["10.21.0.1", "127.0.0.1", "fd00:2::5"] {
            assert!(!guard.admits(address(text)), "{text} was admitted");
        }
    }
}
