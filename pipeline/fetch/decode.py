"""Content codings undone in small pieces, so that a bomb is noticed before it has gone off.

httpx's own decoders give out whatever one network chunk of 64 KiB expands to: 64 MiB for gzip, and gigabytes
for Brotli or Zstandard. Here no piece is larger than a few MiB, and the caller stops when its cap is passed.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

import brotli  # type: ignore[import-untyped]
import zstandard

PIECE_BYTES = 65_536
_ZSTD_INPUT_BYTES = 64  # a block of 4 bytes may stand for 128 KiB (RFC 8878, 3.1.1.2): at most 2 MiB a piece
_ZSTD_WINDOW_BYTES = 8 * 1024 * 1024  # the most that web content may ask for (RFC 9659)
_MAX_CODINGS = 3  # each holds a window of up to 16 MiB; "gzip, gzip" is seen, a thousand of them end Python's stack

ACCEPT_ENCODING = "gzip, br, zstd"


class DecodeError(ValueError):
    """The body is not what its Content-Encoding says, or is cut off."""


def decoded(chunks: Iterable[bytes], content_encoding: str | None) -> Iterator[bytes]:
    """`chunks` with all codings of the header undone, last applied first (RFC 9110, 8.4).

    An empty body stays empty whatever the header says. Raises DecodeError for a coding that is unknown, more of
    them than are ever meant, data that does not fit, and data that stops before its end.
    """
    names = [name.strip() for name in (content_encoding or "").lower().split(",")]
    codings = [name for name in names if name not in _NO_CODINGS]
    if len(codings) > _MAX_CODINGS:
        raise DecodeError(f"{len(codings)} content codings one over the other")
    stream: Iterator[bytes] = iter(chunks)
    for name in reversed(codings):
        decoder = _DECODERS.get(name)
        if decoder is None:
            raise DecodeError(f"content coding {name[:40]!r} is not known")
        stream = decoder(stream)
    return stream


def _inflate(chunks: Iterator[bytes], new: Callable[[bytes], zlib._Decompress]) -> Iterator[bytes]:
    engine: zlib._Decompress | None = None
    for chunk in chunks:
        rest = chunk
        while rest:
            engine = engine or new(rest)
            try:
                yield engine.decompress(rest, PIECE_BYTES)
            except zlib.error as error:
                raise DecodeError(f"not valid gzip or deflate data: {error}") from error
            if engine.eof:
                return  # what follows the end is padding; no server sends two members
            rest = engine.unconsumed_tail
    if engine is None:
        return
    yield engine.flush()  # at most what fits one window: PIECE_BYTES stopped each call above
    if not engine.eof:
        raise DecodeError("gzip or deflate data is cut off")


def _gzip(chunks: Iterator[bytes]) -> Iterator[bytes]:
    return _inflate(chunks, lambda _: zlib.decompressobj(zlib.MAX_WBITS | 16))


def _deflate(chunks: Iterator[bytes]) -> Iterator[bytes]:
    # RFC 9110 8.4.1.2: some servers send raw deflate; a zlib header has 8 in the low half of its first byte.
    return _inflate(chunks, lambda head: zlib.decompressobj(zlib.MAX_WBITS if head[0] & 0x0F == 8 else -zlib.MAX_WBITS))


def _brotli(chunks: Iterator[bytes]) -> Iterator[bytes]:
    engine, seen = brotli.Decompressor(), False
    for chunk in chunks:
        seen, rest = seen or bool(chunk), chunk
        piece = b"more"
        while piece or not engine.can_accept_more_data():  # it also accepts more while output is waiting
            try:
                piece = engine.process(rest, output_buffer_limit=PIECE_BYTES)
            except brotli.error as error:
                raise DecodeError(f"not valid Brotli data: {error}") from error
            yield piece
            if engine.is_finished():
                return
            rest = b""
    if seen:
        raise DecodeError("Brotli data is cut off")


def _zstd(chunks: Iterator[bytes]) -> Iterator[bytes]:
    def new() -> zstandard.ZstdDecompressionObj:
        return zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES).decompressobj()

    engine, seen = new(), False
    for chunk in chunks:
        for start in range(0, len(chunk), _ZSTD_INPUT_BYTES):
            rest, seen = chunk[start : start + _ZSTD_INPUT_BYTES], True
            while rest:
                engine = new() if engine.eof else engine  # a body may hold several frames
                try:
                    yield engine.decompress(rest)
                except zstandard.ZstdError as error:
                    raise DecodeError(f"not valid Zstandard data: {error}") from error
                rest = engine.unused_data if engine.eof else b""
    if seen and not engine.eof:
        raise DecodeError("Zstandard data is cut off")


_NO_CODINGS = {"", "identity", "none", "utf-8"}  # the last two are sent without being registered, and code nothing
_DECODERS: dict[str, Callable[[Iterator[bytes]], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
