-- Only the three roles, and never none.
UPDATE public.user_profiles SET role = 'moderator' WHERE id = :'member_id';

UPDATE public.user_profiles SET role = NULL WHERE id = :'member_id';
