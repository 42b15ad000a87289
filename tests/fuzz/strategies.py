"""Inputs for the targets: sound ones with a few slips in them, and any bytes at all."""

from __future__ import annotations

import io
import random
import zipfile
import zlib

from hypothesis import strategies as st

from tests.fuzz.targets import seeds
from tests.public.test_load_fuzz import PIECES, mutated

MARKS = [piece.encode("utf-8", errors="surrogatepass") for piece in PIECES]
NASTY = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"PK", b"=cmd|' /C calc'!A0", b"9" * 400, b"1e999", b"NaN", b"-0",
    b"9999-12-31T23:59:59-14:00", b"0001-01-01 00:00:00", b"2026-02-30", b"2026-v53-54", b"46331.5", b"&a;",
    b"<!DOCTYPE x>", b'r="1000000000"', b't="d"', b"\xe2\x80\xae", b"\xf0\x9f\x91\xbb", b"19811228-9874",
    b"070-174 06 05", b"sjuttioelva", b"( ( ( (", b"1 2 3 4 5 6 7 8 9", b"a" * 3000, b"\n" * 500,
    b'""",' * 200,
]  # fmt: skip


def slips(raw: bytes, seed: int) -> bytes:
    """A few cuts, repeats and insertions in bytes."""
    dice = random.Random(seed)
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(raw) + 1)
        end = min(len(raw), at + dice.choice([1, 2, 8, 64, 1000]))
        new = [b"", dice.choice(NASTY), dice.choice(MARKS), raw[at:end] * 2, dice.randbytes(2)]
        raw = raw[:at] + dice.choice(new) + raw[dice.choice([at, end]) :]
    return raw


def mended_zip(raw: bytes) -> bytes:
    """The same bytes with the checksums of a stored zip put right: otherwise no slip comes further."""
    found = bytearray(raw)
    at = raw.find(b"PK\x03\x04")
    while at >= 0:
        size = int.from_bytes(raw[at + 18 : at + 22], "little")
        start = at + 30 + int.from_bytes(raw[at + 26 : at + 28], "little")
        start += int.from_bytes(raw[at + 28 : at + 30], "little")
        check = zlib.crc32(raw[start : start + size]).to_bytes(4, "little")
        found[at + 14 : at + 18] = check
        # The list of contents at the end has it once more.
        listed = raw.find(b"PK\x01\x02")
        while listed >= 0:
            if int.from_bytes(raw[listed + 42 : listed + 46], "little") == at:
                found[listed + 16 : listed + 20] = check
            listed = raw.find(b"PK\x01\x02", listed + 4)
        at = raw.find(b"PK\x03\x04", at + 4)
    return bytes(found)


def same_length(raw: bytes, seed: int) -> bytes:
    """Slips that leave the length, for files that count their bytes."""
    dice, found = random.Random(seed), bytearray(raw)
    for _ in range(dice.randint(1, 4)):
        piece = dice.choice([*NASTY, dice.randbytes(1)])
        at = dice.randrange(max(1, len(raw) - len(piece)))
        found[at : at + len(piece)] = piece
    return mended_zip(bytes(found[: len(raw)]))


def inputs(target: str) -> st.SearchStrategy[bytes]:
    """Any input for a target."""
    # By number: a failure would otherwise show the whole of a file.
    sound = st.integers(0, len(seeds(target)) - 1).map(seeds(target).__getitem__)
    numbers = st.integers(0, 2**32)
    texts = st.builds(
        lambda raw, seed: (
            raw[:1]
            + mutated(raw[1:].decode("utf-8", errors="replace"), seed).encode("utf-8", errors="surrogatepass")
        ),
        sound,
        numbers,
    )
    every = st.builds(slips, sound, numbers) | texts | st.binary(max_size=400)
    if target != "reader":
        return every | st.builds(lambda first, text: bytes([first]) + text.encode("utf-8", "surrogatepass"),
                                 st.integers(0, 255), st.text(max_size=300))  # fmt: skip
    stored = [raw for raw in seeds(target) if zipfile.is_zipfile(io.BytesIO(raw))]
    return every | st.builds(same_length, st.sampled_from(stored), numbers)
