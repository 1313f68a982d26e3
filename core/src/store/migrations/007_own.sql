-- Publishers that the person added, by what names them for ever. They are among the publishers too,
-- unless they were removed.
CREATE TABLE own_publisher (
    slug       TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    home       TEXT NOT NULL,
    country    TEXT NOT NULL,
    language   TEXT NOT NULL,        -- BCP 47
    feeds      TEXT NOT NULL,        -- JSON array of addresses, the best first
    removed    INTEGER NOT NULL,     -- its articles are not shown, and nothing is forgotten
    changed_at INTEGER NOT NULL
) WITHOUT ROWID;
ALTER TABLE publisher ADD COLUMN own INTEGER NOT NULL DEFAULT 0;

-- Choices say when they were made, so that those of two devices can be put together. A choice that was
-- taken back stays as 0 and as NULL.
ALTER TABLE country_choice ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
CREATE TABLE new_publisher_choice (
    slug       TEXT PRIMARY KEY,
    followed   INTEGER,              -- 0: switched off; NULL: as the catalogue has it
    changed_at INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO new_publisher_choice (slug, followed, changed_at)
SELECT slug, followed, 0 FROM publisher_choice;
DROP TABLE publisher_choice;
ALTER TABLE new_publisher_choice RENAME TO publisher_choice;
ALTER TABLE setting ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;

-- When an article was opened last, apart from bulk marks: what the history lists.
ALTER TABLE mark ADD COLUMN read_at INTEGER;
CREATE INDEX mark_by_reading ON mark (read_at) WHERE read_at IS NOT NULL;

-- What can be taken back, for a day.
CREATE TABLE change (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at INTEGER NOT NULL,
    what    TEXT NOT NULL            -- JSON: what was done, and what was before
);
