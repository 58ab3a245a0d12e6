-- The role decides; an exception outweighs it while it lasts; a refusal outweighs a
-- grant; an account that is inactive or deleted may do nothing.
CREATE TEMPORARY TABLE answer (question text, allowed boolean) ON COMMIT DROP;

INSERT INTO answer VALUES
    ('1 admin deletes product', public.user_has_permission(:'admin_id', 'delete', 'product')),
    ('2 agent deletes product', public.user_has_permission(:'agent_id', 'delete', 'product')),
    ('3 agent updates order', public.user_has_permission(:'agent_id', 'update', 'order')),
    ('4 nobody reads profile', public.user_has_permission(NULL, 'read', 'profile'));

INSERT INTO public.user_permissions (user_id, permission, resource, granted, granted_at, expires_at) VALUES
    (:'agent_id', 'delete', 'product', true, now(), NULL),
    (:'agent_id', 'update', 'order', false, now(), NULL),
    (:'agent_id', 'delete', 'task', true, now() - interval '2 days', now() - interval '1 day'),
    (:'agent_id', 'manage', 'report', true, now(), now() + interval '1 day'),
    (:'agent_id', 'delete', 'report', false, now(), NULL);

INSERT INTO answer VALUES
    ('5 agent with exception deletes product', public.user_has_permission(:'agent_id', 'delete', 'product')),
    ('6 agent with refusal updates order', public.user_has_permission(:'agent_id', 'update', 'order')),
    ('7 agent with expired exception deletes task', public.user_has_permission(:'agent_id', 'delete', 'task')),
    ('8 agent who manages reports creates one', public.user_has_permission(:'agent_id', 'create', 'report')),
    ('9 agent refused one of them deletes it', public.user_has_permission(:'agent_id', 'delete', 'report'));

UPDATE public.profiles SET is_active = false WHERE id = :'agent_id';

INSERT INTO answer VALUES ('A inactive agent reads order', public.user_has_permission(:'agent_id', 'read', 'order'));

UPDATE public.profiles SET is_active = true, deleted_at = now() WHERE id = :'agent_id';

INSERT INTO answer VALUES ('B deleted agent reads order', public.user_has_permission(:'agent_id', 'read', 'order'));

SELECT question, allowed FROM answer ORDER BY question;
