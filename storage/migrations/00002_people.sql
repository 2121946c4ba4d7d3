-- +goose Up
CREATE TABLE people (
    id         BIGINT PRIMARY KEY,
    name       TEXT   NOT NULL DEFAULT '',
    phone      TEXT   NOT NULL DEFAULT '',   -- E.164
    created_at BIGINT NOT NULL
);
CREATE INDEX people_phone ON people (phone) WHERE phone <> '';

-- The chats of a person.
CREATE TABLE addresses (
    channel   TEXT   NOT NULL,
    chat      TEXT   NOT NULL,
    person_id BIGINT NOT NULL REFERENCES people (id),
    reachable BIGINT NOT NULL DEFAULT 1,     -- 0: the person blocked us here
    since     BIGINT NOT NULL,
    PRIMARY KEY (channel, chat)
);
CREATE INDEX addresses_person ON addresses (person_id);

CREATE TABLE roles (
    person_id  BIGINT NOT NULL REFERENCES people (id),
    role       TEXT   NOT NULL,              -- staff | approver | admin
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, role)
);

-- One-time codes; only a hash is kept.
CREATE TABLE invitations (
    hash       TEXT   PRIMARY KEY,
    role       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_by    BIGINT REFERENCES people (id),
    used_at    BIGINT
);

-- Proof of what was agreed to and withdrawn. Append only.
CREATE TABLE consents (
    id         BIGINT PRIMARY KEY,
    person_id  BIGINT NOT NULL,
    purpose    TEXT   NOT NULL,              -- dossier | announcements
    given      BIGINT NOT NULL,              -- 1 given, 0 withdrawn or refused
    version    TEXT   NOT NULL,              -- of the text that was shown
    hash       TEXT   NOT NULL,              -- SHA-256 of that text
    channel    TEXT   NOT NULL,
    chat       TEXT   NOT NULL,
    message_id TEXT   NOT NULL,              -- the person's message or press, as the platform names it
    at         BIGINT NOT NULL,
    UNIQUE (channel, chat, message_id, purpose)
);
CREATE INDEX consents_person ON consents (person_id, purpose, id);

-- What staff did. Append only.
CREATE TABLE audit (
    id        BIGINT PRIMARY KEY,
    at        BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    action    TEXT   NOT NULL,
    subject   TEXT   NOT NULL
);

-- +goose Down
DROP TABLE audit;
DROP TABLE consents;
DROP TABLE invitations;
DROP TABLE roles;
DROP TABLE addresses;
DROP TABLE people;
