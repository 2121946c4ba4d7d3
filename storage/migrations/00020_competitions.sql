-- +goose Up
-- Competitions: what is set about one is its definition, see the package competition; what is asked for by SQL has columns.
CREATE TABLE competitions (
    id          BIGINT PRIMARY KEY,
    code        TEXT   NOT NULL UNIQUE,          -- CT-2026-0001
    agency      TEXT   NOT NULL,                 -- who runs it, by the plan's id
    name        TEXT   NOT NULL,
    definition  TEXT   NOT NULL,                 -- JSON
    opens_at    BIGINT NOT NULL,
    closes_at   BIGINT NOT NULL,
    grace_until BIGINT NOT NULL DEFAULT 0,       -- until when what may have been done in time is taken; 0: not known before closing
    round       BIGINT NOT NULL DEFAULT 0,       -- the round that the jury is at, from 1; 0: entries are not dealt yet
    published   BIGINT NOT NULL DEFAULT 0,       -- rounds whose results are out
    revision    BIGINT NOT NULL DEFAULT 0,       -- raised by every change of the definition
    created_at  BIGINT NOT NULL
);
CREATE INDEX competitions_closes ON competitions (closes_at);

-- What somebody enters a competition with: a draft until it is submitted.
CREATE TABLE entries (
    id             BIGINT PRIMARY KEY,
    code           TEXT   NOT NULL,              -- DT-2026-0001; '': not submitted yet
    competition_id BIGINT NOT NULL REFERENCES competitions (id),
    person_id      BIGINT NOT NULL REFERENCES people (id),  -- the captain
    startup_code   TEXT   NOT NULL,              -- entered from
    name           TEXT   NOT NULL,              -- of the project
    track          TEXT   NOT NULL,              -- '': not chosen yet
    answers        TEXT   NOT NULL DEFAULT '{}', -- by item, JSON
    state          TEXT   NOT NULL,              -- draft | submitted | withdrawn
    origin         TEXT   NOT NULL DEFAULT '',   -- paper: brought in by staff
    round          BIGINT NOT NULL DEFAULT 1,    -- that it reached
    submitted_at   BIGINT NOT NULL DEFAULT 0,
    created_at     BIGINT NOT NULL,
    updated_at     BIGINT NOT NULL
);
CREATE UNIQUE INDEX entries_code ON entries (code) WHERE code <> '';
CREATE UNIQUE INDEX entries_once ON entries (competition_id, startup_code) WHERE state <> 'withdrawn';
CREATE INDEX entries_person ON entries (person_id);

-- Files of entries.
CREATE TABLE entry_files (
    id        BIGINT PRIMARY KEY,
    entry_id  BIGINT NOT NULL REFERENCES entries (id),
    item      TEXT   NOT NULL,                   -- of the dossier
    hash      TEXT   NOT NULL REFERENCES files (hash),
    person_id BIGINT NOT NULL,                   -- who sent it
    name      TEXT   NOT NULL,                   -- as they called it
    at        BIGINT NOT NULL,
    UNIQUE (entry_id, item, hash)
);
CREATE INDEX entry_files_person ON entry_files (person_id);
CREATE INDEX entry_files_hash ON entry_files (hash);

-- Who takes part in an entry beside the captain.
CREATE TABLE entry_members (
    id        BIGINT PRIMARY KEY,
    entry_id  BIGINT NOT NULL REFERENCES entries (id),
    person_id BIGINT NOT NULL REFERENCES people (id),
    name      TEXT   NOT NULL,
    confirmed BIGINT NOT NULL DEFAULT 0,         -- 1: by the captain
    at        BIGINT NOT NULL,
    UNIQUE (entry_id, person_id)
);
CREATE INDEX entry_members_person ON entry_members (person_id);

-- Who scores entries of a competition.
CREATE TABLE jurors (
    id             BIGINT PRIMARY KEY,
    competition_id BIGINT NOT NULL REFERENCES competitions (id),
    person_id      BIGINT NOT NULL REFERENCES people (id),
    name           TEXT   NOT NULL,
    at             BIGINT NOT NULL,
    UNIQUE (competition_id, person_id)
);
CREATE INDEX jurors_person ON jurors (person_id);

-- An entry that a juror is to score in a round. It stays when the juror or who entered is erased: it says what was decided,
-- and not of whom.
CREATE TABLE readings (
    id             BIGINT PRIMARY KEY,
    competition_id BIGINT NOT NULL REFERENCES competitions (id),
    juror_id       BIGINT NOT NULL,
    entry_id       BIGINT NOT NULL,
    round          BIGINT NOT NULL,
    state          TEXT   NOT NULL,              -- dealt | clear | conflict | scored
    scores         TEXT   NOT NULL DEFAULT '[]', -- in hundredths, by criterion, JSON
    note           TEXT   NOT NULL DEFAULT '',
    at             BIGINT NOT NULL,
    UNIQUE (juror_id, entry_id, round)
);
CREATE INDEX readings_competition ON readings (competition_id, round);

-- When the service was last known to be receiving, by what is known by that name.
CREATE TABLE beats (
    name TEXT   PRIMARY KEY,
    at   BIGINT NOT NULL
);

-- +goose Down
DROP TABLE beats;
DROP TABLE readings;
DROP TABLE jurors;
DROP TABLE entry_members;
DROP TABLE entry_files;
DROP TABLE entries;
DROP TABLE competitions;
