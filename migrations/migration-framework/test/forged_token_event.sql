-- Token events come from validate_share_token alone.
SELECT public.healthcare_access_audit('00000000-0000-4000-8000-00000000e001', 'token_accepted');
