"""From bytes to text: byte-order marks, declarations, UTF-8, and a guess where nothing else helps.

`decode` gives the text exactly as the bytes spell it, without its byte-order mark; no line end is
translated, nothing is normalised. `decode_page` is for HTML, where a declaration counts and a few
broken bytes are forgiven, as browsers do.

The one idea: valid UTF-8 beyond ASCII is UTF-8 whatever a page declares, since other encodings
hardly ever look like it.
"""

from __future__ import annotations

import codecs
import re
from functools import partial

from rejoinder.errors import UnreadableSource

# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"{\\rtf", "a rich text (RTF) document"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{2,40})""",
    re.IGNORECASE,
)
# What the WHATWG's encoding standard makes browsers do with these labels.
_READ_AS = {
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "latin-1": "windows-1252",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
    "iso-8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
}
# Bytes that mean the same in Western and Central European Windows text: curly quotes, dashes, é, ö,
# …
_SHARED = bytes(
    byte
    for byte in range(0x80, 0x100)
    if bytes([byte]).decode("cp1252", "replace") == bytes([byte]).decode("cp1250", "replace") != "�"
)
#: What news is written in besides UTF-8, the commonest first.
_GUESSES = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("iso8859_2", "iso8859_5", "iso8859_7", "iso8859_9", "koi8_r", "koi8_u"),
    *("cp932", "euc_jp", "gb18030", "big5", "euc_kr"),
)
#: How much of the bytes is looked at to guess an encoding.
_GUESS_FROM = 1 << 14
#: Broken bytes that are forgiven a page, as a share of its characters.
_FORGIVEN = 0.002


def decode(data: bytes, source: str) -> str:
    """Decode plain text.

    Raises:
        UnreadableSource: The bytes are binary, or no encoding fits them.
    """
    refuse_binary(data, source)
    mark, encoding = _marked(data)
    if not encoding:
        encoding = _unmarked(data)
    if encoding:
        text = _strictly(data[len(mark) :], encoding)
        if text is not None:
            return text
    raise UnreadableSource(source, "decode", "the bytes fit no encoding of text")


def decode_page(data: bytes, source: str, *, charset: str = "") -> str:
    """Decode a page: byte-order mark, valid UTF-8, its declaration, a guess, in this order.

    A page that declares nothing, or UTF-8, is forgiven a few broken bytes where others are sound.

    Args:
        data: The page.
        source: What to call it in a failure.
        charset: What its server declares, which goes before what it says itself.
    """
    refuse_binary(data, source)
    mark, encoding = _marked(data)
    if encoding:
        return data[len(mark) :].decode(encoding, "replace")
    declared = _known_as(charset) or _declared(data)
    for candidate in ("utf-8", declared):
        text = _strictly(data, candidate)
        if text is not None:
            return text
    lenient = data.decode(declared, "replace")
    broken = lenient.count("�")
    few = broken <= _FORGIVEN * len(lenient) + 2
    # What has hardly a sound character beyond ASCII is no damaged UTF-8, but something else.
    if few and (declared != "utf-8" or _beyond_ascii(lenient) > 2 * broken):
        return lenient
    return decode(data, source)


def refuse_binary(data: bytes, source: str) -> None:
    """Raise `UnreadableSource` for bytes that are no text in any encoding."""
    for magic, what in _BINARY:
        if data.startswith(magic):
            raise UnreadableSource(source, "decode", f"this is {what}, not text")
    head = data[:_GUESS_FROM]
    if b"\0" in head and not _marked(data)[1] and not _bare_utf16(head):
        raise UnreadableSource(source, "decode", "the bytes are binary, not text")


def _marked(data: bytes) -> tuple[bytes, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mark, encoding
    return b"", ""


def _unmarked(data: bytes) -> str:
    """Name the encoding of bytes without a byte-order mark; empty when none fits."""
    if b"\0" in data[:_GUESS_FROM]:
        return _bare_utf16(data[:_GUESS_FROM])
    if _strictly(data, "utf-8") is not None:
        return "utf-8"
    beyond_ascii = data.translate(None, bytes(range(0x80)))
    # Spares the guess, and the 0.1 s that its library takes to load, for English with curly quotes.
    if not beyond_ascii.translate(None, _SHARED):
        return "windows-1252"
    return _guess(data, beyond_ascii)


def _guess(data: bytes, beyond_ascii: bytes) -> str:
    """Name the likeliest encoding among `_GUESSES`; the first of equals, so the commonest."""
    # Where hardly a byte is beyond ASCII every guess is arbitrary, and the commonest the best one.
    if len(beyond_ascii) < 4 and _strictly(data, "windows-1252") is not None:
        return "windows-1252"
    fitting = [encoding for encoding in _GUESSES if _strictly(data, encoding) is not None]
    return min(fitting, key=partial(_strangeness, data[:_GUESS_FROM]), default="")


def _strangeness(data: bytes, encoding: str) -> float:
    """Judge how unlike any language the bytes are in this encoding, between -1 and 2."""
    from charset_normalizer import from_bytes

    # Asked for one encoding at a time: asked for all, it passes over those that resemble a bad one.
    found = from_bytes(data, cp_isolation=[encoding]).best()
    return found.chaos - found.coherence if found else 2.0


def _bare_utf16(head: bytes) -> str:
    """Name the byte order of UTF-16 without a mark, where nearly every other byte is NUL."""
    half = len(head) // 2
    if head[1::2].count(0) > 0.7 * half and head[0::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * half and head[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return ""


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:4096])
    name = _known_as(match[1].decode("ascii").lower()) if match else ""
    # A page whose declaration could be read byte by byte is no UTF-16, whatever it says.
    return "utf-8" if not name or name.startswith(("utf-16", "utf-32")) else name


def _beyond_ascii(text: str) -> int:
    return sum(1 for c in text if not c.isascii())


def _known_as(label: str) -> str:
    """Return the encoding that a label is read as; empty for none that is known."""
    try:
        return codecs.lookup(_READ_AS.get(label, label)).name if label else ""
    except (LookupError, ValueError):
        return ""


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None
