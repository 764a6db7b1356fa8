"""Confidence: what makes a reading doubtful flows in, how sure the reading is (0–1) flows out.

Below `rag.domain.TRUSTED` (0.5) a fact is listed for a person's eye and left out of answers; from there on it is shown.
"""

from __future__ import annotations

SURE = 1.0
"""The words stand where the form of the document says they should."""
IMPLIED_OWNER = 0.7
"""A phone without an organisation beside it, where the document names one agency alone."""
TOLD_IN_PROSE = 0.6
"""A fact told in running text of a document that has no labels."""
GUESSED_OWNER = 0.4
"""A phone without an organisation beside it, where several bodies publish the document or none is named."""
GUESSED_LABEL = 0.4
"""A period under a word that may mean another one, e.g. 기간 alone."""
SHORT_WINDOW = 0.6
"""The same, no longer than windows to apply in are, or over when the money is."""
LONGEST_WINDOW = 45
"""Days; of 207 windows to apply in that notices date by label, 77 % are no longer."""
NO_PHONE = 0.4
"""A row of a phone table whose phone is missing."""
FOREIGN_REGION = 0.3
"""A row that names a 시·군·구 which does not belong to the 시·도 that governs it."""
SUBCLASS = 0.4
"""A condition finer than the words of a company's profile can tell (소기업)."""
CONFLICT = 0.3
"""Two different values for one field that holds one."""
GUESSED_NAME = 0.3
"""A programme's name taken from the name of its file."""
CUT_OFF = 0.1
"""An e-mail address whose end is missing."""
ALTERNATIVE = 0.4
"""A condition that is one of several ways in, of which any suffices."""
