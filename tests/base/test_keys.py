import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.keys import (
    SYMBOLS,
    TYPED_LENGTH,
    clean_typed,
    digest,
    key,
    new_secret,
    new_token,
    show_typed,
    sign,
    signed,
    typed_code,
)

SECRET = bytes(range(32))


def test_a_key_fits_the_small_alphabet_of_a_qr_code() -> None:
    assert re.fullmatch(r"[A-Z2-7]{26}", key(SECRET, "C", "31", 1))


def test_every_name_version_and_race_has_a_key_of_its_own() -> None:
    made = [key(SECRET, kind, name, version) for kind in "CTM" for name in ("1", "11") for version in (1, 11)]
    assert len({*made, key(bytes(32), "C", "1", 1)}) == len(made) + 1
    assert key(SECRET, "C", "31", 1) == key(SECRET, "C", "31", 1)


def test_a_typed_code_has_no_symbol_that_looks_like_another() -> None:
    assert not set("01OIL") & set(SYMBOLS)
    assert len(typed_code(SECRET, "C", "31", 1)) == TYPED_LENGTH


@pytest.mark.parametrize(
    "spoil",
    [
        str.lower,
        lambda code: f"{code[:4]}-{code[4:]}",
        lambda code: f" {code[:4]} {code[4:]} ",
        lambda code: "".join(chr(ord(symbol) + 0xFEE0) for symbol in code),
        lambda code: f"{code[:4]}－{code[4:]}。",
    ],
    ids=["lower case", "dash", "spaces", "full width", "full-width dash and stop"],
)
def test_a_typed_code_survives_how_people_type(spoil: object) -> None:
    code = typed_code(SECRET, "C", "31", 1)
    assert clean_typed(spoil(code)) == code  # type: ignore[operator]


def test_a_printed_code_is_two_groups_of_four() -> None:
    assert show_typed("7K4P2XQM") == "7K4P-2XQM"


@given(st.integers(0, 10_000), st.integers(0, TYPED_LENGTH - 1), st.sampled_from(SYMBOLS))
@settings(max_examples=100, deadline=None)
def test_one_symbol_typed_wrong_is_noticed(number: int, place: int, symbol: str) -> None:
    code = typed_code(SECRET, number)
    wrong = code[:place] + symbol + code[place + 1 :]
    assert clean_typed(wrong) == (code if wrong == code else None)


@given(st.integers(0, 10_000), st.integers(0, TYPED_LENGTH - 3))
@settings(max_examples=100, deadline=None)
def test_two_neighbours_swapped_are_noticed(number: int, place: int) -> None:
    code = typed_code(SECRET, number)
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert clean_typed(wrong) == (code if wrong == code else None)


@pytest.mark.parametrize("text", ["", "31", "7K4P2XQ", "7K4P2XQMM", "OIL01OIL", "七" * 8, "\x00" * 8, "ß" * 8])
def test_what_is_no_code_is_refused(text: str) -> None:
    assert clean_typed(text) is None


def test_a_signature_holds_for_its_names_only() -> None:
    good = sign(SECRET, "anchor", 5)
    assert signed(SECRET, good, "anchor", 5)
    assert not signed(SECRET, good, "anchor", 6)
    assert not signed(bytes(32), good, "anchor", 5)


@given(st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_a_made_up_signature_is_refused_and_never_an_error(signature: str) -> None:
    assert not signed(SECRET, signature, "anchor", 5)


def test_a_signature_in_letters_no_key_has_is_refused() -> None:
    assert not signed(SECRET, "é" * 16, "anchor", 5)
    assert not signed(SECRET, "\ud800", "anchor", 5)


def test_secrets_and_tokens_are_never_the_same_and_a_digest_does_not_show_them() -> None:
    assert len({new_secret() for _ in range(50)}) == len({new_token() for _ in range(50)}) == 50
    token = new_token()
    assert token not in digest(token)
    assert set(digest(token)) <= set(string.hexdigits)
