"""Achterban: the advocacy office of a patient organisation as one program."""

import sys

import pysqlite3

# The distribution's SQLite (3.40) can corrupt a database in WAL mode. Every later
# `import sqlite3`, Django's own included, gets the wheel's version instead.
sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
