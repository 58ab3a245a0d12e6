-- Two accounts the row-security checks look through, and a coach with progress
-- on his files. Each check is rolled back.
SELECT clients[1] AS member_id, clients[2] AS other_id,
  (SELECT f.owner_id FROM public.file_uploads AS f JOIN public.resource_client_progress AS p ON p.file_id = f.id
   GROUP BY f.owner_id ORDER BY count(*) DESC, f.owner_id LIMIT 1) AS coach_id,
  cardinality(clients) >= 2 AND EXISTS (SELECT FROM public.resource_client_progress) AS found
FROM (SELECT array_agg(id ORDER BY created_at DESC, id DESC) AS clients FROM public.users WHERE role = 'client') AS accounts;
