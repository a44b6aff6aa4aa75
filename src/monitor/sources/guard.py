"""Which addresses may be dialled. Pure decisions: nothing here opens a socket or asks a name server.

A feed or a page is chosen by strangers (links in feeds, redirects), so only public addresses are dialled, unless the
user has named a private host in the settings. The check belongs where the socket is made, after the name has been
resolved: a name can point anywhere, and can point elsewhere a second later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Python 3.11 still calls these global, or would let them through as a way to an embedded IPv4 address.
EXTRA_REFUSED: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "192.88.99.0/24",  # 6to4 relays
        "224.0.0.0/4",  # multicast
        "64:ff9b::/96",  # NAT64: an IPv4 address in disguise
        "64:ff9b:1::/48",  # NAT64 for local use
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fec0::/10",  # old site-local
        "::/96",  # IPv4-compatible
    )
)


def refusal(address: str) -> str | None:
    """Why `address` (IPv4 or IPv6 as text, a scope id is allowed) must not be dialled, or None if it is public."""
    try:
        parsed = _unwrapped(ip_address(address.partition("%")[0]))
    except ValueError:
        return "not an address"
    if parsed.is_multicast or not parsed.is_global:
        return "not a public address"
    if any(parsed.version == network.version and parsed in network for network in EXTRA_REFUSED):
        return "not a public address"
    return None


def _unwrapped(address: Address) -> Address:
    """The IPv4 address inside ::ffff:a.b.c.d, since that is what would be dialled."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


@dataclass(frozen=True, slots=True)
class AllowList:
    """Private hosts that the user has named: host names, addresses or networks, each with or without a port."""

    hosts: frozenset[tuple[str, int | None]]
    networks: tuple[Network, ...]

    @classmethod
    def parse(cls, items: Iterable[str]) -> "AllowList":
        """Reads "wiki.lan", "127.0.0.1:8080", "[::1]:80", "10.1.0.0/16"."""
        hosts: set[tuple[str, int | None]] = set()
        networks: list[Network] = []
        for item in (item.strip().lower() for item in items):
            if "/" in item:
                networks.append(ip_network(item, strict=False))
            else:
                hosts.add(_host_and_port(item))
        return cls(frozenset(hosts), tuple(networks))

    def has_host(self, host: str, port: int | None) -> bool:
        """True when a URL with this host (name or address) may lead to a private address."""
        name = host.lower().strip("[]").rstrip(".")
        if (name, None) in self.hosts or (name, port) in self.hosts:
            return True
        if not self.networks:
            return False
        try:
            parsed = _unwrapped(ip_address(name))
        except ValueError:
            return False
        return any(parsed.version == network.version and parsed in network for network in self.networks)

    def has_address(self, address: str, port: int | None) -> bool:
        """True when this resolved address is itself on the list."""
        return self.has_host(address.partition("%")[0], port)


def _host_and_port(item: str) -> tuple[str, int | None]:
    if item.startswith("["):
        host, _, rest = item[1:].partition("]")
        return host, int(rest[1:]) if rest[1:].isdigit() else None
    host, colon, port = item.rpartition(":")
    if colon and ":" not in host and port.isdigit():
        return host, int(port)
    return item, None
