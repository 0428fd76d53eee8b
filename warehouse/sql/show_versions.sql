-- The versions of an address, and what takes the place of one or had it before, under another address too.
SELECT article_id FROM article
WHERE url = $url OR supersedes = $id OR article_id = (SELECT supersedes FROM article WHERE article_id = $id);
