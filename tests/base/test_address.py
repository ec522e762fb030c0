import pytest

from base.address import address_advice

GOOD = ["https://race.example.com", "https://race.example.com/", "https://race.example.com:8443", "https://8.8.8.8"]


@pytest.mark.parametrize("address", GOOD)
def test_an_address_that_phones_in_a_park_open_needs_no_words(address: str) -> None:
    assert address_advice(address) is None


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("http://localhost:8000", "Only this machine"),
        ("https://race.localhost", "Only this machine"),
        ("https://127.0.0.1", "Only this machine"),
        ("http://0.0.0.0:8000", "Only this machine"),
        ("http://[::1]:8000", "Only this machine"),
        ("http://10.1.2.3", "local network"),
        ("https://172.16.0.9", "local network"),
        ("https://172.31.255.1", "local network"),
        ("http://192.168.1.20:8000", "local network"),
        ("http://169.254.7.7", "local network"),
        ("http://100.64.0.1", "local network"),
        ("https://[fd12:3456::1]", "local network"),
        ("https://[fe80::1]", "local network"),
        ("https://raspberrypi.local", "local network"),
        ("https://race.lan", "local network"),
        ("https://server", "local network"),
        ("http://race.example.com", "not HTTPS"),
        ("https://race.example.com/waypost", "has a path"),
        ("https://race.example.com/?a=1", "has a path"),
        ("race.example.com", "no web address"),
        ("ftp://race.example.com", "no web address"),
        ("https://", "no web address"),
        ("https://[bad", "no web address"),
        ("", "no web address"),
    ],
)
def test_an_address_that_fails_on_a_sign_is_told_with_what_to_do(address: str, word: str) -> None:
    """A sign that hangs cannot be changed: each fault says what will happen and what to do before printing."""
    advice = address_advice(address)
    assert advice is not None
    assert word in str(advice)


@pytest.mark.parametrize(
    "address", ["https://172.15.0.1", "https://172.32.0.1", "https://192.169.1.1", "https://11.0.0.1"]
)
def test_the_neighbours_of_private_networks_are_public(address: str) -> None:
    assert address_advice(address) is None
