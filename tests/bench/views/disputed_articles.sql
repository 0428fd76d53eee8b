-- What is disputed about titles.
SELECT title, chosen_claim, other_claims FROM disputed_articles WHERE field = 'title';
