-- Texts in English: one row for each text and engine, so that a better engine's stands beside a
-- worse one's until it is chosen. A text is the same wherever it stands.
CREATE TABLE translation (
    key     BLOB NOT NULL,           -- of the text, its styles and its language
    engine  TEXT NOT NULL,           -- who translated
    model   TEXT NOT NULL,           -- with which model and version; may be empty
    runs    TEXT NOT NULL,           -- JSON array of styled stretches
    used_at INTEGER NOT NULL,
    PRIMARY KEY (key, engine)
) WITHOUT ROWID;
CREATE INDEX translation_by_use ON translation (used_at);

-- What the person set, by name, as JSON.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- What lists show instead of the original.
ALTER TABLE article ADD COLUMN english_title TEXT;
ALTER TABLE article ADD COLUMN english_teaser TEXT;
ALTER TABLE article ADD COLUMN english_by TEXT;           -- JSON of engine and model
-- Of the body: 0 not asked for, 1 asked for and not here, 2 here.
ALTER TABLE article ADD COLUMN translated INTEGER NOT NULL DEFAULT 0;
CREATE INDEX article_untranslated ON article (sort_at, id)
    WHERE english_title IS NULL AND substr(language, 1, 2) <> 'en';
