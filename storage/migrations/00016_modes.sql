-- +goose Up
-- How a delivery went, where there are several ways on one channel: '' as it is, paid, template, phone; see storage.Mode.
ALTER TABLE deliveries ADD COLUMN mode TEXT NOT NULL DEFAULT '';
-- How many of these ways the platform closed for it.
ALTER TABLE deliveries ADD COLUMN closed BIGINT NOT NULL DEFAULT 0;
CREATE INDEX deliveries_charged ON deliveries (mode, channel, at) WHERE mode <> '';

-- +goose Down
DROP INDEX deliveries_charged;
ALTER TABLE deliveries DROP COLUMN closed;
ALTER TABLE deliveries DROP COLUMN mode;
