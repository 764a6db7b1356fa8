"""Opening: settings and the desks flow in; what consultants work with, on the database of the settings, flows out."""

from __future__ import annotations

from rag.diagnosis.report import report
from rag.settings import Settings
from server.clock import moment
from server.desks.desks import Desks
from server.diagnoses.consulting import Consulting
from server.diagnoses.drafting import Drafting
from server.diagnoses.owners import owners
from server.reports import write
from server.store.engine import open_database
from server.store.shelf import Shelf


def open_consulting(settings: Settings, desks: Desks) -> Consulting:
    """Everything a consultant can do, with the keys of the settings. Raises StoreUnavailable."""
    shelf = Shelf(open_database(settings.database_url, settings.data_dir))
    drafting = Drafting(desks, report, moment, settings.draft_days)
    return Consulting(shelf, owners(settings.consult_keys), drafting, write)
