-- A new account, seen from the deploying role; rolled back afterwards.
INSERT INTO auth.users (id, email)
VALUES ('f0000000-0000-4000-8000-00000000000a', 'settings-check@example.com');

-- The row came by itself and holds exactly the agreed defaults.
SELECT count(*) AS rows_created,
  bool_and(preferences = '{
    "theme": "system", "sidebarCollapsed": false, "tableDensity": "comfortable",
    "rowsPerPage": 25, "enableAnimations": true,
    "notifications": {"emailDigest": true, "generationComplete": true, "qualityAlerts": true, "weeklyReport": false},
    "defaultFilters": {"autoApply": false, "tier": [], "status": [], "qualityRange": [0, 100]}
  }'::jsonb) AS defaults_exact
FROM public.user_preferences WHERE user_id = 'f0000000-0000-4000-8000-00000000000a';

-- And the trail knows of it.
SELECT config_type, changes ->> 'operation' AS operation, previous_value IS NULL AS from_nothing, new_value ->> 'theme' AS theme
FROM public.configuration_audit_log WHERE changed_by = 'f0000000-0000-4000-8000-00000000000a';
