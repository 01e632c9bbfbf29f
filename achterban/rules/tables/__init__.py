"""Read what organisations keep today as a table: CSV, spreadsheets, mail.

Every reader streams: it holds one row at a time (a spreadsheet also its list of
texts). What is wrong with one row is said of that row, and the rows after it are read
all the same; only what is no table at all is refused.
"""

from achterban.rules.tables.columns import Target, guess_columns, heading_key
from achterban.rules.tables.days import NotADay, read_day
from achterban.rules.tables.kept import Form, masked_copy, open_kept
from achterban.rules.tables.kinds import Kind, open_table, recognise
from achterban.rules.tables.lines import ENCODINGS
from achterban.rules.tables.survey import Survey, survey
from achterban.rules.tables.table import Fault, NotATable, Row, Table, Trouble

__all__ = [
    "ENCODINGS",
    "Fault",
    "Form",
    "Kind",
    "NotADay",
    "NotATable",
    "Row",
    "Survey",
    "Table",
    "Target",
    "Trouble",
    "guess_columns",
    "heading_key",
    "masked_copy",
    "open_kept",
    "open_table",
    "read_day",
    "recognise",
    "survey",
]
