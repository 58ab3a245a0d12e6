-- The administrator named by the parameter, one agent, and the rows there are now.
SELECT (SELECT id FROM public.profiles WHERE email = :'admin_email' AND role = 'admin') AS admin_id,
       (SELECT id FROM public.profiles WHERE role = 'agent' ORDER BY id LIMIT 1) AS agent_id,
       (SELECT count(*) FROM public.profiles) + (SELECT count(*) FROM public.dispensary_profiles)
           + (SELECT count(*) FROM public.products) + (SELECT count(*) FROM public.communications)
           + (SELECT count(*) FROM public.tasks) + (SELECT count(*) FROM public.orders)
           + (SELECT count(*) FROM public.order_items) AS rows_before;
