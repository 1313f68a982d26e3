-- What articles are found by. A row's number is its article's place in time, so that walking what is
-- found from the newest on is walking the index: seconds of sort_at times 2^28, and the article's id.
-- The words are folded and cut by the search module, also those of scripts without spaces, so that the
-- tokenizer only has to part them at spaces. `labels` has one word for the publisher and one a
-- category. Holds no copy of the text.
DROP TABLE article_text;
CREATE VIRTUAL TABLE article_text USING fts5 (
    title, teaser, text, labels,
    content = '', contentless_delete = 1, tokenize = "ascii"
);

-- The same for what was translated to English. A table of its own, because a row of such a table is
-- written whole and English comes later.
CREATE VIRTUAL TABLE article_english USING fts5 (
    title, teaser,
    content = '', contentless_delete = 1, tokenize = "ascii"
);

DROP TRIGGER article_deleted;
CREATE TRIGGER article_deleted AFTER DELETE ON article BEGIN
    UPDATE publisher_count
       SET articles = articles - (old.hidden = 0),
           unread = unread - (old.hidden = 0 AND old.read = 0),
           stories = stories - (old.hidden = 0 AND old.leads),
           unread_stories = unread_stories - (old.hidden = 0 AND old.leads AND old.read = 0)
     WHERE publisher = old.publisher;
    DELETE FROM article_text
     WHERE rowid = (old.sort_at - (old.sort_at % 1000 + 1000) % 1000) / 1000 * 268435456 + old.id;
    DELETE FROM article_english
     WHERE rowid = (old.sort_at - (old.sort_at % 1000 + 1000) % 1000) / 1000 * 268435456 + old.id;
END;

-- Articles up to this id are not in the index yet: it is filled from the newest down, in steps.
INSERT INTO fact (name, value)
SELECT 'unindexed_up_to', max(id) FROM article HAVING max(id) IS NOT NULL;

-- What a person does not want to see.
CREATE TABLE mute (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT NOT NULL,          -- words, publisher, country, category
    value    TEXT NOT NULL,          -- as the person gave it
    key      TEXT NOT NULL,          -- folded: two of one key are one
    made_at  INTEGER NOT NULL,
    until    INTEGER,                -- NULL: for good
    ended    INTEGER NOT NULL DEFAULT 0,  -- taken back or over; what it hid is being shown again
    reached  INTEGER,                -- place above which all articles were judged; NULL: all were
    articles INTEGER NOT NULL DEFAULT 0,  -- how many it hides
    UNIQUE (kind, key)
);

-- What each of them hides. An article may be hidden by several.
CREATE TABLE muted (
    mute    INTEGER NOT NULL REFERENCES mute (id),
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    PRIMARY KEY (mute, article)
) WITHOUT ROWID;
CREATE INDEX muted_by_article ON muted (article);

-- From now on `article.hidden` holds both reasons: 1 the person hid it, 2 a mute does. Lists walk what
-- has neither, so that no list and no count has to know of mutes.
CREATE TRIGGER muted_inserted AFTER INSERT ON muted BEGIN
    UPDATE mute SET articles = articles + 1 WHERE id = new.mute;
    UPDATE article SET hidden = hidden | 2 WHERE id = new.article AND hidden & 2 = 0;
END;
CREATE TRIGGER muted_deleted AFTER DELETE ON muted BEGIN
    UPDATE mute SET articles = articles - 1 WHERE id = old.mute;
    UPDATE article SET hidden = hidden & 1
     WHERE id = old.article AND NOT EXISTS (SELECT 1 FROM muted WHERE article = old.article);
END;
DROP INDEX article_hidden;
CREATE INDEX article_hidden ON article (sort_at, id, hidden) WHERE hidden > 0;
