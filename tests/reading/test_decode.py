"""Bytes become text, exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import UnreadableSource
from rejoinder.reading.decode import decode, decode_page

CURLY = "“We’re ready,” the minister said – at 5 °C.\r\nHe left.\rShe stayed.\n"
POLISH = (
    "Rzecznik ministerstwa powiedział, że Wałęsa i Kaczyński spotkają się w środę, a źródła"
    " dyplomatyczne twierdzą, że rozmowy będą trudne. Jeśli żądania się powtórzą, łączność"
    " zostanie przerwana, ostrzegł szef dyplomacji."
)
RUSSIAN = (
    "Официальный представитель министерства иностранных дел заявила на брифинге, что Москва"
    " отвергает обвинения и ждёт ответа от западных партнёров в ближайшие дни."
)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "windows-1252"],
)
def test_every_line_end_and_quotation_mark_survives(encoding: str) -> None:
    assert decode(CURLY.encode(encoding), "x") == CURLY


@pytest.mark.parametrize(
    ("text", "encoding"), [(POLISH, "iso-8859-2"), (RUSSIAN, "windows-1251"), (RUSSIAN, "koi8-r")]
)
def test_other_encodings_are_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x") == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_utf_8_is_decoded_exactly(text: str) -> None:
    if not text.startswith(("%PDF-", "PK\x03\x04", "GIF8", "BZh", "{\\rtf", "\x7fELF")):
        assert decode(text.encode(), "x") == text


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        decode(data, "x")
    except UnreadableSource as error:
        assert error.step == "decode"


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 ...", b"PK\x03\x04xlsx", b"\x89PNG\r\n", b"ab\0\1\2cd\0\0" * 20]
)
@pytest.mark.parametrize("reader", [decode, decode_page])
def test_binary_is_refused(data: bytes, reader: type[object]) -> None:
    with pytest.raises(UnreadableSource) as error:
        reader(data, "x")  # type: ignore[call-arg]
    assert error.value.step == "decode"


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="iso-8859-2">', "iso-8859-2"),
        ('<?xml version="1.0" encoding="windows-1251"?>', "windows-1251"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=cp1253'>", "cp1253"),
    ],
)
def test_a_page_is_believed(declaration: str, encoding: str) -> None:
    words = {"iso-8859-2": "Wałęsa", "windows-1251": "Захарова", "cp1253": "Αθήνα"}[encoding]
    page = f"{declaration}<p>{words}</p>"
    assert decode_page(page.encode(encoding), "x") == page


def test_latin_1_is_read_as_windows_1252_as_browsers_do() -> None:
    page = '<meta charset="iso-8859-1"><p>“Yes,” she said.</p>'
    assert decode_page(page.encode("windows-1252"), "x") == page


def test_utf_8_counts_more_than_what_the_page_declares() -> None:
    page = '<meta charset="iso-8859-1"><p>“Yes,” she said.</p>'
    assert decode_page(page.encode(), "x") == page


def test_a_broken_byte_is_forgiven_a_page() -> None:
    for declaration in ('<meta charset="utf-8">', ""):
        page = f"{declaration}<p>" + "“Yes,” she said. " * 100
        assert decode_page(page.encode() + b"\xe2</p>", "x") == page + "\ufffd</p>"


@pytest.mark.parametrize("declaration", ["", '<meta charset="utf-8">', '<meta charset="x-odd">'])
@pytest.mark.parametrize("words", ["“No right,” she said.", "It’s so.", "in São Paulo", "“José”"])
def test_a_page_that_is_no_utf_8_keeps_its_marks(declaration: str, words: str) -> None:
    page = f"{declaration}<p>{words}</p>" + "<p>He left.</p>" * 400
    assert decode_page(page.encode("windows-1252"), "x") == page


@pytest.mark.parametrize("label", ["nonsense", "utf-16", "UTF8"])
def test_an_impossible_declaration_does_no_harm(label: str) -> None:
    page = f'<meta charset="{label}"><p>Yes – no.</p>'
    assert decode_page(page.encode(), "x") == page
