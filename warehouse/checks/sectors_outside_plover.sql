-- A sector is one of PLOVER's.
WITH sectors (sector) AS (
    VALUES
        ('GOV'), ('MIL'), ('COP'), ('LEG'), ('JUD'), ('SPY'), ('PTY'), ('REB'), ('PRM'), ('UAF'), ('UNK'),
        ('AGR'), ('BUS'), ('CRM'), ('CVL'), ('EDU'), ('ELI'), ('JRN'), ('LAB'), ('MED'), ('OPP'), ('PRE'),
        ('REF'), ('REL'), ('SOC')
), told AS (
    SELECT 'mention' AS table_name, mention_id AS row_id, sector FROM mention
    UNION ALL SELECT 'entity', entity_id, sector FROM entity
    UNION ALL SELECT 'event_participant', concat_ws(' ', event_mention_id, role, ordinal), sector FROM event_participant
    UNION ALL SELECT 'event', event_id, unnest([actor_sector, recipient_sector]) FROM event
)
SELECT told.* FROM told ANTI JOIN sectors USING (sector) WHERE told.sector IS NOT NULL;
