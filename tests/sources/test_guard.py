"""The address guard is tested by calling it: nothing here is dialled."""

import pytest

from monitor.sources.guard import AllowList, refusal


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8"])
def test_public_addresses_may_be_dialled(address: str) -> None:
    assert refusal(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.2.7", "198.18.0.1", "192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::8.8.8.8", "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::1", "2001:0:1::1", "2001:db8::1", "3fff::1", "5f00::1",
    ],
)  # fmt: skip
def test_private_special_and_wrapped_addresses_are_refused(address: str) -> None:
    assert refusal(address) == "not a public address"


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "1.2.3.4.5", "0x7f000001"])
def test_what_is_no_address_is_refused(text: str) -> None:
    assert refusal(text) == "not an address"


def test_the_allow_list_knows_names_addresses_ports_and_networks() -> None:
    allowed = AllowList.parse(["Wiki.lan", "127.0.0.1:8080", "[::1]:80", "10.1.0.0/16", "::2"])
    assert allowed.has_host("wiki.LAN", 443)
    assert allowed.has_host("wiki.lan.", 80)
    assert allowed.has_host("127.0.0.1", 8080)
    assert allowed.has_host("[::1]", 80)
    assert allowed.has_host("::2", 9)
    assert allowed.has_address("10.1.200.3", 443)
    assert allowed.has_address("::ffff:10.1.200.3", 443)


def test_the_allow_list_lets_nothing_else_through() -> None:
    allowed = AllowList.parse(["wiki.lan", "127.0.0.1:8080", "10.1.0.0/16"])
    assert not allowed.has_host("127.0.0.1", 8081)
    assert not allowed.has_host("evil.wiki.lan", 80)
    assert not allowed.has_host("10.2.0.1", 80)
    assert not allowed.has_address("127.0.0.2", 8080)
    assert not AllowList.parse([]).has_host("localhost", 80)
