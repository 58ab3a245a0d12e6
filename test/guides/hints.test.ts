import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hintMatches } from '../../src/graph/hints.js';
import { compilePath } from '../../src/project/guides.js';
import { root } from '../cli/support.js';

/** Messages as PostgreSQL words them, each with words of the remedy that the guide's troubleshooting gives. */
const messages: Record<string, [string, RegExp][]> = {
  'role-and-ai-usage': [
    ['relation "public.user_profiles" does not exist', /base schema/],
    ['column "role" of relation "user_profiles" already exists', /keeps the column/],
    ['constraint "user_profiles_role_check" for relation "user_profiles" already exists', /replaces the constraint/],
    ['policy "Users can view their own usage" for table "ai_usage" already exists', /drops each policy/],
    ['check constraint "user_profiles_role_check" of relation "user_profiles" is violated by some row', /mapping/],
    ['canceling statement due to lock timeout', /Nothing was changed/],
    ['cannot drop column role of table user_profiles because other objects depend on it', /cascade/],
  ],
  'settings-administration': [
    ['must be owner of relation users', /as postgres/],
    ['relation "user_preferences" already exists', /conflict check/],
    ['permission denied for table configuration_audit_log', /SECURITY DEFINER/],
    ['cannot drop function update_updated_at_column() because other objects depend on it', /function of its own/],
    ['canceling statement due to lock timeout', /auth\.users/],
  ],
  'database-refactoring': [
    ['policy "Clients can view shared collection items" for table "resource_collection_items" does not exist', /pre-flight/],
    ['function public.owns_file(uuid) does not exist', /older than the guide/],
    ['materialized view "user_mfa_status_unified" has not been populated', /REFRESH/],
    ['schema "cron" does not exist', /pg_cron/],
    ['canceling statement due to lock timeout', /retry/],
  ],
  'enhanced-schema': [
    ['no partition of relation "user_activity_log" found for row', /monthly_partitions/],
    ['relation "change_log" already exists', /rollback script/],
    ['new row violates row-level security policy for table "products"', /soft_delete/],
    ['cannot drop table profiles because other objects depend on it', /cascade/],
    ['canceling statement due to lock timeout', /retry/],
  ],
  'migration-framework': [
    ['syntax error at or near "CREAT"', /deploy-wizard check/],
    ['relation "auth.users" does not exist', /not a Supabase database/],
    ['relation "users" already exists', /post-migration checks/],
    ['new row violates row-level security policy for table "users"', /auth\.uid/],
    ['canceling statement due to lock timeout', /retry/],
  ],
};

describe.each(Object.entries(messages))('troubleshooting of %s', (guide, cases) => {
  it('gives its remedy for the error that PostgreSQL words', async () => {
    const { hints } = await compilePath(join(root, 'guides', `${guide}.md`));
    for (const [message, remedy] of cases) expect(hints.find((one) => hintMatches(one.pattern, message))?.remedy ?? '', message).toMatch(remedy);
  });
});
