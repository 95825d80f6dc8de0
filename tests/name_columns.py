"""Every column of names in the source files beside the repository, with the code that the same row gives, if any."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from shared_data import shared

UNTERM = [
    f"UNTERM {language} {form}"
    for language in ("English", "French", "Spanish", "Arabic", "Chinese", "Russian")
    for form in ("Short", "Formal")
]
OFFICIAL = [f"official_name_{language}" for language in ("en", "fr", "es", "ar", "cn", "ru")]
HDX = [f"{language} Short" for language in ("English", "French", "Spanish", "Russian", "Chinese", "Arabic")]
LINK = re.compile(r'^=HYPERLINK\(.*, ?"(.*)"\)$')  # a cell of the UNDP list of countries is a formula


@dataclass(frozen=True)
class Column:
    """A column of names.

    Attributes:
        file: path below the folder of source files.
        name: its header; for a sheet without a header, or of broken text, its number from 0.
        code: the column beside it with alpha-3 codes.
        skip: lines before the header.
        sheet: name of the sheet of a workbook.
    """

    file: str
    name: str | int
    code: str | int | None = None
    skip: int = 0
    sheet: str | None = None

    def __str__(self) -> str:
        return f"{self.file}-{self.sheet or ''}-{self.name}"


COLUMNS = [
    Column("partners/egdi_2020_undp_ddc.csv", "Country Name"),
    Column("partners/itu_idi_2024_mpapi.csv", "economy_name", "iso3"),
    Column("partners/kaggle_cyber_security_indexes.csv", "Country"),
    Column("partners/ncsi_undp_ddc.csv", "Country"),
    Column("partners/ncsi_undp_ddc_source.xlsx", 2, skip=2, sheet="Sheet 1"),
    Column("partners/unctad_cyberlaw_dataprotection_undp.xlsx", 0, sheet="Data Protection & Privacy Laws"),
    Column("partners/unctad_dp_legislation2.xlsx", 0, sheet="Data Protection & Privacy Laws"),
    Column("partners/worldbank_gdp_pcap.csv", "Country Name", "Country Code", skip=4),
    Column("partners/worldbank_internet_users_IT.NET.USER.ZS.csv", "Country Name", "Country Code", skip=4),
    *(
        Column("reference/country_codes_datasets.csv", name, "ISO3166-1-Alpha-3")
        for name in [*UNTERM, *OFFICIAL, "CLDR display name", "ISO4217-currency_country_name"]
    ),
    *(
        Column("reference/hdx_countries_territories_taxonomy.csv", name, "ISO 3166-1 Alpha 3-Codes")
        for name in [*HDX, "Preferred Term", "ISO Alt Term", "HPC Tools Alt Term", "RW Short Name", "English Formal"]
    ),
    *(
        Column(f"reference/unsd_m49_{language}.csv", "Country or Area", "ISO-alpha3 Code")
        for language in ("en", "fr", "es", "ar", "cn", "ru")
    ),
    Column("reference/undp_countries.xlsx", 8, 11, sheet="UNSD"),
    Column("reference/undp_countries.xlsx", 0, sheet="UNDP"),
    Column("reference/undp_countries.xlsx", 0, sheet="World Bank Income Level"),
    *(Column("reference/undp_countries.xlsx", place, sheet="EFSRCA") for place in range(12)),
    Column("gci/gci_2018_overall_parsed.csv", "country"),
    Column("gci/gci_2024_sspi_local_summary.csv", "Country"),
    Column("gci/gci_data360_full_alexrg17.csv", "REF_AREA_LABEL", "REF_AREA"),
    Column("gci/gci_dice_export_undp.csv", "Country"),
    Column("gci/gci_editions_2014_2024_transcribed_sspi_iso3.csv", "country", "iso"),
]


def cells(column: Column) -> list[tuple[str, str | None]]:
    """The distinct names of a column, each with its code; skips the test when the file is absent."""
    path = shared(column.file)
    if path.suffix == ".xlsx":
        from openpyxl import load_workbook

        sheet = load_workbook(path, read_only=True)[column.sheet]
        rows: list = list(sheet.iter_rows(values_only=True, min_row=column.skip + 2))
    else:
        text = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)[column.skip :]
        rows = list(csv.DictReader(io.StringIO("".join(text))))
    read = [(row[column.name], row[column.code] if column.code is not None else None) for row in rows]
    return sorted(
        {(LINK.sub(r"\1", str(name)).strip(), code) for name, code in read if name and str(name).strip()}, key=str
    )
