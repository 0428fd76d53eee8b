"""Addresses without their secrets: what is hidden, what is left alone, and that nothing shows a second time."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigError, DatelineError, FetchError
from pipeline.secrets import masked, masked_text

NAMES = (
    *("key", "api_key", "apikey", "API-Key", "apiKey", "token", "access_token", "accessToken", "rss_token", "feedkey"),
    *("auth", "auth_token", "sig", "signature", "X-Amz-Signature", "X-Goog-Signature", "password", "passwd", "pwd"),
    *("secret", "client_secret", "session", "sessionid", "session_id", "PHPSESSID", "sid", "jwt", "private_token"),
    *("x%2Dapi%2Dkey", "a[token]", "hmac", "credentials"),
)
HARMLESS = (
    "https://wire.example/rss",
    "https://wire.example/rss?keyword=monkey&author=key&design=x&passage=3&keys=1&tokens=a&keynote=1",
    "https://wire.example/token/secret/key=1?id=7#token",
    "https://wire.example:8443/a@b/x//y@z?mail=ana@wire.example",
    "file:///srv/drops/agency",
    "urn:newsml:agency.example:20250610:quake",
    "tag:ana@wire.example,2026:1",
    "mailto:ana@wire.example",
    "https://wire.example/rss?key=",
    "",
)
WORD = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-._~%+=:;,!$'()*ü\u202e"), min_size=6)
PLAIN = st.text(st.sampled_from("abcdefgh/-._"), max_size=20)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("before", ["?", "?desk=world&", "?a=b;", "#"])
def test_a_parameter_that_holds_a_secret_is_masked(name: str, before: str) -> None:
    url = f"https://wire.example/rss{before}{name}=5ecret%2B&page=2"
    assert masked(url) == masked_text(url) == f"https://wire.example/rss{before}{name}=***&page=2"


@pytest.mark.parametrize("login", ["ana:pw", "ana", "ana:p@ss:w", ":pw", "ana%40x:pw"])
def test_a_name_and_password_are_masked(login: str) -> None:
    for url in (f"https://{login}@wire.example/rss?a=b", f"https://proxy.example/?u=ftp://{login}@wire.example/"):
        assert login not in masked(url)
        assert masked(url) == masked_text(url)
        assert "***@wire.example/" in masked(url)


@pytest.mark.parametrize("url", HARMLESS)
def test_other_addresses_are_left_alone(url: str) -> None:
    assert masked(url) == url
    assert masked_text(url) == url


@given(PLAIN, st.sampled_from(NAMES), WORD, PLAIN)
def test_no_secret_is_ever_shown(path: str, name: str, secret: str, rest: str) -> None:
    url = f"https://wire.example/{path}?page=2&{name}={secret}&{rest}"
    assert masked(url) == f"https://wire.example/{path}?page=2&{name}=***&{rest}"
    assert urlsplit(masked(url)).hostname == "wire.example"


@given(
    st.text(st.characters(codec="utf-8")) | st.from_regex(r"\w{0,3}:?//\w*:?\w*@?\w*[/?&;#]{1,3}\w{0,9}key=\w*[&#]?\w*")
)
def test_masking_twice_is_masking_once(text: str) -> None:
    assert masked(masked(text)) == masked(text)
    assert masked_text(masked_text(text)) == masked_text(text)


def test_a_long_address_is_masked_in_time() -> None:
    for piece in ("?key=", "//a@", "&a.", "key_", "%2D", "aKey"):
        masked("https://wire.example/" + piece * 100_000)
        masked_text("see https://wire.example/" + piece * 100_000)


def test_a_line_of_text_keeps_what_is_around_its_addresses() -> None:
    told = "GET 'https://a:b@wire.example/rss?token=x1': answered 403, see <a href=\"/?page=1&amp;sig=x2\">it</a>"
    assert masked_text(told) == (
        "GET 'https://***@wire.example/rss?token=***': answered 403, see <a href=\"/?page=1&amp;sig=***\">it</a>"
    )


def test_errors_are_one_line_without_secrets_and_the_address_stays_what_it_is() -> None:
    url = "https://ana:pw@wire.example/rss?key=5ecret"
    error = FetchError(url, "redirects", f"more than 5 redirects, the last to {url}&page=2")
    assert error.url == url
    for shown in (str(error), repr(error), error.detail, str(ConfigError("feeds.toml:3", f"{url} is listed twice"))):
        assert "5ecret" not in shown
        assert "pw" not in shown
    assert str(DatelineError("two\nlines\u2028three")) == "two lines three"
