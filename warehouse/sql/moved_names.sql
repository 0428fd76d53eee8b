-- Names of the batch whose entity has another id than they.
SELECT name_id, entity_id FROM named WHERE entity_id <> name_id;
