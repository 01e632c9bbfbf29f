"""The hash of passwords: what OWASP asks, and light enough to leave others alone."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two rounds and one lane.

    Django's own takes 100 MiB and eight lanes: twenty log-ins at once would ask for
    2 GB and both cores of a small server.

    Source: OWASP Password Storage Cheat Sheet, first choice.
    """

    memory_cost = 19 * 1024  # KiB
    time_cost = 2
    parallelism = 1
