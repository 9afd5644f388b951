"""Makers of what people type at the door."""

import base64
import hashlib
import hmac
import re
import struct
import time

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import translation

from agora.vocabulary.models import Function, Service

PASSWORD = "une phrase de passe"  # of everybody whom `make_member` makes
FOREST, JETTE, UCCLE = "21007", "21010", "21016"


def address_of(name: str, language: str = "fr", **arguments) -> str:
    """Return the address of a page in one language."""
    with translation.override(language):
        return reverse(name, kwargs=arguments or None)


def sign_up_data(**changes) -> dict[str, object]:
    """What a worker of Forest types to sign up; None leaves a field out."""
    data = {
        "first_name": "Inès",
        "last_name": "Nollevaux",
        "cpas": FOREST,
        "function": Function.objects.get(slug="assistant-social").pk,
        "service": Service.objects.get(slug="ssg").pk,
        "email": "ines@cpas-forest.example",
        "password1": "un vélo rouge à Forest",
        "language": "fr",
        "charter": "on",
    } | changes
    return {name: value for name, value in data.items() if value is not None}


def link_in(mail) -> str:
    """Return the path of the first link of a mail that leads to one page of an account."""
    return re.search(r"https?://[^/\s]+(/\S*(?:compte|account)/\S+)", mail.body)[1]


def add_application(member, secret: str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP") -> str:
    """Give a member an application that gives codes; return its secret."""
    Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": secret})
    return secret


def code_of(secret: str) -> str:
    """The six digits that an application shows now (RFC 6238: SHA-1, 30 seconds)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"
