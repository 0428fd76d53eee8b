-- All: there are few.
SELECT * FROM whole.feed_address;
