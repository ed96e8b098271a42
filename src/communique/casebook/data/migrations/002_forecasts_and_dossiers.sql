-- What is kept besides reports and events: forecasts as they were made, and the dossiers that a person follows.

CREATE TABLE forecasts (
    forecast_id VARCHAR NOT NULL,
    as_of DATE NOT NULL,
    until DATE NOT NULL,
    horizon_days INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    probability DOUBLE NOT NULL,
    low DOUBLE NOT NULL,
    high DOUBLE NOT NULL,
    base_rate DOUBLE NOT NULL,
    learned BOOLEAN NOT NULL,
    reasons VARCHAR[] NOT NULL,
    made_at TIMESTAMP NOT NULL,
    place BIGINT NOT NULL
);

CREATE TABLE dossiers (
    name VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    actors VARCHAR[] NOT NULL,
    contexts VARCHAR[] NOT NULL,
    since VARCHAR,
    until VARCHAR,
    note VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL
);

-- When a telling came into the casebook: with its report, its import or the correction that added it. NULL: before
-- this was kept.
ALTER TABLE tellings ADD COLUMN added_at TIMESTAMP;

UPDATE tellings SET added_at = reports.added_at FROM reports
WHERE tellings.report_id = reports.report_id AND tellings.version = reports.version;

UPDATE tellings SET added_at = corrections.made_at FROM corrections
WHERE tellings.correction_id = corrections.correction_id;

UPDATE tellings SET added_at = (
    SELECT max(ended_at) FROM imports WHERE imports.dataset = tellings.dataset
) WHERE added_at IS NULL AND dataset IS NOT NULL;
