-- Which articles each feed listed when its document was last read, and what it said of them: the
-- article's content_hash if what is stored is this feed's. Names also articles that were removed; an
-- id is never used again.
CREATE TABLE listing (
    feed    INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
    article INTEGER NOT NULL,
    hash    BLOB NOT NULL,
    PRIMARY KEY (feed, article)
) WITHOUT ROWID;
CREATE INDEX listing_by_article ON listing (article);

-- Articles that were removed to make room, by their keys: not stored again while a feed lists them,
-- and for some time after.
CREATE TABLE tombstone (
    key         BLOB PRIMARY KEY,
    article     INTEGER NOT NULL,
    unlisted_at INTEGER              -- since when no feed lists it; NULL while one does
) WITHOUT ROWID;
CREATE INDEX tombstone_by_article ON tombstone (article);
CREATE INDEX tombstone_unlisted ON tombstone (unlisted_at) WHERE unlisted_at IS NOT NULL;

-- What may be removed, by its worth: what was read before what was not, what is not packed before what
-- is, what arrived first before what arrived last.
CREATE INDEX article_by_worth ON article (read, ready, id) WHERE saved = 0;

-- Until a feed's document is read again, all articles of its publisher count as listed by it. It is
-- asked without validators, so that the next answer is a document.
INSERT INTO listing (feed, article, hash)
SELECT feed.id, article.id, article.content_hash
  FROM article JOIN feed ON feed.publisher = article.publisher
 WHERE feed.listed AND NOT feed.gone;
UPDATE feed SET validators_url = NULL, etag = NULL, last_modified = NULL, validators_since = NULL,
                body_hash = NULL;
