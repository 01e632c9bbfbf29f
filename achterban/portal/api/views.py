"""The door of the open API: what holds for each question, before it is read.

django-ninja takes 11 MB and a sixth of a second: only the first question brings it in.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import resolve
from django.views.decorators.csrf import csrf_exempt

from achterban.core.web.peers import PeerLimit, could_be_anybody, peer_of

BASE = "api/termijnen/v1/"
VERSION = "1.0.0"
MOST_BYTES = 10_000
TITLES = {
    400: "De vraag klopt niet",
    404: "Dit bestaat niet",
    405: "Dit kan hier niet",
    411: "De lengte ontbreekt",
    413: "De vraag is te groot",
    415: "Dit is geen JSON",
    422: "Hierop weten wij geen antwoord",
    429: "Te veel vragen",
    500: "Het ging bij ons mis",
}
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "API-Version, Retry-After",
    "API-Version": VERSION,
    "Content-Language": "nl",
    "X-Frame-Options": "DENY",
}
limit = PeerLimit(burst=300, per_minute=300)


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """Return a refusal as RFC 9457 has it."""
    said = {"status": status, "title": TITLES[status], "detail": detail, **more}
    return JsonResponse(said, status=status, content_type="application/problem+json")


@csrf_exempt  # there is no session or cookie to abuse
def door(request: HttpRequest, **arguments: Any) -> HttpResponse:
    """Answer a program, from whatever site; keep nothing."""
    response = _too_much(request) or _answer(request)
    for name, value in HEADERS.items():
        response[name] = value
    return response


def _too_much(request: HttpRequest) -> HttpResponse | None:
    wait = 0.0 if could_be_anybody(request) else limit.take(peer_of(request))
    if wait:
        seconds = round(wait) + 1
        response = problem(429, f"Wacht {seconds} seconden. Vraag het dan nog eens.")
        response["Retry-After"] = str(seconds)
        return response
    if "HTTP_TRANSFER_ENCODING" in request.META:  # in pieces: Django reads nothing
        return problem(411, "Stuur de vraag in één keer, met Content-Length.")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return problem(413, f"Een vraag is hoogstens {MOST_BYTES} bytes lang.")
    if request.META.get("QUERY_STRING"):
        detail = "Zet niets achter een vraagteken: een adres wordt vaak bewaard."
        return problem(400, detail)
    return None


def _answer(request: HttpRequest) -> HttpResponse:
    method = request.method
    if method == "HEAD":
        request.method = "GET"
    try:
        found = resolve(request.path_info, "achterban.portal.api.endpoints")
        response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    except Http404:
        return problem(404, "Dit adres is er niet. Kijk in openapi.json welke er zijn.")
    finally:
        request.method = method  # the server leaves the body out
    if response.status_code != 405:
        return response
    allowed = f"{response['Allow']}, OPTIONS".replace("GET", "GET, HEAD")
    if method == "OPTIONS":
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Methods"] = allowed
        response["Access-Control-Allow-Headers"] = "Content-Type"
        response["Access-Control-Max-Age"] = "86400"
    else:
        response = problem(405, f"Dit adres kent alleen: {allowed}.")
    response["Allow"] = allowed
    return response
