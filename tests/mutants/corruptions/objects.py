"""What a file may hold besides its tables, and what a table may be besides its rows."""

from __future__ import annotations

from mutants.corruptions.corruption import Corruption

_CLOSED = ("catalogue_is_the_declared_one",)
_ALONE = ("file_holds_tables_alone",)
_COLUMNS = {"edition": "varchar", "iso3": "varchar", "pillar": "varchar", "score": "double"}
_KEY = "primary key (edition, iso3, pillar)"


def _made_again(rest: str = _KEY, **changed: str) -> str:
    """SQL that makes the table pillar_scores once more, with other columns or constraints and the same rows."""
    columns = ", ".join(f"{name} {kind}" for name, kind in (_COLUMNS | changed).items())
    stored = ", ".join(name for name in _COLUMNS if " as " not in changed.get(name, ""))
    return f"""
        create temp table kept as from pillar_scores; drop table pillar_scores;
        create table pillar_scores ({columns}{", " + rest if rest else ""});
        insert into pillar_scores ({stored}) select {stored} from kept order by edition, iso3, pillar
    """


def _generated(name: str, value: str) -> Corruption:
    return Corruption(name, _made_again(score=f"double as ({value})"), _ALONE, names="main.pillar_scores")


OBJECTS = (
    *(
        Corruption(f"a macro named {name}", f"create macro {name}({given}) as {means}", _CLOSED, names=f"main.{name}")
        for name, given, means in (
            ("round", "x, n", "x + 1"),
            ("avg", "x", "max(x)"),
            ("sum", "x", "max(x)"),
            ("count", "x", "194"),
        )
    ),
    Corruption(
        "a macro that gives a table", "create macro scores() as table from overall_scores", _CLOSED, names="macro"
    ),
    Corruption(
        "a schema with scores of its own",
        "create schema gci; create table gci.overall_scores as select iso3, 100.0 as score from overall_scores",
        _CLOSED,
        names="gci.overall_scores",
    ),
    Corruption("an empty schema", "create schema more", _CLOSED, names="more"),
    Corruption("a macro in a schema", "create schema x; create macro x.round(a) as a", _CLOSED, names="x.round"),
    Corruption("a sequence", "create sequence numbers", _CLOSED, names="main.numbers"),
    Corruption("a type", "create type pillar_code as enum ('legal')", _CLOSED, names="main.pillar_code"),
    Corruption("an index", "create index by_state on answers (iso3)", _CLOSED, names="main.by_state"),
    Corruption(
        "a comment on an index", "create index i on answers (iso3); comment on index i is 'x'", _CLOSED, names="index i"
    ),
    Corruption("a default", "alter table answers alter comment set default 'none'", _CLOSED, names="default 'none'"),
    Corruption(
        "a column that must have a value", "alter table answers alter reason set not null", _CLOSED, names="not null"
    ),
    Corruption("a key that was dropped", _made_again(""), _CLOSED, names="PRIMARY KEY"),
    Corruption("a check", _made_again(f"{_KEY}, check (score >= 0)"), _CLOSED, names="CHECK"),
    Corruption("a second key", _made_again(f"{_KEY}, unique (edition, pillar, iso3)"), _CLOSED, names="UNIQUE"),
    Corruption(
        "a foreign key",
        _made_again(f"{_KEY}, foreign key (edition) references editions (edition)"),
        _CLOSED,
        names="FOREIGN KEY",
    ),
    Corruption("states without case", _made_again(iso3="varchar collate nocase"), _CLOSED, names="COLLATE nocase"),
    Corruption(
        "codes as a type of their own",
        _made_again(
            pillar="enum ('legal', 'technical', 'organizational', 'capacity_development', 'cooperation')",
        ),
        _CLOSED,
        names="ENUM",
    ),
    Corruption(
        "a table in capitals",
        'alter table score_changes rename to kept; alter table kept rename to "Score_Changes"',
        _CLOSED,
        names="main.Score_Changes",
    ),
    Corruption(
        "a table's comment that says the opposite",
        "comment on table answers is 'One row per edition. Zero means that there is no data.'",
        _CLOSED,
        names="Zero means",
    ),
    Corruption(
        "a column's comment that says the opposite",
        "comment on column overall_scores.score is '0 is best, 100 is worst.'",
        _CLOSED,
        names="overall_scores.score",
    ),
    Corruption(
        "rows in another order",
        "create temp table kept as from pillar_scores; delete from pillar_scores;"
        " insert into pillar_scores from kept order by score",
        ("rows_stand_in_key_order",),
        names="pillar_scores",
    ),
    Corruption(
        "a row taken out", "delete from answers where iso3 = 'EST' and item = 'ts1'", ("rows_stand_in_key_order",)
    ),
    _generated("a column that is another one each time", "random()"),
    _generated("a column that is another one after a day", "if(today() > date '2030-01-01', 1, 0)"),
    _generated("a column that is another one for another user", "if(current_setting('threads') = 1, 1, 0)"),
    Corruption(
        "a view that reads files", "create view notes as from read_text('/etc/hostname')", _ALONE, names="main.notes"
    ),
    Corruption(
        "a view that never ends",
        "create view league as select sum(a.range * b.range) from range(1000000000) a, range(1000000000) b",
        _ALONE,
        names="main.league",
    ),
    Corruption(
        "a view of a table's name in another schema",
        "create schema x; create view x.overall_scores as from main.overall_scores",
        _ALONE,
        names="x.overall_scores",
    ),
    Corruption(
        "a table that never ends",
        "create table bomb as select 1 as i from range(20000001)",
        _ALONE,
        names="20000001 rows",
    ),
)
