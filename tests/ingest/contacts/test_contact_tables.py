"""The foot of a press release: ministry above division, an official each."""

from __future__ import annotations

from ingest.contacts.asking import contacts
from ingest.contacts.contact_tables import areas_of
from tests.ingest.making import gazetteer, lines


def test_a_ministry_above_its_division_is_one_office_with_all_phones() -> None:
    made = lines(
        """
        | 담당 부서 | 고용노동부 | 책임자 | 과 장 | (044-000-1201) |
        | | 일자리과 | 담당자 | 사무관 | (044-000-1202) |
        | | | 담당자 | 주무관 | (044-000-1203) |
        """
    )
    (contact,) = contacts(made, "n", gazetteer(), areas_of(made, gazetteer()), "모의진흥원")
    assert (contact.organisation, contact.department) == ("고용노동부", "일자리과")
    assert contact.phones == ("044-000-1201", "044-000-1202", "044-000-1203")
    assert all(phone in contact.evidence.quote for phone in contact.phones)
