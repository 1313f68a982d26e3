-- What mutes hide is written a set at a time by `store::mutes`, with the counts: these triggers cost more
-- than the rows they fired for.
DROP TRIGGER muted_inserted;
DROP TRIGGER muted_deleted;
DROP TRIGGER article_marked;
CREATE TRIGGER article_marked AFTER UPDATE OF read, hidden, leads ON article
WHEN (old.read, old.hidden & 1, old.leads) IS NOT (new.read, new.hidden & 1, new.leads) BEGIN
    UPDATE publisher_count
       SET articles = articles + (new.hidden = 0) - (old.hidden = 0),
           unread = unread + (new.hidden = 0 AND new.read = 0) - (old.hidden = 0 AND old.read = 0),
           stories = stories + (new.hidden = 0 AND new.leads) - (old.hidden = 0 AND old.leads),
           unread_stories = unread_stories
               + (new.hidden = 0 AND new.leads AND new.read = 0)
               - (old.hidden = 0 AND old.leads AND old.read = 0)
     WHERE publisher = new.publisher;
END;
-- What is removed is not counted by the mutes that hid it. Its rows in `muted` go with it.
CREATE TRIGGER article_removed BEFORE DELETE ON article BEGIN
    UPDATE mute SET articles = articles - 1
     WHERE id IN (SELECT mute FROM muted WHERE article = old.id);
END;
