"""Content codings: what comes out, and in what sizes."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fetch.decode import DecodeError, decoded


def _raw_deflate(data: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return engine.compress(data) + engine.flush()


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "raw deflate": ("Deflate", _raw_deflate),
    "brotli": ("br", lambda data: brotli.compress(data, quality=5)),
    "zstandard": ("zstd", zstandard.compress),
    "gzip in zstandard": ("gzip,zstd", lambda data: zstandard.compress(gzip.compress(data))),
    "none": ("", lambda data: data),
}


@pytest.mark.parametrize("name", PACKERS)
@given(data=st.binary(max_size=3000), size=st.integers(1, 700))
def test_what_was_packed_comes_out_however_it_is_cut(name: str, data: bytes, size: int) -> None:
    coding, pack = PACKERS[name]
    packed = pack(data)
    chunks = [packed[i : i + size] for i in range(0, len(packed), size)]
    assert b"".join(decoded(chunks, coding)) == data


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "identity", None, "utf-8", "none"])
def test_an_empty_body_is_empty_in_any_coding(coding: str | None) -> None:
    assert b"".join(decoded([], coding)) == b""


@pytest.mark.parametrize("name", ["gzip", "deflate", "raw deflate", "brotli", "zstandard"])
def test_data_that_is_cut_off_is_refused(name: str) -> None:
    coding, pack = PACKERS[name]
    packed = pack(b"a long story " * 50)
    with pytest.raises(DecodeError, match="cut off"):
        b"".join(decoded([packed[: len(packed) // 2]], coding))


@pytest.mark.parametrize("name", ["gzip", "brotli", "zstandard"])
def test_no_piece_of_a_bomb_is_large(name: str) -> None:
    coding, pack = PACKERS[name]
    sizes = [len(piece) for piece in decoded([pack(bytes(20_000_000))], coding)]
    assert sum(sizes) == 20_000_000
    assert max(sizes) <= 4_000_000


def test_a_window_larger_than_the_web_may_ask_for_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27, write_content_size=False)
    engine = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    packed = engine.compress(bytes(20_000_000)) + engine.flush()
    with pytest.raises(DecodeError, match="Zstandard"):
        b"".join(decoded([packed], "zstd"))


def test_an_unknown_coding_is_named() -> None:
    with pytest.raises(DecodeError, match="'compress'"):
        decoded([b"x"], "compress")


@pytest.mark.parametrize("coding", ["gzip," * 3 + "gzip", "br, br, br, br", ",".join(["gzip"] * 100_000)])
def test_more_codings_than_anybody_means_are_refused(coding: str) -> None:
    with pytest.raises(DecodeError, match="one over the other"):
        decoded([b"x"], coding)


def test_names_that_code_nothing_do_not_count() -> None:
    packed = gzip.compress(gzip.compress(b"text"))
    assert b"".join(decoded([packed], "identity, gzip,, gzip, none, utf-8" + ",identity" * 50)) == b"text"
