import { child, children, lastName, text, unwrap, visit } from '../../guide/sql-nodes.js';
import type { Judged, Rule } from '../rule.js';
import { alterations, isTrue, names, tableOf } from '../tree.js';

const grantees = ({ body }: Judged) => children(body, 'grantees').map((one) => unwrap(one)[1]).map((role) => (text(role, 'roletype') === 'ROLESPEC_PUBLIC' ? 'public' : (text(role, 'rolename') ?? '')));

/** Options of a function by name. */
function option({ body }: Judged, name: string): unknown[] {
  return children(body, 'options').map((one) => unwrap(one)[1]).filter((one) => text(one, 'defname') === name).map((one) => one['arg']);
}

/** Whether a policy calls `auth.…()` for each row: not wrapped in a sub-select. */
function callsAuthPerRow(node: unknown): boolean {
  const stack: unknown[] = [node];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (typeof top !== 'object' || top === null || 'SubLink' in top) continue;
    const call = child(top as Record<string, unknown>, 'FuncCall');
    if (call && names(children(call, 'funcname'))[0] === 'auth') return true;
    for (const inner of Object.values(top)) if (typeof inner === 'object') stack.push(inner);
  }
  return false;
}

/** Who may read and write what. */
export const accessRules: Rule[] = [
  {
    id: 'policy-always-true', severity: 'error', why: 'whoever has the role may change every row', safer: 'compare a column with who asks, such as (select auth.uid()) = user_id',
    find: (one) => (one.kind === 'CreatePolicyStmt' && text(one.body, 'cmd_name') !== 'select' && one.body['permissive'] === true && !children(one.body, 'roles').some((role) => text(unwrap(role)[1], 'rolename') === 'service_role') && (isTrue(one.body['with_check']) || (isTrue(one.body['qual']) && one.body['with_check'] === undefined)) ? [{ what: `the policy ${text(one.body, 'policy_name') ?? ''} lets everything be written`, mark: /\(\s*true\s*\)/i }] : []),
  },
  {
    id: 'policy-user-metadata', severity: 'error', why: 'users may edit their own user_metadata', safer: 'use app_metadata, or a table that users cannot write',
    find: (one) => (one.kind === 'CreatePolicyStmt' && /user_metadata/.test(one.sql) ? [{ what: 'a policy trusts user_metadata', mark: /user_metadata/ }] : []),
  },
  {
    id: 'policy-per-row', severity: 'warning', why: 'the function is called for each row that is looked at', safer: 'wrap it: (select auth.uid())',
    find: (one) => (one.kind === 'CreatePolicyStmt' && (callsAuthPerRow(one.body['qual']) || callsAuthPerRow(one.body['with_check'])) ? [{ what: 'a policy calls auth per row', mark: /auth\.\w+\s*\(/i }] : []),
  },
  {
    id: 'rls-disabled', severity: 'error', why: 'every role with a grant reads and writes all rows from then on', safer: 'leave it on, and write a policy for those who need more', destructive: true,
    find: (one, { created }) => alterations(one, 'AT_DisableRowSecurity').filter(() => !created.has(tableOf(one))).map(() => ({ what: 'switches row level security off', mark: /disable/i })),
  },
  {
    id: 'rls-without-policy', severity: 'warning', why: 'nobody but the owner sees a row', safer: 'create its policies in the same guide',
    find: (one, { all }) => alterations(one, 'AT_EnableRowSecurity').filter(() => !all.some((other) => other.kind === 'CreatePolicyStmt' && tableOf(other) === tableOf(one)) && !/create policy/i.test(all.filter((other) => other.kind === 'DoStmt').map((other) => other.sql).join())).map(() => ({ what: `switches row level security on for ${tableOf(one)}, which gets no policy here`, mark: /enable/i })),
  },
  {
    id: 'table-without-rls', severity: 'error', why: 'Supabase serves the schema public to everyone who has the anonymous key', safer: 'ALTER TABLE … ENABLE ROW LEVEL SECURITY right after creating it',
    find: (one, { all, supabase }) => (supabase && one.kind === 'CreateStmt' && ['public', null].includes(text(child(one.body, 'relation') ?? {}, 'schemaname')) && text(child(one.body, 'relation') ?? {}, 'relpersistence') !== 't' && !all.some((other) => alterations(other, 'AT_EnableRowSecurity').length > 0 && tableOf(other) === tableOf(one)) && !all.some((other) => other.kind === 'DoStmt' && /enable row level security/i.test(other.sql)) ? [{ what: `the table ${tableOf(one)} has no row level security` }] : []),
  },
  {
    id: 'definer-search-path', severity: 'error', why: 'whoever may create objects in a schema of the caller\'s search_path runs code as the owner', safer: "add SET search_path = '' and name every object with its schema",
    find: (one) => (one.kind === 'CreateFunctionStmt' && option(one, 'security').some((arg) => child({ arg: unwrap(arg)[1] }, 'arg')?.['boolval'] === true) && !option(one, 'set').some((arg) => text(unwrap(arg)[1], 'name') === 'search_path') ? [{ what: `the function ${lastName(children(one.body, 'funcname')) ?? ''} is SECURITY DEFINER without a search_path of its own`, mark: /security\s+definer/i }] : []),
  },
  {
    id: 'grant-to-everyone', severity: 'error', why: 'everyone who can connect, or who has the anonymous key, may write', safer: 'grant what is needed to the roles that need it',
    find: (one) => {
      if (one.kind !== 'GrantStmt' || one.body['is_grant'] !== true || text(one.body, 'objtype') !== 'OBJECT_TABLE') return [];
      const given = children(one.body, 'privileges').map((item) => text(unwrap(item)[1], 'priv_name') ?? '');
      const writes = given.length === 0 || given.some((name) => name !== 'select' && name !== 'references');
      return writes && grantees(one).some((role) => role === 'public' || role === 'anon') ? [{ what: `grants writing to ${grantees(one).filter((role) => role === 'public' || role === 'anon').join(' and ')}`, mark: /\bto\s+/i }] : [];
    },
  },
  {
    id: 'trigger-disabled', severity: 'warning', why: 'what the trigger keeps true is not kept true until it is on again, and a failure between leaves it off', safer: 'SET LOCAL session_replication_role for the one transaction, or write the step so that the trigger may run',
    find: (one) => alterations(one, 'AT_DisableTrig', 'AT_DisableTrigAll', 'AT_DisableTrigUser').map(() => ({ what: 'switches a trigger off', mark: /disable/i })),
  },
  {
    id: 'hidden-ddl', severity: 'warning', why: 'what a DO block does is seen by no review, no lint and no lock forecast', safer: 'write the statements out; IF EXISTS and IF NOT EXISTS serve most conditions',
    find: (one) => {
      let body = '';
      if (one.kind === 'DoStmt') visit(one.body, (key, node) => { if (key === 'String') body = text(node, 'sval') ?? body; });
      return /\b(?:drop|truncate)\s+(?:table|schema|column|database)\b|\balter\s+table\b|\bdelete\s+from\s+\w+(?:\.\w+)?\s*;/i.test(body) ? [{ what: 'a DO block changes or drops tables', mark: /\b(?:drop|truncate|alter|delete)\b/i }] : [];
    },
  },
];
