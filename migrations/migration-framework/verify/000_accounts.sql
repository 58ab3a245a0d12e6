-- Accounts that exist before the first migration; the rollback compares with it.
SELECT count(*) AS accounts_before FROM auth.users;
