"""Addresses without what must not be read by others: names and passwords, keys and tokens.

Only what is shown is masked: logs, messages, pages of Prefect, the readers' copy. What is asked for, and what ids are
made of, is the address as it is.
"""

from __future__ import annotations

import re

MASK = "***"

# Names of parameters that hold a secret, alone or as the last word of a longer name: key, api_key, X-Amz-Signature,
# rssToken, PHPSESSID. A name that only contains one is none: monkey, author, design.
_WORDS = (
    "key", "token", "secret", "password", "passwd", "passphrase", "passcode", "pwd", "pass", "pw", "auth", "jwt",
    "authorization", "bearer", "sig", "signature", "hmac", "credential", "credentials", "session", "sessionid",
    "session_id", "sessid", "sid",
)  # fmt: skip
_FIRST = ("api", "access", "auth", "user", "feed", "rss", "private", "client", "secret", "php", "j", "asp", "app", "my")
_SEPARATOR = r"(?:[._~\[\]-]|%(?:2[DE]|5[BDF]|7E))"
_NAME = rf"(?:[\w.~\[\]%-]*{_SEPARATOR})?(?:{'|'.join(_FIRST)}){{0,2}}(?:{'|'.join(_WORDS)})(?:{_SEPARATOR}*)"
_CAMEL = r"(?-i:[\w.%-]*[a-z0-9](?:Key|Token|Secret|Password|Passwd|Pwd|Auth|Sig|Signature|Session|Sid))"

# In an address, all up to the next parameter; in a line of text, up to what no address holds.
_IN_ADDRESS = re.compile(rf"([?&;#](?:{_NAME}|{_CAMEL})=)[^&#]+", re.ASCII | re.IGNORECASE)
_IN_TEXT = re.compile(rf"([?&;#](?:amp;)?(?:{_NAME}|{_CAMEL})=)[^&#\s\"'<>]+", re.ASCII | re.IGNORECASE)
_LOGIN = re.compile(r"((?:^|:)//)[^/?#\\]*@")
_LOGIN_IN_TEXT = re.compile(r"(\w://)[^/?#\\\s\"'<>]*@")


def masked(url: str) -> str:
    """The address with `***` for the name and password before its host and for parameters that hold a secret.

    Any other address comes back as it is, byte for byte; a masked one is its own. A secret that stands in the path
    is not known as one.

    >>> masked("https://ana:pw@wire.example/rss?desk=world&api_key=5ecret#top")
    'https://***@wire.example/rss?desk=world&api_key=***#top'
    >>> masked("https://wire.example/rss?keyword=monkey&author=key")
    'https://wire.example/rss?keyword=monkey&author=key'
    """
    return _IN_ADDRESS.sub(rf"\g<1>{MASK}", _LOGIN.sub(rf"\g<1>{MASK}@", url))


def masked_text(text: str) -> str:
    """A line of text with the addresses in it masked, as in an error's message.

    >>> masked_text("http://wire.example/rss?token=abc answered 404, after http://a:b@wire.example/")
    'http://wire.example/rss?token=*** answered 404, after http://***@wire.example/'
    """
    if "=" not in text and "@" not in text:
        return text
    return _IN_TEXT.sub(rf"\g<1>{MASK}", _LOGIN_IN_TEXT.sub(rf"\g<1>{MASK}@", text))
