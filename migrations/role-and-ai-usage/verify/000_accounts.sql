-- Figures that later steps compare with, and two accounts the row-security
-- checks look through. to_jsonb reads the role whether or not the column exists.
SELECT count(*) AS users_before,
       count(*) FILTER (WHERE to_jsonb(p) ->> 'role' IS NULL) AS users_without_role,
       (array_agg(id ORDER BY id DESC) FILTER (WHERE coalesce(to_jsonb(p) ->> 'role', 'user') = 'user'))[1] AS member_id,
       (array_agg(id ORDER BY id DESC) FILTER (WHERE coalesce(to_jsonb(p) ->> 'role', 'user') = 'user'))[2] AS other_id
FROM public.user_profiles AS p;
