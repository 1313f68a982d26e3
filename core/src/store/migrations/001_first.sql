-- Times are milliseconds since 1970, UTC. Booleans are 0 and 1. Keys are 16 bytes of SHA-256.
-- A shipped migration is never edited: a change is a new file.

-- Single facts about this file, by name: the catalogue it was last filled from.
CREATE TABLE fact (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- The countries of the catalogue, copied so that a list of countries is one query.
CREATE TABLE country (
    code   TEXT PRIMARY KEY,
    name   TEXT NOT NULL,
    region TEXT NOT NULL,
    listed INTEGER NOT NULL          -- in today's catalogue
) WITHOUT ROWID;

-- The publishers of the catalogue. A publisher that left it stays, unlisted, for its articles.
CREATE TABLE publisher (
    id       INTEGER PRIMARY KEY,
    slug     TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    home     TEXT NOT NULL,
    country  TEXT NOT NULL REFERENCES country (code),
    language TEXT NOT NULL,          -- BCP 47
    listed   INTEGER NOT NULL,       -- in today's catalogue
    enabled  INTEGER NOT NULL        -- fetched unless the person says otherwise
);

-- How many articles a publisher has that are not hidden, and how many of those are unread. Kept
-- by the triggers below, so that no count ever walks the articles.
CREATE TABLE publisher_count (
    publisher INTEGER PRIMARY KEY REFERENCES publisher (id),
    articles  INTEGER NOT NULL DEFAULT 0,
    unread    INTEGER NOT NULL DEFAULT 0
);

-- What the person follows. By name and not by row, so that it outlives any catalogue.
CREATE TABLE country_choice (
    country  TEXT PRIMARY KEY,
    followed INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE publisher_choice (
    slug     TEXT PRIMARY KEY,
    followed INTEGER NOT NULL        -- 0: switched off
) WITHOUT ROWID;

-- One row a feed address of the catalogue, with everything polling has to remember.
CREATE TABLE feed (
    id                INTEGER PRIMARY KEY,
    url               TEXT NOT NULL UNIQUE,
    publisher         INTEGER NOT NULL REFERENCES publisher (id),
    rank              INTEGER NOT NULL,  -- 0 is the publisher's best
    listed            INTEGER NOT NULL,  -- in today's catalogue
    adopted_url       TEXT,              -- read from here since a permanent move was believed
    validators_url    TEXT,              -- the address the next two are good for
    etag              TEXT,
    last_modified     TEXT,
    validators_since  INTEGER,           -- when they were first seen
    body_hash         BLOB,              -- SHA-256 of the last parsed document
    interval_minutes  INTEGER,           -- these three: what the feed said about polling it
    skip_hours        INTEGER NOT NULL DEFAULT 0,  -- bit h: not in hour h, UTC
    skip_days         INTEGER NOT NULL DEFAULT 0,  -- bit 0: not on Mondays
    checked_at        INTEGER,
    succeeded_at      INTEGER,
    next_check_at     INTEGER,
    not_before        INTEGER,           -- not even a person's wish goes before this
    failures          INTEGER NOT NULL DEFAULT 0,  -- in a row
    parse_failures    INTEGER NOT NULL DEFAULT 0,  -- in a row
    error_code        TEXT,              -- of the last check, when it failed
    error_text        TEXT,
    error_on_the_way  INTEGER NOT NULL DEFAULT 0,  -- it was the network's, not the feed's
    move_url          TEXT,              -- a permanent move that is not believed yet
    move_sightings    INTEGER NOT NULL DEFAULT 0,
    move_since        INTEGER,
    gone              INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX feed_by_publisher ON feed (publisher);

-- List rows: what a list shows and what it is filtered by, and nothing else.
CREATE TABLE article (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,  -- never reused, so an old id never lies
    publisher     INTEGER NOT NULL REFERENCES publisher (id),
    country       TEXT NOT NULL,     -- the publisher's, copied so that one index serves a list
    language      TEXT NOT NULL,
    title         TEXT NOT NULL,     -- plain text
    teaser        TEXT NOT NULL,     -- plain text
    url           TEXT,
    image         TEXT,
    published_at  INTEGER,           -- as the feed says
    updated_at    INTEGER,           -- as the feed says
    first_seen_at INTEGER NOT NULL,
    sort_at       INTEGER NOT NULL,  -- min(first seen, published); set once
    content_hash  BLOB NOT NULL,     -- of everything the feed said of it; tells an edit
    read          INTEGER NOT NULL,  -- this and the next three are copied from mark
    saved         INTEGER NOT NULL,
    hidden        INTEGER NOT NULL,
    position      INTEGER            -- thousandths of the body
);
CREATE INDEX article_by_time ON article (sort_at, id) WHERE hidden = 0;
CREATE INDEX article_by_country ON article (country, sort_at, id) WHERE hidden = 0;
CREATE INDEX article_by_publisher ON article (publisher, sort_at, id);
CREATE INDEX article_unread_by_time ON article (sort_at, id) WHERE hidden = 0 AND read = 0;
CREATE INDEX article_unread_by_country ON article (country, sort_at, id) WHERE hidden = 0 AND read = 0;
CREATE INDEX article_saved ON article (sort_at, id) WHERE saved = 1;
CREATE INDEX article_hidden ON article (sort_at, id) WHERE hidden = 1;

-- The identity of an article: by its guid and by its address, within its publisher. Either finds it.
CREATE TABLE article_key (
    key     BLOB PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX article_key_by_article ON article_key (article);

-- Bodies, apart from the rows that lists walk.
CREATE TABLE body (
    article    INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    summary    TEXT,                 -- HTML as the feed gives it
    content    TEXT,                 -- HTML as the feed gives it
    authors    TEXT NOT NULL,        -- JSON array of names
    categories TEXT NOT NULL,        -- JSON array of labels
    media      TEXT NOT NULL         -- JSON array of {url, media_type, width, height, length}
);

-- Words of titles and bodies; rowid is the article's id. Holds no copy of the text.
CREATE VIRTUAL TABLE article_text USING fts5 (
    title, text,
    content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
);

-- What the person did, by article key: outlives the article, and is there when it comes back.
-- An article with two keys has two equal rows.
CREATE TABLE mark (
    key        BLOB PRIMARY KEY,
    read       INTEGER NOT NULL,
    saved      INTEGER NOT NULL,
    hidden     INTEGER NOT NULL,
    position   INTEGER,
    changed_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Bulk marks that can be taken back, for a day.
CREATE TABLE bulk_mark (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at INTEGER NOT NULL
);
CREATE TABLE bulk_mark_key (
    bulk_mark INTEGER NOT NULL REFERENCES bulk_mark (id) ON DELETE CASCADE,
    key       BLOB NOT NULL,
    PRIMARY KEY (bulk_mark, key)
) WITHOUT ROWID;

CREATE TRIGGER publisher_inserted AFTER INSERT ON publisher BEGIN
    INSERT INTO publisher_count (publisher) VALUES (new.id);
END;
CREATE TRIGGER article_inserted AFTER INSERT ON article WHEN new.hidden = 0 BEGIN
    UPDATE publisher_count
       SET articles = articles + 1, unread = unread + (new.read = 0)
     WHERE publisher = new.publisher;
END;
CREATE TRIGGER article_deleted AFTER DELETE ON article BEGIN
    UPDATE publisher_count
       SET articles = articles - (old.hidden = 0),
           unread = unread - (old.hidden = 0 AND old.read = 0)
     WHERE publisher = old.publisher;
    DELETE FROM article_text WHERE rowid = old.id;
END;
CREATE TRIGGER article_marked AFTER UPDATE OF read, hidden ON article BEGIN
    UPDATE publisher_count
       SET articles = articles + (new.hidden = 0) - (old.hidden = 0),
           unread = unread + (new.hidden = 0 AND new.read = 0) - (old.hidden = 0 AND old.read = 0)
     WHERE publisher = new.publisher;
END;
