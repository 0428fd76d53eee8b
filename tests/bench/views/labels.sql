SELECT standing, count(*) FROM labels GROUP BY ALL;
