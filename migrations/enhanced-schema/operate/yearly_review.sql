-- Yearly: exceptions that have run out or that nobody has looked at for a year.
SELECT u.user_id, u.permission, u.resource, u.granted, u.granted_at, u.expires_at
FROM public.user_permissions AS u
WHERE u.expires_at < now() OR u.granted_at < now() - interval '1 year'
ORDER BY u.granted_at;
