-- The chosen events in the 61 columns of GDELT 2.0's event table; what we do not know is empty, never a guess. Actor1 and
-- Actor2 are two parties of the fullest report, each with its own name, country and sector.
WITH reported AS ( -- where and when GDELT would have seen them
    SELECT
        m.event_id, min(a.loaded_at) AS added_at,
        count(DISTINCT regexp_extract(a.url, '^\w+://([^/:]+)', 1)) AS source_count
    FROM event_mention AS m
    JOIN chosen USING (event_id)
    JOIN article AS a USING (article_id)
    WHERE a.is_latest
    GROUP BY m.event_id
), told AS (
    SELECT
        e.* EXCLUDE (actor_country, actor_sector), r.added_at, r.source_count, m.part,
        p1.name AS actor_name, p1.country AS actor_country, p1.sector AS actor_sector,
        p2.name AS other_name, p2.country AS other_country, p2.sector AS other_sector
    FROM event_feed AS e
    JOIN chosen USING (event_id)
    JOIN event_mention AS m ON m.event_mention_id = e.lead_event_mention_id
    JOIN reported AS r USING (event_id)
    LEFT JOIN party AS p1 ON p1.event_mention_id = e.lead_event_mention_id AND p1.is_first
    LEFT JOIN party AS p2 ON p2.event_mention_id = e.lead_event_mention_id AND NOT p2.is_first
)
SELECT
    CAST('0x' || left(t.event_id, 13) AS BIGINT) AS "GLOBALEVENTID",
    strftime(t.event_day, '%Y%m%d') AS "SQLDATE",
    strftime(t.event_day, '%Y%m') AS "MonthYear",
    year(t.event_day) AS "Year",
    printf('%.4f', year(t.event_day) + ((month(t.event_day) - 1) * 30 + day(t.event_day)) / 365) AS "FractionDate",

    coalesce(b1.code, concat(t.actor_country, r1.cameo_role)) AS "Actor1Code",
    upper(t.actor_name) AS "Actor1Name",
    CASE WHEN b1.code IS NULL THEN t.actor_country END AS "Actor1CountryCode",
    b1.known_group AS "Actor1KnownGroupCode",
    NULL AS "Actor1EthnicCode", NULL AS "Actor1Religion1Code", NULL AS "Actor1Religion2Code",
    coalesce(b1.cameo_role, r1.cameo_role) AS "Actor1Type1Code",
    CASE WHEN b1.code IS NOT NULL THEN r1.cameo_role END AS "Actor1Type2Code", NULL AS "Actor1Type3Code",

    coalesce(b2.code, concat(t.other_country, r2.cameo_role)) AS "Actor2Code",
    upper(t.other_name) AS "Actor2Name",
    CASE WHEN b2.code IS NULL THEN t.other_country END AS "Actor2CountryCode",
    b2.known_group AS "Actor2KnownGroupCode",
    NULL AS "Actor2EthnicCode", NULL AS "Actor2Religion1Code", NULL AS "Actor2Religion2Code",
    coalesce(b2.cameo_role, r2.cameo_role) AS "Actor2Type1Code",
    CASE WHEN b2.code IS NOT NULL THEN r2.cameo_role END AS "Actor2Type2Code", NULL AS "Actor2Type3Code",

    CASE WHEN t.part = 'lead' THEN 1 ELSE 0 END AS "IsRootEvent",
    c.code AS "EventCode", left(c.code, 3) AS "EventBaseCode", left(c.code, 2) AS "EventRootCode",
    CASE WHEN c.code < '06' THEN 1 WHEN c.code < '09' THEN 2 WHEN c.code < '14' THEN 3 ELSE 4 END AS "QuadClass",
    printf('%.1f', c.goldstein) AS "GoldsteinScale",
    t.mention_count AS "NumMentions", t.source_count AS "NumSources", t.article_count AS "NumArticles",
    NULL AS "AvgTone",

    0 AS "Actor1Geo_Type", NULL AS "Actor1Geo_FullName", NULL AS "Actor1Geo_CountryCode",
    NULL AS "Actor1Geo_ADM1Code", NULL AS "Actor1Geo_ADM2Code", NULL AS "Actor1Geo_Lat", NULL AS "Actor1Geo_Long",
    NULL AS "Actor1Geo_FeatureID",
    0 AS "Actor2Geo_Type", NULL AS "Actor2Geo_FullName", NULL AS "Actor2Geo_CountryCode",
    NULL AS "Actor2Geo_ADM1Code", NULL AS "Actor2Geo_ADM2Code", NULL AS "Actor2Geo_Lat", NULL AS "Actor2Geo_Long",
    NULL AS "Actor2Geo_FeatureID",

    g.geo_type AS "ActionGeo_Type",
    CASE WHEN g.geo_type > 0 THEN concat_ws(
        ', ', t.place_name,
        CASE WHEN t.admin1 <> t.place_name THEN t.admin1 END,
        CASE WHEN g.geo_type > 1 THEN n.country_name END
    ) END AS "ActionGeo_FullName",
    CASE WHEN g.geo_type > 0 THEN n.fips END AS "ActionGeo_CountryCode",
    CASE WHEN g.geo_type = 1 THEN n.fips END AS "ActionGeo_ADM1Code",
    NULL AS "ActionGeo_ADM2Code",
    CASE WHEN g.geo_type > 0 THEN round(t.latitude, 5) END AS "ActionGeo_Lat",
    CASE WHEN g.geo_type > 0 THEN round(t.longitude, 5) END AS "ActionGeo_Long",
    CASE WHEN g.geo_type = 1 THEN n.fips END AS "ActionGeo_FeatureID",

    strftime(t.added_at AT TIME ZONE 'UTC', '%Y%m%d%H%M%S') AS "DATEADDED",
    t.url AS "SOURCEURL"
FROM told AS t
JOIN cameo AS c ON c.event_type = t.event_type
    AND c.mode = coalesce(t.mode, '')
    AND c.armed = (t.actor_sector IS NOT NULL AND t.actor_sector IN (SELECT sector FROM armed_sector))
LEFT JOIN cameo_body AS b1 ON b1.country = t.actor_country
LEFT JOIN cameo_body AS b2 ON b2.country = t.other_country
LEFT JOIN cameo_sector AS r1 ON r1.sector = t.actor_sector
LEFT JOIN cameo_sector AS r2 ON r2.sector = t.other_sector
LEFT JOIN country AS n ON n.country = t.country
CROSS JOIN LATERAL (
    SELECT CASE -- 1 country, 2 US state, 3 US city, 4 world city, 5 world state; seas and regions have none
        WHEN t.latitude IS NULL OR t.country IS NULL THEN 0
        WHEN t.place_precision = 'country' THEN 1
        WHEN t.place_precision = 'admin1' THEN CASE WHEN t.country = 'USA' THEN 2 ELSE 5 END
        WHEN t.place_precision IN ('point', 'city', 'admin2') THEN CASE WHEN t.country = 'USA' THEN 3 ELSE 4 END
        ELSE 0
    END AS geo_type
) AS g
ORDER BY t.added_at, t.event_day, t.event_id;
