-- Which story an article tells (the bits of the story's id); NULL until it was compared with others.
ALTER TABLE article ADD COLUMN story INTEGER;
-- Whether it stands for its story in lists of its country. An article nobody compared yet does.
ALTER TABLE article ADD COLUMN leads INTEGER NOT NULL DEFAULT 1;
CREATE INDEX article_by_story ON article (story, country) WHERE story IS NOT NULL;

-- The indexes of lists carry what lists of stories are filtered by, so that walking past what does
-- not lead touches no row.
DROP INDEX article_by_time;
DROP INDEX article_by_country;
DROP INDEX article_unread_by_time;
DROP INDEX article_unread_by_country;
CREATE INDEX article_by_time ON article (sort_at, id, leads, story) WHERE hidden = 0;
CREATE INDEX article_by_country ON article (country, sort_at, id, leads, story) WHERE hidden = 0;
CREATE INDEX article_unread_by_time ON article (sort_at, id, leads, story)
    WHERE hidden = 0 AND read = 0;
CREATE INDEX article_unread_by_country ON article (country, sort_at, id, leads, story)
    WHERE hidden = 0 AND read = 0;

-- What grouping and telling keep of an article's text, so that no body is read again.
CREATE TABLE reading (
    article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    name    TEXT NOT NULL,           -- names the article to grouping; never changes
    version INTEGER NOT NULL,        -- of what reads; 0 when the article changed since
    vector  BLOB NOT NULL,           -- for grouping
    facts   TEXT NOT NULL,           -- JSON, for telling
    copy_of INTEGER,                 -- the article whose text it prints
    told    BLOB                     -- digest of how it was last told; tells a change
);

-- Stories of more than one article. A story of one is that article.
CREATE TABLE story (
    id            INTEGER PRIMARY KEY,   -- the bits of the id
    first_at      INTEGER NOT NULL,      -- sort times of its earliest and its newest article
    last_at       INTEGER NOT NULL,
    lead          INTEGER NOT NULL,      -- the article that stands for it in lists of the world
    articles      INTEGER NOT NULL,
    publishers    INTEGER NOT NULL,      -- those of one family once
    countries     INTEGER NOT NULL,
    breadth       INTEGER NOT NULL,      -- 10,000 times countries, and publishers
    perspectives  INTEGER NOT NULL,      -- different first labels among its articles
    marks         TEXT NOT NULL,         -- JSON array of the kinds of those
    claim         INTEGER NOT NULL,      -- about American media: 0 none, 1 few ran it, 2 none did
    strength      INTEGER NOT NULL,      -- of that claim, in millionths
    american_ran  INTEGER NOT NULL,
    american_of   INTEGER NOT NULL,
    place         TEXT,                  -- country where it happens
    actors        TEXT NOT NULL,         -- JSON array of countries, the first the most
    coverage      TEXT NOT NULL,         -- JSON
    assessment    TEXT NOT NULL,         -- JSON
    rules_version INTEGER NOT NULL,
    told          BLOB NOT NULL          -- digest of all of this; tells a change
);
CREATE INDEX story_by_breadth ON story (breadth, last_at, id);
CREATE INDEX story_by_claim ON story (strength, last_at, id) WHERE claim > 0;

-- The countries a story is about.
CREATE TABLE story_actor (
    country TEXT NOT NULL,
    story   INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    PRIMARY KEY (country, story)
) WITHOUT ROWID;
CREATE INDEX story_actor_by_story ON story_actor (story);

-- Labels of articles. The one at place 0 names the take, the others are chips.
CREATE TABLE label (
    article     INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    place       INTEGER NOT NULL,
    perspective TEXT NOT NULL,
    name        TEXT NOT NULL,
    kind        TEXT NOT NULL,       -- JSON
    label       TEXT NOT NULL,       -- JSON of the whole, with its evidence
    PRIMARY KEY (article, place)
) WITHOUT ROWID;

-- The article that stands for a story among those told under a perspective.
CREATE TABLE perspective_lead (
    perspective TEXT NOT NULL,
    story       INTEGER NOT NULL,    -- also of one article, which has no row in story
    article     INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    sort_at     INTEGER NOT NULL,
    PRIMARY KEY (perspective, story)
) WITHOUT ROWID;
CREATE INDEX perspective_lead_by_time ON perspective_lead (perspective, sort_at, article, story);
CREATE INDEX perspective_lead_by_story ON perspective_lead (story);
CREATE INDEX perspective_lead_by_article ON perspective_lead (article);

-- Where the readers of a story find it whose id is gone.
CREATE TABLE story_successor (
    old INTEGER PRIMARY KEY,
    new INTEGER NOT NULL
);

-- Stories are counted by their leads, beside articles.
ALTER TABLE publisher_count ADD COLUMN stories INTEGER NOT NULL DEFAULT 0;
ALTER TABLE publisher_count ADD COLUMN unread_stories INTEGER NOT NULL DEFAULT 0;
UPDATE publisher_count SET stories = articles, unread_stories = unread;
DROP TRIGGER article_inserted;
DROP TRIGGER article_deleted;
DROP TRIGGER article_marked;
CREATE TRIGGER article_inserted AFTER INSERT ON article WHEN new.hidden = 0 BEGIN
    UPDATE publisher_count
       SET articles = articles + 1, unread = unread + (new.read = 0),
           stories = stories + new.leads,
           unread_stories = unread_stories + (new.leads AND new.read = 0)
     WHERE publisher = new.publisher;
END;
CREATE TRIGGER article_deleted AFTER DELETE ON article BEGIN
    UPDATE publisher_count
       SET articles = articles - (old.hidden = 0),
           unread = unread - (old.hidden = 0 AND old.read = 0),
           stories = stories - (old.hidden = 0 AND old.leads),
           unread_stories = unread_stories - (old.hidden = 0 AND old.leads AND old.read = 0)
     WHERE publisher = old.publisher;
    DELETE FROM article_text WHERE rowid = old.id;
END;
CREATE TRIGGER article_marked AFTER UPDATE OF read, hidden, leads ON article BEGIN
    UPDATE publisher_count
       SET articles = articles + (new.hidden = 0) - (old.hidden = 0),
           unread = unread + (new.hidden = 0 AND new.read = 0) - (old.hidden = 0 AND old.read = 0),
           stories = stories + (new.hidden = 0 AND new.leads) - (old.hidden = 0 AND old.leads),
           unread_stories = unread_stories
               + (new.hidden = 0 AND new.leads AND new.read = 0)
               - (old.hidden = 0 AND old.leads AND old.read = 0)
     WHERE publisher = new.publisher;
END;

-- What was read of an article is out of date once its words are others.
CREATE TRIGGER article_edited AFTER UPDATE OF content_hash, english_title ON article
WHEN old.content_hash <> new.content_hash OR old.english_title IS NOT new.english_title BEGIN
    UPDATE reading SET version = 0 WHERE article = new.id;
END;
CREATE TRIGGER article_translated AFTER UPDATE OF translated ON article
WHEN new.translated = 2 AND old.translated <> 2 BEGIN
    UPDATE reading SET version = 0 WHERE article = new.id;
END;
CREATE TRIGGER page_stored AFTER INSERT ON page BEGIN
    UPDATE reading SET version = 0 WHERE article = new.article;
END;
