"""Rows made up by the published formats of each dataset; no row is from any of them."""

from __future__ import annotations

from pathlib import Path

from communique.exchange import ImportedEvent, Refused, read_foreign
from communique.exchange.layouts import layouts


def line(format: str, delimiter: str = "\t", **values: str) -> str:
    """One row of a format: values by column name (spaces as underscores), everything else empty."""
    columns = layouts()[format].columns
    named = {name.replace("_", " "): value for name, value in values.items()}
    unknown = set(named) - {column.replace("_", " ") for column in columns}
    assert not unknown, unknown
    return delimiter.join(named.get(column.replace("_", " "), "") for column in columns)


def header(format: str, delimiter: str = "\t") -> str:
    return delimiter.join(layouts()[format].columns)


def icews(**values: str) -> str:
    row = {
        "Event_ID": "20718170",
        "Event_Date": "2014-03-17",
        "Source_Name": "Barack Obama",
        "Source_Sectors": "Executive Office,Executive,Government",
        "Source_Country": "United States",
        "Event_Text": "Impose embargo, boycott, or sanctions",
        "CAMEO_Code": "163",
        "Intensity": "-8.0",
        "Target_Name": "Russia",
        "Target_Country": "Russian Federation",
        "Story_ID": "33",
        "Sentence_Number": "2",
        "City": "Washington",
        "Country": "United States",
    }
    return line("icews", **{**row, **values})


def gdelt(version: str = "gdelt2", **values: str) -> str:
    row = {
        "GLOBALEVENTID": "410412347",
        "SQLDATE": "20150714",
        "MonthYear": "201507",
        "Year": "2015",
        "FractionDate": "2015.5315",
        "Actor1Code": "IRNGOV",
        "Actor1Name": "IRAN",
        "Actor1CountryCode": "IRN",
        "Actor1Type1Code": "GOV",
        "Actor2Code": "IGOUNOIAE",
        "Actor2Name": "INTERNATIONAL ATOMIC ENERGY AGENCY",
        "Actor2KnownGroupCode": "IAE",
        "IsRootEvent": "1",
        "EventCode": "0862",
        "EventBaseCode": "086",
        "EventRootCode": "08",
        "QuadClass": "2",
        "GoldsteinScale": "9.0",
        "ActionGeo_FullName": "Vienna, Wien, Austria",
        "DATEADDED": "20150715" if version == "gdelt1" else "20150715121500",
        "SOURCEURL": "https://example.org/a",
    }
    return line(version, **{**row, **values})


def polecat(**values: str) -> str:
    row = {
        "Event_ID": "ASM20230105-77",
        "Event_Date": "2023-01-05",
        "Event_Type": "SANCTION",
        "Event_Mode": "expel",
        "Intensity": "-6.0",
        "Quad_Code": "MATERIAL CONFLICT",
        "Contexts": "diplomatic; human_rights",
        "Actor_Name": "Moldova",
        "Actor_Country": "MDA",
        "Primary_Actor_Sector": "GOV",
        "Placename": "Chisinau",
        "Recipient_Name": "",
        "Recipient_Country": "RUS",
        "Primary_Recipient_Sector": "GOV",
        "Publication_Date": "2023-01-06",
    }
    return line("polecat", **{**row, **values})


def phoenix(**values: str) -> str:
    row = {
        "EventID": "20140620-118",
        "Date": "20140620",
        "Year": "2014",
        "Month": "6",
        "Day": "20",
        "SourceActorFull": "PSEREBHMS",
        "SourceActorEntity": "PSE",
        "SourceActorRole": "REB",
        "TargetActorFull": "ISRMIL",
        "TargetActorEntity": "ISR",
        "TargetActorRole": "MIL",
        "EventCode": "194",
        "EventRootCode": "19",
        "LocationName": "Gaza",
    }
    return line("phoenix", **{**row, **values})


def cline(**values: str) -> str:
    row = {
        "eid": "SWB8812",
        "story_date": "3/4/1988",
        "year": "1988",
        "month": "3",
        "day": "4",
        "source": "IRQMIL",
        "target": "IRN",
        "code": "195",
        "placename": "Tehran",
    }
    return line("phoenix-cline", ",", **{**row, **values})


def acled(**values: str) -> str:
    row = {
        "event_id_cnty": "SDN41021",
        "event_date": "15 April 2023",
        "year": "2023",
        "time_precision": "1",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "RSF: Rapid Support Forces",
        "actor2": "Military Forces of Sudan (2019-)",
        "country": "Sudan",
        "admin1": "Khartoum",
        "location": "Khartoum",
    }
    return line("acled", ",", **{**row, **values})


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def graph(folder: Path, quadruples: str, entities: str, relations: str, name: str = "icews14") -> Path:
    """A folder of quadruples; names are given as lines and numbered from 0."""
    place = folder / name
    place.mkdir()
    for file, text in (("entity2id.txt", entities), ("relation2id.txt", relations)):
        rows = [f"{words}\t{number}" for number, words in enumerate(text.splitlines())]
        (place / file).write_text("\n".join(rows) + "\n", encoding="utf-8")
    (place / "train.txt").write_text(quadruples, encoding="utf-8")
    return place


def only(path: Path, format: str | None = None) -> ImportedEvent:
    """The one event of a file, which has nothing else in it."""
    (item,) = read_foreign(path, format)
    assert isinstance(item, ImportedEvent), item
    return item


def refused(path: Path, format: str | None = None) -> list[Refused]:
    return [item for item in read_foreign(path, format) if isinstance(item, Refused)]
