"""How much one peer may send and guess: seconds of a flood cost it minutes.

One person never notices. In memory only: no address is stored, nobody else is slowed.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from achterban.core.web.peers import PeerLimit, could_be_anybody, is_onion, peer_of

intake = PeerLimit(burst=settings.INTAKE_BURST, per_minute=20)
ordinary = PeerLimit(burst=30, per_minute=1)
guesses = PeerLimit(burst=10, per_minute=2)
tor_guesses = PeerLimit(burst=300, per_minute=60)  # nobody can tell its visitors apart

addresses = PeerLimit(burst=10, per_minute=0.5)  # each brings a stranger a letter
tor_addresses = PeerLimit(burst=100, per_minute=10)


def intake_wait(request: HttpRequest) -> float:
    """Return the seconds this peer must wait; 0 where it could be anybody."""
    return 0.0 if could_be_anybody(request) else intake.take(peer_of(request))


def is_flood(request: HttpRequest) -> bool:
    """Return whether this peer sends more than people do."""
    return not could_be_anybody(request) and ordinary.take(peer_of(request)) > 0


def guess_wait(request: HttpRequest) -> float:
    """Return the seconds until this peer may try a code again, 0 when it may."""
    return _guesses_of(request).wait(peer_of(request))


def count_wrong_guess(request: HttpRequest) -> None:
    """Remember that this peer tried a code that opens nothing."""
    _guesses_of(request).take(peer_of(request))


def address_wait(request: HttpRequest) -> float:
    """Return the seconds until this peer may leave one more mail address."""
    limit = tor_addresses if is_onion(request.get_host()) else addresses
    return limit.take(peer_of(request))


def _guesses_of(request: HttpRequest) -> PeerLimit:
    return tor_guesses if is_onion(request.get_host()) else guesses
