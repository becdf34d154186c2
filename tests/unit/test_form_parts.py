import pytest

from bot.form_parts import first_to_mend, parts
from bot.messages import Field

SEVEN = parts([Field(f"f{number}", "?") for number in range(7)])


@pytest.mark.parametrize(
    ("wrong", "part"), [(["f0"], 0), (["f3"], 0), (["f4"], 1), (["f6", "f1"], 0), (["elsewhere"], None), ([], None)]
)
def test_the_first_part_with_a_wrong_field_is_the_one_to_mend(wrong: list[str], part: int | None) -> None:
    assert [len(fields) for fields in SEVEN] == [4, 3]
    assert first_to_mend(SEVEN, wrong) == part
