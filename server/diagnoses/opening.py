"""Opening: settings and the desks flow in; what consultants work with, on the database of the settings, flows out."""

from __future__ import annotations

from rag.diagnosis.report import report
from rag.settings import Settings
from server.clock import moment
from server.desks.desks import Desks
from server.diagnoses.consulting import Consulting
from server.diagnoses.drafting import Drafting
from server.http.keys import Consultants
from server.reports import write
from server.store.engine import Database
from server.store.shelf import Shelf


def open_consulting(settings: Settings, desks: Desks, database: Database, keys: Consultants) -> Consulting:
    """Everything a consultant can do with one of the keys."""
    return Consulting(Shelf(database), keys, Drafting(desks, report, moment, settings.draft_days), write)
