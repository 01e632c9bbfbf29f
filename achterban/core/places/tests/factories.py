"""Places for tests."""

from achterban.core.places.actions import load_places
from achterban.core.places.models import Municipality


def have_places() -> None:
    """See that places are there: a test with its own transactions takes them away."""
    if not Municipality.objects.exists():
        load_places()
