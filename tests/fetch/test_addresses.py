"""Which addresses may be fetched, and when two are one."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.fetch.addresses import id_of, is_address, is_archive, is_public, normal

#: Special networks by the registries of IANA: this machine, private, link-local, shared, reserved.
CLOSED = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
    *("172.16.0.0/12", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
    *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32"),
    *("::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "2001:db8::/32"),
]
OPEN = ["8.0.0.0/8", "81.0.0.0/9", "2a00:1450::/32", "2606:4700::/32"]


def inside(networks: list[str]) -> st.SearchStrategy[str]:
    """Draw a number of one of these networks."""
    return st.sampled_from([ip_network(each) for each in networks]).flatmap(
        lambda net: st.integers(int(net[0]), int(net[-1])).map(
            lambda number: str((IPv4Address if net.version == 4 else IPv6Address)(number))
        )
    )


@given(inside(CLOSED))
def test_no_number_of_a_closed_network_is_public(number: str) -> None:
    assert not is_public(number)


@given(inside(OPEN))
def test_other_numbers_are(number: str) -> None:
    assert is_public(number)


@given(inside([each for each in CLOSED if ":" not in each]))
def test_a_closed_number_is_known_within_another(number: str) -> None:
    low = int(IPv4Address(number))
    carried = {
        "mapped": IPv6Address((0xFFFF << 32) | low),
        "NAT64": IPv6Address((0x64FF9B << 96) | low),
        "6to4": IPv6Address((0x2002 << 112) | (low << 80)),
        "Teredo": IPv6Address((0x20010000 << 96) | (low ^ 0xFFFFFFFF)),
        "compatible": IPv6Address(low),
    }
    assert [name for name, each in carried.items() if is_public(str(each))] == []


def test_an_open_number_behind_nat64_is_public() -> None:
    assert is_public(str(IPv6Address((0x64FF9B << 96) | int(IPv4Address("8.8.8.8")))))
    assert is_public("::ffff:8.8.8.8")
    assert not is_public("fe80::1%eth0")


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("HTTP://Valley.Example", "http://valley.example/"),
        ("https://valley.example:443/a?b=c#d", "https://valley.example/a?b=c"),
        ("http://valley.example:8080/a/", "http://valley.example:8080/a/"),
        ("https://valley.example/a b/ü?c d", "https://valley.example/a%20b/%C3%BC?c%20d"),
        (" https://[2A00::1]:443/x ", "https://[2a00::1]/x"),
    ],
)
def test_addresses_are_kept_in_one_form(address: str, kept: str) -> None:
    assert normal(address) == kept
    assert normal(kept) == kept


def test_a_relative_address_is_one_of_its_base() -> None:
    assert normal("/b", "https://valley.example/a/feed") == "https://valley.example/b"
    assert normal("b", "https://valley.example/a/feed") == "https://valley.example/a/b"


@pytest.mark.parametrize(
    "address",
    [
        *("ftp://valley.example/", "file:///etc/passwd", "javascript:alert(1)", "mailto:a@b", ""),
        *("http://", "https:///a", "http://ann:secret@valley.example/", "http://a:port/"),
        *("http://[::1/", "https://valley.example/" + "a" * 5_000),
    ],
)
def test_what_is_not_fetched_is_refused(address: str) -> None:
    with pytest.raises(ValueError):
        normal(address)


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for base in ("", "https://valley.example/"):
        try:
            kept = normal(text, base)
        except ValueError:
            continue
        assert is_address(kept) and normal(kept) == kept


def test_ids_and_kinds() -> None:
    assert id_of("https://a.example/1") != id_of("https://a.example/2")
    assert len(id_of("https://a.example/1")) == 16
    assert is_archive("https://a.example/x.WARC.gz?y") and not is_archive("https://a.example/warc")
    assert not is_address("report.html") and is_address("HTTPS://a.example")
