-- How many people are about to get preferences, and how large the database is.
SELECT count(*) AS users_before, pg_size_pretty(pg_database_size(current_database())) AS database_size
FROM auth.users;
