"""SPSS and Stata files of the invented community Riverside, written by pyreadstat when a test needs them."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pyreadstat

from surveyapp.reports.sav_set import SavSet, with_sets

_N = 12
_AGREE = [1, 2, 3, 4, 5, 4, -8, -9, 2, None, 3, 4]
_AGE = [34, 27, 61, 45, 99, 19, 52, 38, 98, 41, None, 30]
_TRUST = [1, 7, 4, 5, 2, 6, 3, 7, 1, 4, 5, 4]
_NEWS = {"news_1": [1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0], "news_2": [0, 0, 1, 1, 1, 0, 0, 0, 1, 0, 0, 0]}
_STREET = ["Mill Lane", "Quay", "", "Weir Street", "Großer Weg", "Quay", "-8", "", "Mill Lane", "Quay", "Quay", "Weir"]


def spss_frame() -> pd.DataFrame:
    """One column of each kind that SPSS knows."""
    return pd.DataFrame(
        {
            "id": [1000 + n for n in range(_N)],
            "agree": pd.array(_AGREE, dtype="Float64").to_numpy(dtype=float, na_value=float("nan")),
            "age": pd.array(_AGE, dtype="Float64").to_numpy(dtype=float, na_value=float("nan")),
            "trust": _TRUST,
            **_NEWS,
            "street": _STREET,
            "story": ["", "long " * 200, *[f"told by {n}" for n in range(2, _N)]],
            "seen": [date(2026, 3, n + 1) for n in range(_N)],
            "sent": [datetime(2026, 3, n + 1, 9, 30, 15) for n in range(_N)],  # noqa: DTZ001
            "took": [93_909.5, *[60.0 * n for n in range(1, _N)]],
            "reverse": [n % 3 + 1 for n in range(_N)],
            "income": [1234.5, 0.1, *[1000.0 * n for n in range(2, _N)]],
        }
    )


def write_spss(path: Path, *, compress: bool = False) -> Path:
    """The frame as .sav with everything the format can say; a compressed .zsav has no multiple response set."""
    pyreadstat.write_sav(
        spss_frame(),
        str(path),
        compress=compress,
        file_label="Riverside census 2026",
        column_labels={
            "agree": "The council listens to people like me",
            "age": "How old are you?",
            "trust": "How much do you trust your neighbours?",
            "news_1": "The Riverside Bell",
            "news_2": "Radio",
            "seen": "Date of the visit",
            "reverse": "Rank of the bridge",
        },
        variable_value_labels={
            "agree": {
                1: "Disagree strongly",
                2: "Disagree",
                3: "Neither",
                4: "Agree",
                5: "Agree strongly",
                -8: "Refused",
                -9: "Not applicable",
            },
            "age": {98: "98 or older", 99: "Refused"},
            "trust": {1: "Not at all", 7: "Completely"},
            "news_1": {0: "Not read", 1: "Read"},
            "reverse": {1: "3", 2: "2", 3: "1"},
        },
        missing_ranges={"agree": [{"lo": -9, "hi": -1}], "age": [99], "street": ["-8"]},
        variable_measure={"agree": "ordinal", "income": "scale", "street": "nominal", "id": "scale"},
        variable_format={"took": "TIME11.2"},
    )
    if not compress:
        news = SavSet(name="news", label="Where do you get news?", variables=("news_1", "news_2"))
        path.write_bytes(with_sets(path.read_bytes(), [news]))
    return path


def write_stata(path: Path, *, version: int = 15) -> Path:
    """A .dta with value labels, extended missing values and dates."""
    agree = [1.0, 2.0, "a", 3.0, "b", 2.0, 1.0, 3.0]
    frame = pd.DataFrame(
        {
            "agree": pd.Series(agree, dtype=object),
            "age": [34.0, 27, 61, 45, 19, 52, float("nan"), 38],
            "street": ["Mill Lane", "Quay", "", "Weir", "Quay", "Quay", "Weir", "Quay"],
            "seen": [date(2026, 3, n + 1) for n in range(8)],
            "month": [794.0 + n for n in range(8)],
            "share": [0.1 * n for n in range(8)],
        }
    )
    pyreadstat.write_dta(
        frame,
        str(path),
        version=version,
        column_labels={"agree": "The council listens", "age": "How old are you?"},
        variable_value_labels={
            "agree": {1: "No", 2: "A little", 3: "Yes", "a": "Refused", "b": "Not applicable"}  # type: ignore[dict-item]
        },
        missing_user_values={"agree": ["a", "b"]},
        variable_format={"month": "%tm"},
    )
    return path


def main() -> None:
    """Write the files that the fuzzer injures, tests/fixtures/forms/spss, stata and archive; the moment goes in too."""
    forms = Path(__file__).parent / "fixtures" / "forms"
    for folder in ("spss", "stata", "archive"):
        (forms / folder).mkdir(exist_ok=True)
    write_spss(forms / "spss" / "riverside.sav")
    write_spss(forms / "spss" / "riverside.zsav", compress=True)
    write_stata(forms / "stata" / "riverside.dta")
    write_stata(forms / "stata" / "riverside_old.dta", version=10)
    with zipfile.ZipFile(forms / "archive" / "riverside.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("codebook/one_row_each.csv", "codebook/riverside.csv"):
            archive.write(forms / name, name)


if __name__ == "__main__":
    main()
