-- +goose Up
-- Versions of the plan that were loaded from a file; the one that ships with the program needs no row.
CREATE TABLE plan_versions (
    version   TEXT   PRIMARY KEY,          -- 827-2022
    starts_on TEXT   NOT NULL,             -- 2006-01-02: in force from then on, until the next one
    body      TEXT   NOT NULL,             -- the file, see plan.ParseCatalogue
    person_id BIGINT NOT NULL DEFAULT 0,   -- who loaded it; 0: on the command line
    at        BIGINT NOT NULL
);

-- Whoever owes plans and reports, or holds events: those of the plan by its ids, and units that staff added.
CREATE TABLE agencies (
    id     TEXT   PRIMARY KEY,             -- SCT, xa-21484, dv-1
    name   TEXT   NOT NULL,
    short  TEXT   NOT NULL,
    parent TEXT   NOT NULL DEFAULT '',     -- of a division or centre
    own    BIGINT NOT NULL DEFAULT 0,      -- 1: added by staff, so that no version of the plan renames it
    at     BIGINT NOT NULL
);

-- Who answers for an agency in the chat. A person may serve several.
CREATE TABLE officers (
    person_id BIGINT NOT NULL REFERENCES people (id),
    agency    TEXT   NOT NULL REFERENCES agencies (id),
    head      BIGINT NOT NULL DEFAULT 0,   -- 1: leads it, and agreed to hear of what is due and overdue
    since     BIGINT NOT NULL,
    PRIMARY KEY (person_id, agency)
);
CREATE INDEX officers_agency ON officers (agency);

-- What an agency must send: one plan or report for one period, or something that staff asked for.
CREATE TABLE obligations (
    id          BIGINT PRIMARY KEY,
    code        TEXT   NOT NULL UNIQUE,          -- NV-2026-0001
    source      TEXT   NOT NULL UNIQUE,          -- why: "report/2026/SCT", so that making it again changes nothing
    kind        TEXT   NOT NULL,                 -- plan | report | consolidated | own
    year        BIGINT NOT NULL,                 -- the period
    agency      TEXT   NOT NULL REFERENCES agencies (id),
    title       TEXT   NOT NULL,                 -- "Báo cáo kết quả năm 2026"
    asked       TEXT   NOT NULL DEFAULT '',      -- what staff asked for, with kind own
    clause      TEXT   NOT NULL DEFAULT '',      -- "QĐ 827, V.12"
    due_on      TEXT   NOT NULL,                 -- the last day, 2006-01-02
    state       TEXT   NOT NULL,                 -- open | sent | accepted | stopped
    promised_on TEXT   NOT NULL DEFAULT '',      -- the day that staff accepted instead; '': none
    steps       TEXT   NOT NULL DEFAULT '',      -- reminders of its own, see plan.Steps; '': the usual ones
    next_at     BIGINT NOT NULL,                 -- when the next reminder is looked for; 0: there is none
    told_at     BIGINT NOT NULL DEFAULT 0,       -- the moment of the step that was told last
    revision    BIGINT NOT NULL DEFAULT 0,       -- raised by every change: what somebody decides about an older one is not taken
    person_id   BIGINT NOT NULL DEFAULT 0,       -- who asked for it, with kind own
    created_at  BIGINT NOT NULL,
    settled_at  BIGINT NOT NULL DEFAULT 0        -- when it was accepted or stopped
);
CREATE INDEX obligations_next ON obligations (next_at) WHERE next_at > 0;
CREATE INDEX obligations_open ON obligations (year, kind, agency) WHERE state = 'open'; -- few, however many years there are
CREATE INDEX obligations_agency ON obligations (agency, due_on);
CREATE INDEX obligations_year ON obligations (year, kind);

-- The tasks of the plan in an obligation, each with what is told of it.
CREATE TABLE obligation_lines (
    obligation_id BIGINT NOT NULL REFERENCES obligations (id),
    task          TEXT   NOT NULL,               -- 1.3
    unit          TEXT   NOT NULL DEFAULT '',    -- the division or centre it is assigned to; '': none
    status        TEXT   NOT NULL DEFAULT '',    -- see storage.LineStatus
    narrative     TEXT   NOT NULL DEFAULT '',
    figures       TEXT   NOT NULL DEFAULT '',
    documents     TEXT   NOT NULL DEFAULT '',
    person_id     BIGINT NOT NULL DEFAULT 0,     -- who wrote it last
    at            BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (obligation_id, task)
);

