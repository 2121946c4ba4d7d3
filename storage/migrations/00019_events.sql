-- +goose Up
-- What people are invited to.
CREATE TABLE events (
    id         BIGINT PRIMARY KEY,
    code       TEXT   NOT NULL UNIQUE,        -- SK-2026-0001
    draft      TEXT   NOT NULL UNIQUE,        -- of the form it came from
    author_id  BIGINT NOT NULL,               -- who changed it last
    agency     TEXT   NOT NULL,               -- who holds it: an id of agencies
    name       TEXT   NOT NULL,
    kind       TEXT   NOT NULL,               -- see handlers.EventKinds
    task       TEXT   NOT NULL,               -- of the plan, which it counts for: "1.6"; '': none
    place      TEXT   NOT NULL,
    map        TEXT   NOT NULL,               -- a link; '': none
    questions  TEXT   NOT NULL,               -- to those who join, JSON
    starts_at  BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL,
    timed_at   BIGINT NOT NULL,               -- when starts_at was set last
    capacity   BIGINT NOT NULL,               -- places; 0: no limit
    state      TEXT   NOT NULL,               -- open | cancelled | over
    revision   BIGINT NOT NULL DEFAULT 0,     -- raised by every correction
    created_at BIGINT NOT NULL
);
CREATE INDEX events_state ON events (state, starts_at);

-- Who joined an event, waits for a place, or left again.
CREATE TABLE guests (
    id            BIGINT PRIMARY KEY,
    event_id      BIGINT NOT NULL REFERENCES events (id),
    person_id     BIGINT NOT NULL REFERENCES people (id),
    ticket        TEXT   NOT NULL UNIQUE,
    state         TEXT   NOT NULL,            -- going | waiting | offered | left
    number        BIGINT NOT NULL DEFAULT 0,  -- on the waiting list, in the order of coming; 0: never waited
    answers       TEXT   NOT NULL,            -- to the questions of the event, JSON
    offered_until BIGINT NOT NULL DEFAULT 0,  -- by when the place that came free has to be taken
    arrived_at    BIGINT NOT NULL DEFAULT 0,  -- when the ticket was checked at the door; 0: not
    arrived_by    BIGINT NOT NULL DEFAULT 0,  -- who checked it
    rating        BIGINT NOT NULL DEFAULT 0,  -- 1 to 5; 0: none
    comment       TEXT   NOT NULL DEFAULT '',
    at            BIGINT NOT NULL,            -- when it came into its state
    UNIQUE (event_id, person_id)
);
CREATE INDEX guests_state ON guests (event_id, state, number);
CREATE INDEX guests_person ON guests (person_id);

-- +goose Down
DROP TABLE guests;
DROP TABLE events;
