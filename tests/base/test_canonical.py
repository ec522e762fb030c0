import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.canonical import decode, encode, sha256

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(values)
@settings(max_examples=80, deadline=None)
def test_what_was_encoded_is_decoded_and_encoded_the_same(value: object) -> None:
    assert encode(decode(encode(value))) == encode(value)
    assert decode(encode(value)) == value


def test_the_order_of_names_makes_no_difference() -> None:
    assert encode({"b": 1, "a": [2, {"d": 3, "c": "字"}]}) == encode({"a": [2, {"c": "字", "d": 3}], "b": 1})
    assert encode({"b": 1, "a": "字"}) == '{"a":"字","b":1}'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_is_none_has_no_spelling(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        encode({"a": [value]})


def test_a_digest_is_that_of_the_text_in_utf8() -> None:
    assert sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256("点") != sha256("標")
