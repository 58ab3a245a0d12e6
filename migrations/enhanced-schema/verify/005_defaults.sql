-- Permissions that come with each role.
SELECT role, count(*) AS permissions, count(DISTINCT resource) AS resources,
       count(*) FILTER (WHERE permission IN ('delete', 'manage')) AS of_weight
FROM public.role_permissions
GROUP BY role
ORDER BY role;
