-- What went wrong on those days.
SELECT * FROM whole.failure WHERE failed_at >= getvariable('since')::TIMESTAMPTZ;
