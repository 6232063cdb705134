"""What of a second factor lies in the database: keys sealed, codes hashed, both with one secret of
the installation that is not in it."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Unreadable(Exception):
    """What was sealed with another secret than today's."""


class Vault:
    """Seals and hashes with keys derived from the secret for authenticator keys."""

    def __init__(self, secret: str) -> None:
        self._sealer = Fernet(base64.urlsafe_b64encode(_derived(secret, b"authenticator keys")))
        self._hashing = _derived(secret, b"recovery codes")

    def seal(self, text: str) -> str:
        return self._sealer.encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str:
        try:
            return self._sealer.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise Unreadable from error

    def hash(self, code: str) -> bytes:
        """Of a code with eighty bits of chance in it: nothing slow is needed."""
        return hmac.new(self._hashing, code.encode(), hashlib.sha256).digest()


def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"peyvand " + purpose).derive(secret.encode())