-- What is due from somebody whom staff have to choose: a group of agencies, or one that became several.
CREATE TABLE plan_choices (
    source    TEXT   PRIMARY KEY,                -- "report/2026/UBNDH"
    kind      TEXT   NOT NULL,
    year      BIGINT NOT NULL,
    agency    TEXT   NOT NULL,                   -- as the plan names it
    tasks     TEXT   NOT NULL,                   -- JSON
    title     TEXT   NOT NULL,
    clause    TEXT   NOT NULL,
    due_on    TEXT   NOT NULL,
    proposed  TEXT   NOT NULL,                   -- JSON of ids of agencies that it may be
    made_at   BIGINT NOT NULL DEFAULT 0,         -- when staff chose; 0: they did not
    person_id BIGINT NOT NULL DEFAULT 0,         -- who chose
    at        BIGINT NOT NULL
);

-- What agencies sent.
CREATE TABLE submissions (
    id            BIGINT PRIMARY KEY,
    code          TEXT   NOT NULL UNIQUE,        -- BG-2026-0001
    draft         TEXT   NOT NULL UNIQUE,        -- one form filled in is sent once
    obligation_id BIGINT NOT NULL REFERENCES obligations (id),
    person_id     BIGINT NOT NULL,               -- who sent it
    document      TEXT   NOT NULL DEFAULT '',    -- its number, when it went through the document system
    document_on   TEXT   NOT NULL DEFAULT '',    -- and its day, 2006-01-02
    hash          TEXT   NOT NULL DEFAULT '',    -- of the file, in files; '': none
    file_name     TEXT   NOT NULL DEFAULT '',
    state         TEXT   NOT NULL,               -- sent | replaced | accepted | returned
    reason        TEXT   NOT NULL DEFAULT '',    -- why it was returned
    decided_by    BIGINT NOT NULL DEFAULT 0,
    decided_at    BIGINT NOT NULL DEFAULT 0,
    at            BIGINT NOT NULL
);
CREATE INDEX submissions_obligation ON submissions (obligation_id, id);
CREATE INDEX submissions_waiting ON submissions (id) WHERE state = 'sent';
CREATE INDEX submissions_hash ON submissions (hash) WHERE hash <> '';

-- What officers answered to a reminder, and what staff decided about it.
CREATE TABLE obligation_answers (
    id            BIGINT PRIMARY KEY,
    obligation_id BIGINT NOT NULL REFERENCES obligations (id),
    person_id     BIGINT NOT NULL,
    kind          TEXT   NOT NULL,               -- seen | promise | notours
    day           TEXT   NOT NULL DEFAULT '',    -- promised, 2006-01-02
    reason        TEXT   NOT NULL DEFAULT '',
    state         TEXT   NOT NULL,               -- open | accepted | declined | replaced
    decided_by    BIGINT NOT NULL DEFAULT 0,
    decision      TEXT   NOT NULL DEFAULT '',    -- the words of staff
    decided_at    BIGINT NOT NULL DEFAULT 0,
    at            BIGINT NOT NULL
);
CREATE INDEX obligation_answers_obligation ON obligation_answers (obligation_id, id);
CREATE INDEX obligation_answers_open ON obligation_answers (id) WHERE state = 'open';

-- Which step of which obligation was told to whom, in which delivery.
CREATE TABLE reminders (
    obligation_id BIGINT NOT NULL REFERENCES obligations (id),
    step          TEXT   NOT NULL,               -- T-30, Q1
    moment        BIGINT NOT NULL,               -- of the step
    person_id     BIGINT NOT NULL,
    source        TEXT   NOT NULL,               -- of the delivery
    at            BIGINT NOT NULL,
    PRIMARY KEY (obligation_id, step, moment, person_id)
);
CREATE INDEX reminders_source ON reminders (source, person_id);

-- Events that were held, for the quotas of the plan.
CREATE TABLE held_events (
    id        BIGINT PRIMARY KEY,
    source    TEXT   NOT NULL UNIQUE,            -- the code of an event, or the draft of a form
    agency    TEXT   NOT NULL,                   -- who held it
    task      TEXT   NOT NULL,                   -- 1.6, 2.2
    name      TEXT   NOT NULL,
    held_on   TEXT   NOT NULL,                   -- 2006-01-02
    place     TEXT   NOT NULL DEFAULT '',
    attended  BIGINT NOT NULL DEFAULT 0,         -- people
    document  TEXT   NOT NULL DEFAULT '',        -- that proves it
    person_id BIGINT NOT NULL,                   -- who recorded it
    at        BIGINT NOT NULL
);
CREATE INDEX held_events_task ON held_events (task, held_on);

-- +goose Down
DROP TABLE held_events;
DROP TABLE reminders;
DROP TABLE obligation_answers;
DROP TABLE submissions;
DROP TABLE plan_choices;
DROP TABLE obligation_lines;
DROP TABLE obligations;
DROP TABLE officers;
DROP TABLE agencies;
DROP TABLE plan_versions;
