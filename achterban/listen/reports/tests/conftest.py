"""What tests of reports find there."""

import pytest

from achterban.core.places.tests.factories import have_places


@pytest.fixture(autouse=True)
def _places(request: pytest.FixtureRequest, _django_db_marker: None) -> None:
    """Know the places, also after a test that emptied every table."""
    if request.node.get_closest_marker("django_db"):
        have_places()
