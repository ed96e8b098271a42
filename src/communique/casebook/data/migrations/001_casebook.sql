-- The casebook as communique 0.2 began it.
--
-- What was told is kept as it was told: reports with their versions, tellings (each event of each report),
-- moves, and what persons decided. The table events is the picture of today, one row an act, and is made
-- anew from the others wherever one of them changes; nothing stands in it alone.
-- Times are UTC. There are no indexes: all tables are read by column with the zone maps of DuckDB, which
-- keeps adding fast and a file that was killed in the middle of a write sound.

-- coder is the state of the program that read it, signature tells near-copies of a text (folding).
CREATE TABLE reports (
    report_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    current BOOLEAN NOT NULL,
    title VARCHAR,
    text VARCHAR NOT NULL,
    published DATE,
    origin VARCHAR,
    content_hash VARCHAR NOT NULL,
    english BOOLEAN NOT NULL,
    coder VARCHAR NOT NULL,
    signature BLOB NOT NULL,
    added_at TIMESTAMP NOT NULL
);

CREATE TABLE dropped_reports (
    origin VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    report_id VARCHAR,
    added_at TIMESTAMP NOT NULL
);

-- Offsets of characters in the report's text; sentence -1 is the title, with offsets in the title.
CREATE TABLE sentences (
    report_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    sentence INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);

-- Every event of every version of every report, every imported event, and those that persons added.
-- live: of the current version, not withdrawn. version is NULL for imported and added ones.
CREATE TABLE tellings (
    event_id VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    sentence INTEGER NOT NULL,
    type VARCHAR NOT NULL,
    mode VARCHAR,
    quad TINYINT NOT NULL,
    cameo VARCHAR NOT NULL,
    intensity DOUBLE NOT NULL,
    source VARCHAR[] NOT NULL,
    target VARCHAR[] NOT NULL,
    source_text VARCHAR NOT NULL,
    target_text VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    claimed_by VARCHAR,
    condition VARCHAR,
    date VARCHAR,
    date_precision VARCHAR,
    date_basis VARCHAR,
    location VARCHAR,
    context VARCHAR[] NOT NULL,
    anchor VARCHAR NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    confidence DOUBLE NOT NULL,
    rule VARCHAR NOT NULL,
    anchors INTEGER[][] NOT NULL,
    published DATE,
    sentence_text VARCHAR NOT NULL,
    dataset VARCHAR,
    foreign_id VARCHAR,
    version INTEGER,
    correction_id BIGINT,
    live BOOLEAN NOT NULL,
    first_day DATE
);

-- One row an act, folded and corrected. first_day and last_day span the date, or the day of publication
-- where there is no date. source_actors and target_actors hold the codes with and without their roles.
CREATE TABLE events (
    event_id VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    sentence INTEGER NOT NULL,
    type VARCHAR NOT NULL,
    mode VARCHAR,
    quad TINYINT NOT NULL,
    cameo VARCHAR NOT NULL,
    intensity DOUBLE NOT NULL,
    source VARCHAR[] NOT NULL,
    target VARCHAR[] NOT NULL,
    source_text VARCHAR NOT NULL,
    target_text VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    claimed_by VARCHAR,
    condition VARCHAR,
    date VARCHAR,
    date_precision VARCHAR,
    date_basis VARCHAR,
    location VARCHAR,
    context VARCHAR[] NOT NULL,
    anchor VARCHAR NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    confidence DOUBLE NOT NULL,
    rule VARCHAR NOT NULL,
    anchors INTEGER[][] NOT NULL,
    published DATE,
    sentence_text VARCHAR NOT NULL,
    dataset VARCHAR,
    foreign_id VARCHAR,
    first_day DATE,
    last_day DATE,
    source_actors VARCHAR[] NOT NULL,
    target_actors VARCHAR[] NOT NULL,
    tellings STRUCT(event_id VARCHAR, report_id VARCHAR)[] NOT NULL,
    told INTEGER NOT NULL,
    corrected BOOLEAN NOT NULL
);

CREATE TABLE moves (
    board VARCHAR NOT NULL,
    step VARCHAR NOT NULL,
    report_id VARCHAR NOT NULL,
    sentence INTEGER NOT NULL,
    event_id VARCHAR,
    source VARCHAR[] NOT NULL,
    target VARCHAR[] NOT NULL,
    through VARCHAR[] NOT NULL,
    about VARCHAR[] NOT NULL,
    form VARCHAR,
    stance VARCHAR,
    speaker VARCHAR,
    place VARCHAR,
    terms STRUCT(giver VARCHAR, what VARCHAR)[] NOT NULL,
    status VARCHAR NOT NULL,
    condition VARCHAR,
    date VARCHAR,
    published VARCHAR,
    words VARCHAR NOT NULL,
    "order" INTEGER NOT NULL,
    sentence_text VARCHAR NOT NULL,
    first_day DATE,
    version INTEGER,
    live BOOLEAN NOT NULL
);

-- Which events are one act; an event that stands in no row is an act of its own.
CREATE TABLE folds (
    event_id VARCHAR NOT NULL,
    act_id VARCHAR NOT NULL
);

-- What a person said about two events: the same act, or not. event_a comes before event_b.
CREATE TABLE fold_decisions (
    decision_id BIGINT NOT NULL,
    event_a VARCHAR NOT NULL,
    event_b VARCHAR NOT NULL,
    same BOOLEAN NOT NULL,
    who VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    withdrawn_at TIMESTAMP
);

-- What a person put right. kind is field, delete or add. value and former are JSON; sets holds the columns
-- with the values that the correction gives them; told is the event as it was told, for training.
CREATE TABLE corrections (
    correction_id BIGINT NOT NULL,
    event_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    field VARCHAR,
    value VARCHAR,
    former VARCHAR,
    sets VARCHAR NOT NULL,
    told VARCHAR NOT NULL,
    sentence_text VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    undone_at TIMESTAMP
);

CREATE TABLE imports (
    dataset VARCHAR NOT NULL,
    file VARCHAR,
    rows BIGINT NOT NULL,
    added BIGINT NOT NULL,
    known BIGINT NOT NULL,
    counts VARCHAR NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP NOT NULL
);
