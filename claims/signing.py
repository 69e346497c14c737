"""Signatures of notices as Standard Webhooks 1.0 wants them, and where their secrets come from.

No secret is stored. A row holds a random seed, and the secret is what the
installation's key makes of it: neither a copy of the database nor the key
alone lets anybody sign. The seed ends in a fingerprint, so that a secret made
with another key is noticed before anything is signed with it.
"""

import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable
from hashlib import sha256

PREFIX = "whsec_"
PURPOSE = b"factcheck: secret of an endpoint\0"


class KeyGone(Exception):
    """No key at hand is the one a secret was made with."""


def new_seed(key: str) -> str:
    """What is stored of another secret, to be made with ``key``.

    >>> seed = new_seed("installation")
    >>> secret_of(seed, ["newer", "installation"]) == secret_of(seed, ["installation"])
    True
    """
    chance = secrets.token_hex(32)
    return f"{chance}.{_fingerprint(_made(chance, key))}"


def secret_of(seed: str, keys: Iterable[str]) -> str:
    """The secret of a seed, as its holder was shown it.

    Raise KeyGone when none of ``keys`` is the one it was made with.

    >>> secret_of(new_seed("installation"), ["installation"])[:6]
    'whsec_'
    """
    chance, _, fingerprint = seed.partition(".")
    for key in keys:
        made = _made(chance, key)
        if hmac.compare_digest(_fingerprint(made), fingerprint):
            return PREFIX + b64encode(made).decode()
    raise KeyGone


def signature(secret: str, name: str, timestamp: int, body: bytes) -> str:
    """The signature of a message called ``name`` that is sent at ``timestamp``.

    The example is that of the standard's own libraries:

    >>> signature(
    ...     "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    ...     "msg_p5jXN8AQM9LWM0D4loKWxJek",
    ...     1614265330,
    ...     b'{"test": 2432232314}',
    ... )
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    signed = f"{name}.{timestamp}.".encode() + body
    made = hmac.digest(b64decode(secret.removeprefix(PREFIX)), signed, "sha256")
    return f"v1,{b64encode(made).decode()}"


def _made(chance: str, key: str) -> bytes:
    return hmac.digest(key.encode(), PURPOSE + chance.encode(), "sha256")


def _fingerprint(secret: bytes) -> str:
    return sha256(secret).hexdigest()[:16]
