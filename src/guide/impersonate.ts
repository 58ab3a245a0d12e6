import type { Attributes } from './attributes.js';
import type { CommentRun } from './comments.js';
import type { Draft, Guide } from './draft.js';
import { plainText } from './plain.js';

const AS_ANON = /\bas (?:an? |the )?anon(?:ymous)?\b/i;
const AS_USER = /\bas (?:an? |the |another )?(?:(?:test|authenticated|regular|normal|logged[ -]in) )?user\b(?! you\b|\w)|\bas authenticated\b/i;
const USER_ID = /(?:^|_)user_?(?:id|uuid)(?:_|$)/;

/** "Then as the role (`psql -U boat_reader -d harbour`):": who is to run what stands below. */
const AS_ROLE = /\bas (?:the |that |this |a |new )*(?:role|user|account|reader|login)?\b[^.\n]{0,40}\bpsql\b[^.\n]{0,120}?\s(?:-U ?|--username[= ])["']?([a-z_][a-z0-9_]*)\b/i;

/**
 * The role a plain Supabase document means by "as test user" or "as anon" in a
 * fence's comments or its title: `as` and `claims` for the step, or nothing. Only in
 * unreviewed documents, only where the step can be in a transaction, and as a user
 * only where a placeholder names which one.
 */
export function impersonationOf(guide: Guide, draft: Draft, runs: CommentRun[]): Pick<Attributes, 'as' | 'claims'> {
  if (guide.reviewed || draft.role === 'rollback' || draft.attributes.as !== undefined || draft.statements.some((one) => !one.transactional)) return {};
  const role = AS_ROLE.exec(draft.labels.at(-2) ?? '')?.[1] ?? AS_ROLE.exec(draft.title)?.[1];
  if (role !== undefined && !/^(?:postgres|root|admin|superuser|supabase_admin)$/i.test(role)) return { as: role };
  const said = [draft.title, ...runs.filter((run) => !run.inside).flatMap((run) => run.lines.map((line) => plainText(line.text)))];
  const isAnon = said.some((text) => AS_ANON.test(text));
  if (!isAnon && !said.some((text) => AS_USER.test(text))) return {};
  if (guide.frontMatter.database !== 'supabase' && !guide.source.lines.some((line) => /\bauth\.(?:uid\(\)|users\b)|supabase/i.test(line))) return {};
  if (isAnon) return { as: 'anon' };
  const user = draft.statements.flatMap((one) => one.parameters).find((name) => USER_ID.test(name));
  return user === undefined ? {} : { as: 'authenticated', claims: `{"sub": :'${user}'}` };
}
