"""Streams of tickets: JSON, JSON Lines, YAML, CSV. Every input yields a ticket or a located error.

A form cuts bytes into chunks that may be sent to another process, and reads a chunk
into records: a mapping each, or what is wrong with it.
"""

from escalate.intake.columns import Column, read_columns
from escalate.intake.forms import FORMS, Form, form_for
from escalate.intake.record import Chunk, Record

__all__ = ["FORMS", "Chunk", "Column", "Form", "Record", "form_for", "read_columns"]
