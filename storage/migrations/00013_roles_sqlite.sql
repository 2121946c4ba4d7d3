-- +goose Up
-- PINs of those who approve; see storage.CheckPIN.
CREATE TABLE pins (
    person_id    BIGINT PRIMARY KEY REFERENCES people (id),
    hash         TEXT   NOT NULL,            -- salted, see storage.HashPIN
    tries        BIGINT NOT NULL DEFAULT 0,  -- wrong ones in a row
    tries_since  BIGINT NOT NULL DEFAULT 0,  -- when the first of them came
    locked_until BIGINT NOT NULL DEFAULT 0,
    set_at       BIGINT NOT NULL
);

-- Who approves in whose place.
CREATE TABLE delegations (
    id          BIGINT PRIMARY KEY,
    person_id   BIGINT NOT NULL REFERENCES people (id),  -- the approver who is away
    delegate_id BIGINT NOT NULL REFERENCES people (id),
    reason      TEXT   NOT NULL,
    from_at     BIGINT NOT NULL,
    until_at    BIGINT NOT NULL,
    ended_at    BIGINT NOT NULL DEFAULT 0                -- when it was taken back; 0: it was not
);
CREATE INDEX delegations_person ON delegations (person_id);
CREATE INDEX delegations_delegate ON delegations (delegate_id);

-- Who somebody became when two chats were joined: the audit log keeps the id of the time.
CREATE TABLE joined_people (
    old_id    BIGINT PRIMARY KEY,
    person_id BIGINT NOT NULL
);
CREATE INDEX joined_people_person ON joined_people (person_id);

-- Which drafts their people were reminded of.
CREATE TABLE nudges (
    channel TEXT   NOT NULL,
    chat    TEXT   NOT NULL,
    draft   TEXT   NOT NULL,
    step    BIGINT NOT NULL,   -- 1: the first, 2: the last
    at      BIGINT NOT NULL,
    PRIMARY KEY (draft, step)
);

-- The approver in whose place the person acted; 0: in their own.
ALTER TABLE audit ADD COLUMN for_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX audit_person ON audit (person_id, id);
CREATE INDEX audit_action ON audit (action, id);

-- +goose StatementBegin
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_grows BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER audit_grows;
DROP TRIGGER audit_stays;
DROP INDEX audit_action;
DROP INDEX audit_person;
ALTER TABLE audit DROP COLUMN for_id;
DROP TABLE nudges;
DROP TABLE joined_people;
DROP TABLE delegations;
DROP TABLE pins;
