-- Rows of the seven tables together.
SELECT (SELECT count(*) FROM public.profiles) + (SELECT count(*) FROM public.dispensary_profiles)
           + (SELECT count(*) FROM public.products) + (SELECT count(*) FROM public.communications)
           + (SELECT count(*) FROM public.tasks) + (SELECT count(*) FROM public.orders)
           + (SELECT count(*) FROM public.order_items) AS rows_now;
