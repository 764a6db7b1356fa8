"""What is made to stay is made without a search for garbage, and whoever sought none before seeks none after."""

import gc

import pytest

from rag.staying import staying


@pytest.mark.parametrize("sought", [True, False])
def test_garbage_is_sought_after_as_it_was_before_also_where_the_work_fails(sought: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if sought else gc.disable)()
        with pytest.raises(ZeroDivisionError), staying():
            assert not gc.isenabled()
            raise ZeroDivisionError
        assert gc.isenabled() is sought
    finally:
        (gc.enable if before else gc.disable)()
