-- Types, modes and quads are PLOVER's, and fit each other.
WITH plover (event_type, quad, modes) AS (
    VALUES
        ('AGREE', 1, []),
        ('CONSULT', 1, ['visit', 'third-party', 'multilateral', 'phone']),
        ('SUPPORT', 1, []),
        ('CONCEDE', 1, []),
        ('COOPERATE', 2, []),
        ('AID', 2, []),
        ('RETREAT', 2, ['withdraw', 'release', 'disarm', 'ceasefire', 'access', 'resign']),
        ('REQUEST', 3, ['assist', 'change', 'yield', 'meet']),
        ('ACCUSE', 3, ['disapprove', 'investigate', 'allege']),
        ('REJECT', 3, ['assist', 'change', 'yield', 'meet']),
        ('THREATEN', 3, ['restrict', 'arrest', 'relations', 'expel', 'territory', 'violence']),
        ('PROTEST', 4, ['demo', 'riot', 'strike', 'hunger', 'boycott', 'obstruct', 'vandalize']),
        ('SANCTION', 4, ['convict', 'expel', 'withdraw', 'discontinue']),
        ('MOBILIZE', 4, ['troops', 'weapons', 'police', 'militia']),
        ('COERCE', 4, [
            'seize', 'restrict', 'censor', 'curfew', 'martial-law', 'arrest', 'deport', 'withhold', 'misinformation',
            'cyber'
        ]),
        ('ASSAULT', 4, [
            'abduct', 'beat', 'torture', 'sexual', 'targeted', 'destroy', 'primitive', 'firearms', 'explosives',
            'suicide-attack', 'aerial', 'drone', 'heavy-weapons', 'crowd-control', 'unconventional'
        ])
), coded AS (
    SELECT 'event_mention' AS table_name, event_mention_id AS row_id, event_type, mode, quad FROM event_mention
    UNION ALL
    SELECT 'event', event_id, event_type, mode, quad FROM event
)
SELECT c.*
FROM coded AS c
LEFT JOIN plover AS p USING (event_type)
WHERE p.event_type IS NULL OR c.quad <> p.quad OR (c.mode IS NOT NULL AND NOT list_contains(p.modes, c.mode));
