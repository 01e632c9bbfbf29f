"""What the tests of this room start from."""

from achterban.core.database.tests.disk import on_disk as on_disk
from achterban.core.vault.tests.folders import own_keys as own_keys
