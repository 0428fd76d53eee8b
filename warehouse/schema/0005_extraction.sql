-- What extraction knows of an article besides its text: who said what about it, and how well the reading went.

ALTER TABLE article ADD COLUMN section VARCHAR;
ALTER TABLE article ADD COLUMN image_url VARCHAR;
ALTER TABLE article ADD COLUMN dateline_date DATE;
ALTER TABLE article ADD COLUMN update_number INTEGER;
ALTER TABLE article ADD COLUMN marks VARCHAR[]; -- lists are filled below: DuckDB 1.5.5 cannot add one with a default
ALTER TABLE article ADD COLUMN corrections VARCHAR[];
ALTER TABLE article ADD COLUMN flags VARCHAR[];
ALTER TABLE article ADD COLUMN published_source VARCHAR;
ALTER TABLE article ADD COLUMN published_precision VARCHAR;
ALTER TABLE article ADD COLUMN modified_source VARCHAR;
ALTER TABLE article ADD COLUMN modified_precision VARCHAR;
ALTER TABLE article ADD COLUMN character_count INTEGER;
ALTER TABLE article ADD COLUMN removed_count INTEGER;
ALTER TABLE article ADD COLUMN link_share DOUBLE;
ALTER TABLE article ADD COLUMN second_ratio DOUBLE;
ALTER TABLE article ADD COLUMN second_overlap DOUBLE;
ALTER TABLE article ADD COLUMN quality_score DOUBLE;
ALTER TABLE article ADD COLUMN extract_reason VARCHAR;
ALTER TABLE article ADD COLUMN extract_ms DOUBLE;
UPDATE article SET
    marks = [], corrections = [], flags = [],
    character_count = length(text),
    removed_count = len(removed),
    link_share = TRY_CAST(quality ->> 'link_density' AS DOUBLE);
ALTER TABLE article DROP COLUMN quality;
COMMENT ON COLUMN run.flow IS 'Name of the flow: ingest or rebuild.';
COMMENT ON COLUMN article.byline IS 'Who signs: names of people and houses as written, by the page, else by the feed.';
COMMENT ON COLUMN article.title IS 'Headline, plain text, without the agencies'' marks ("UPDATE 2-") and the site''s name.';
COMMENT ON COLUMN article.section IS 'Part of the paper that the page says it belongs to, as written.';
COMMENT ON COLUMN article.image_url IS 'Address of the picture that the page gives for the article.';
COMMENT ON COLUMN article.dateline_date IS 'Day of the dateline; its year is the one nearest to publication.';
COMMENT ON COLUMN article.update_number IS 'The agency''s count of updates: 2 of "UPDATE 2-".';
COMMENT ON COLUMN article.marks IS 'What else the agency put before the headline: CORRECTED, URGENT, EXCLUSIVE …';
COMMENT ON COLUMN article.corrections IS 'What the page says was mended in the article, as written; not part of text.';
COMMENT ON COLUMN article.flags IS 'What kind of page it is besides: paywall, live_blog, video_only, links_only, photo_gallery, opinion, obituary, sponsored.';
COMMENT ON COLUMN article.published_source IS 'Who gave published_at: json-ld, meta, html, text, feed or address.';
COMMENT ON COLUMN article.published_precision IS 'How exact published_at was given: second, minute, day, month or year.';
COMMENT ON COLUMN article.modified_source IS 'Who gave modified_at, as published_source.';
COMMENT ON COLUMN article.modified_precision IS 'How exact modified_at was given, as published_precision.';
COMMENT ON COLUMN article.character_count IS 'Code points in text.';
COMMENT ON COLUMN article.removed_count IS 'Lines taken out of the text.';
COMMENT ON COLUMN article.link_share IS 'Share of the page''s characters that stand in links, 0 to 1; 0.9 is an index page.';
COMMENT ON COLUMN article.second_ratio IS 'Length of text by the length that a second, simpler reader takes for the story; 1 is agreement.';
COMMENT ON COLUMN article.second_overlap IS 'Share of four-word runs that text and the second reader have in common (Dice), 0 to 1.';
COMMENT ON COLUMN article.quality_score IS 'How sure it is that text is the whole story and nothing else, 0 to 1; below 0.5 look at the page before you rely on it. The README says how it is made.';
COMMENT ON COLUMN article.extract_reason IS 'Which reading text is: first (trafilatura); completed (with paragraphs that it passed over); the second reader''s where the first gave nothing, a spill of menus, or a consent notice; told (the page''s JSON-LD or the feed gave more).';
COMMENT ON COLUMN article.extract_ms IS 'Processor time that extraction took, in milliseconds.';

CREATE TABLE article_claim (
    article_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL CHECK (
        field IN ('title', 'byline', 'agency', 'published_at', 'modified_at', 'language', 'url', 'section', 'image_url')
    ),
    ordinal SMALLINT NOT NULL,
    source VARCHAR NOT NULL CHECK (source IN ('json-ld', 'meta', 'html', 'text', 'feed', 'address')),
    claim VARCHAR NOT NULL,
    claim_precision VARCHAR,
    chosen BOOLEAN NOT NULL,
    run_id VARCHAR NOT NULL,
    PRIMARY KEY (article_id, field, ordinal)
);
COMMENT ON TABLE article_claim IS 'What each source says about an article: where page and feed disagree, both are kept.';
COMMENT ON COLUMN article_claim.article_id IS 'The article version.';
COMMENT ON COLUMN article_claim.field IS 'The column of article that it speaks of.';
COMMENT ON COLUMN article_claim.ordinal IS 'Order in the sentence or among the claims of a field, from 1.';
COMMENT ON COLUMN article_claim.source IS 'Who says so: json-ld, meta (the page''s head), html (its marked parts), text (dateline, sign-off), feed or address.';
COMMENT ON COLUMN article_claim.claim IS 'What it says, as the column would hold it; times in ISO 8601, UTC; names joined by "; ".';
COMMENT ON COLUMN article_claim.claim_precision IS 'How exact a time is: second, minute, day, month or year; NULL for other fields.';
COMMENT ON COLUMN article_claim.chosen IS 'Whether the column took it.';
COMMENT ON COLUMN article_claim.run_id IS 'The execution that wrote the row.';
