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

-- The pictures an article shows, by address.
CREATE TABLE article_picture (
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    url     TEXT NOT NULL,
    PRIMARY KEY (article, url)
) WITHOUT ROWID;
CREATE INDEX article_picture_by_url ON article_picture (url);

-- Pictures that were fetched, or found not to be had. Files are named by their content, so that two
-- addresses of one picture share one.
CREATE TABLE picture (
    url         TEXT PRIMARY KEY,
    fetched_at  INTEGER NOT NULL,
    refused     TEXT,                -- why there is no file; then all below is NULL
    hash        BLOB,                -- SHA-256 of the file
    media_type  TEXT,
    width       INTEGER,             -- pixels
    height      INTEGER,
    bytes       INTEGER,             -- length of the file
    placeholder BLOB                 -- thumbhash
) WITHOUT ROWID;
CREATE INDEX picture_by_hash ON picture (hash);

-- Whether all that its screen shows is on this device: the page, and every picture that is to be had.
ALTER TABLE article ADD COLUMN ready INTEGER NOT NULL DEFAULT 0;
