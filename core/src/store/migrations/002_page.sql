-- What articles' pages gave, apart from what their feeds gave.
CREATE TABLE page (
    article      INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    fetched_at   INTEGER NOT NULL,
    content_hash BLOB NOT NULL,      -- the article's when the page was fetched; tells an edit since
    verdict      TEXT NOT NULL,      -- whether the page gave the whole article
    source       TEXT NOT NULL,      -- whose body is shown, and why
    authors      TEXT NOT NULL,      -- JSON array of names
    direction    TEXT NOT NULL,      -- which way its lines run
    standfirst   TEXT,
    lead         TEXT,               -- JSON of the picture above the article
    blocks       TEXT                -- JSON array; NULL where the feed's body is shown
);
