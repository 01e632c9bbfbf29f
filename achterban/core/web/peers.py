"""Who is at the other end of the line: kept in memory only, never written down."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import threading
import time
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

FORWARDED = {"HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA"}
_SALT = secrets.token_bytes(16)  # per process: not even memory holds the address


def address_of(request: HttpRequest) -> str:
    """Return the address of the real peer.

    ``X-Forwarded-For`` counts only where ``ACHTERBAN_PROXIES`` names the proxy that
    sent it, and then only the part which that proxy added itself: the last.
    """
    address: str = request.META.get("REMOTE_ADDR", "")
    if address in settings.TRUSTED_PROXIES:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        return forwarded.rpartition(",")[2].strip() or address
    return address


def peer_of(request: HttpRequest) -> str:
    """Return a name for the peer that means nothing outside this process.

    Of IPv6 the first half counts: one home has all addresses of the other half.
    """
    if is_onion(request.get_host()):
        return "tor"  # the daemon on this machine; what it forwards was made up
    address = _network_of(address_of(request))
    return hashlib.blake2b(address.encode(), key=_SALT, digest_size=16).hexdigest()


def _network_of(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address) or parsed.ipv4_mapped:
        return str(getattr(parsed, "ipv4_mapped", parsed))
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def is_onion(host: str) -> bool:
    """Return whether a host (with or without a port) is an onion service of Tor."""
    return host.partition(":")[0].endswith(".onion")


def is_local(request: HttpRequest) -> bool:
    """Return whether the request came from this machine itself.

    What a proxy on this machine passes on did not, whether it is named or not.
    """
    is_named = request.META.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES
    if is_onion(request.get_host()) or (
        not is_named and FORWARDED & request.META.keys()
    ):
        return False
    try:
        return ipaddress.ip_address(address_of(request)).is_loopback
    except ValueError:
        return False


def could_be_anybody(request: HttpRequest) -> bool:
    """Return whether this peer stands for everybody: Tor, or a proxy without a name.

    Such a peer may not close the door for all.
    """
    try:
        address = ipaddress.ip_address(address_of(request))
    except ValueError:
        return False
    return address.is_loopback or is_onion(request.get_host())


@dataclass
class _Bucket:
    tokens: float
    seen_at: float


class PeerLimit:
    """A bucket of tokens for each peer, in memory.

    Nobody else is slowed by what one peer does, and nothing about peers outlives the
    process. Not covered: a crowd of addresses, and more than one process counts apart.
    """

    MOST_PEERS = 20_000

    def __init__(self, *, burst: int, per_minute: float) -> None:
        """Set how many acts are free at once, and how many come back each minute."""
        self.burst = burst
        self.per_second = per_minute / 60
        self._buckets: dict[str, _Bucket] = {}
        self._lock = threading.Lock()

    def take(self, peer: str) -> float:
        """Take a token; return 0, or the seconds to wait when there is none."""
        at = time.monotonic()
        with self._lock:
            bucket = self._bucket(peer, at)
            if bucket.tokens >= 1:
                bucket.tokens -= 1
                return 0.0
            return (1 - bucket.tokens) / self.per_second

    def wait(self, peer: str) -> float:
        """Return the seconds until this peer has a token again, 0 when it has."""
        at = time.monotonic()
        with self._lock:
            return max(0.0, (1 - self._bucket(peer, at).tokens) / self.per_second)

    def _bucket(self, peer: str, at: float) -> _Bucket:
        bucket = self._buckets.get(peer)
        if bucket is None:
            if len(self._buckets) >= self.MOST_PEERS:
                self._forget_full(at)
            bucket = self._buckets[peer] = _Bucket(self.burst, at)
        bucket.tokens = min(
            self.burst, bucket.tokens + (at - bucket.seen_at) * self.per_second
        )
        bucket.seen_at = at
        return bucket

    def _forget_full(self, at: float) -> None:
        refill = self.burst / self.per_second
        self._buckets = {
            peer: bucket
            for peer, bucket in self._buckets.items()
            if at - bucket.seen_at < refill
        }
        if len(self._buckets) >= self.MOST_PEERS:
            self._buckets.clear()
