-- Where one event comes from.
SELECT sentence_text, warc_file, warc_offset, poll_id FROM provenance WHERE event_id = getvariable('event_id');
