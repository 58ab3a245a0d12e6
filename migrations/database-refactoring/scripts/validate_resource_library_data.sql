-- Rows of the resource library that cannot be right. One line per rule, with the
-- number of rows that break it and what to do about them.
SELECT rule, broken, advice
FROM (
  SELECT 'items point to an existing file' AS rule,
    count(*) FILTER (WHERE f.id IS NULL) AS broken, 'delete the items' AS advice
  FROM public.resource_collection_items AS i LEFT JOIN public.file_uploads AS f ON f.id = i.file_id
  UNION ALL
  SELECT 'items point to an existing collection',
    count(*) FILTER (WHERE c.id IS NULL), 'delete the items'
  FROM public.resource_collection_items AS i LEFT JOIN public.resource_collections AS c ON c.id = i.collection_id
  UNION ALL
  SELECT 'a file stands in collections of its owner only',
    count(*) FILTER (WHERE f.owner_id <> c.coach_id), 'ask both coaches, then move or share the file'
  FROM public.resource_collection_items AS i
  JOIN public.file_uploads AS f ON f.id = i.file_id JOIN public.resource_collections AS c ON c.id = i.collection_id
  UNION ALL
  SELECT 'a file stands in a collection once',
    count(*), 'keep the first, delete the others'
  FROM (SELECT FROM public.resource_collection_items GROUP BY collection_id, file_id HAVING count(*) > 1) AS twice
  UNION ALL
  SELECT 'collections belong to coaches',
    count(*) FILTER (WHERE u.role NOT IN ('coach', 'admin')), 'find out who lost the role'
  FROM public.resource_collections AS c JOIN public.users AS u ON u.id = c.coach_id
  UNION ALL
  SELECT 'progress points to an existing file',
    count(*) FILTER (WHERE f.id IS NULL), 'delete the progress'
  FROM public.resource_client_progress AS p LEFT JOIN public.file_uploads AS f ON f.id = p.file_id
  UNION ALL
  SELECT 'progress is made on shared files',
    count(*) FILTER (WHERE s.file_id IS NULL), 'share again, or accept that the share was withdrawn'
  FROM public.resource_client_progress AS p
  LEFT JOIN public.file_shares AS s ON s.file_id = p.file_id AND s.shared_with = p.client_id
  UNION ALL
  SELECT 'progress lies between 0 and 100',
    count(*) FILTER (WHERE percent NOT BETWEEN 0 AND 100), 'correct the value'
  FROM public.resource_client_progress
  UNION ALL
  SELECT 'nothing is kept under the old column resource_id only',
    (SELECT count(*) FROM public.resource_collection_items WHERE resource_id IS NOT NULL)
    + (SELECT count(*) FROM public.resource_client_progress WHERE resource_id IS NOT NULL), 'carry the value over to file_id'
) AS rules
ORDER BY rule;
