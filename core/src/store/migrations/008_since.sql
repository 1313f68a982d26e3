-- Since when each part of a mark is as it is: of two devices the later one counts, part by part. Saving an
-- article on one does not make it unread that was read on the other. NULL: as it was in the beginning.
-- Before, only the last change of any kind was known.
ALTER TABLE mark ADD COLUMN read_since INTEGER;
ALTER TABLE mark ADD COLUMN saved_since INTEGER;
ALTER TABLE mark ADD COLUMN hidden_since INTEGER;
ALTER TABLE mark ADD COLUMN position_since INTEGER;
UPDATE mark SET
    read_since     = iif(read = 1, changed_at, NULL),
    saved_since    = iif(saved = 1, changed_at, NULL),
    hidden_since   = iif(hidden <> 0, changed_at, NULL),
    position_since = iif(position IS NOT NULL, changed_at, NULL);
