import type { Paragraph } from './block.js';
import { isSqlLanguage } from './info-string.js';
import { isForward, roleOfTitle } from './roles.js';
import { walkSections } from './section.js';
import { holdsSql } from './section-code.js';
import type { Walk } from './walk.js';

/** "**Blocks:** a short lock": a fact and what it is. */
const FACT = /^\s*(?:[-*•]\s+)?(?:\*\*([^*\n:]{2,30})(?::\*\*|\*\*\s*:)|__([^_\n:]{2,30})(?::__|__\s*:))\s+(\S.*?)\s*$/;
/** Of a way back, what may lead to the code below it. */
const LEADS = /\b(?:below|following|next|run|execute|apply|paste|this|these|sql|script|command|fence|block|code)\b/i;
/** Code that only takes away, or puts back what was: it may be the way back itself. */
const BUILDS = /\b(?:create|insert|update|add|alter\s+column|set\s+data|validate)\b/i;
const TAKES_BACK = /\bdrop\b|\btruncate\b|\bdisable\b|\brevoke\b/i;

/**
 * Whether a paragraph is a sheet of facts about the step whose code follows, with its way back among them:
 * "**What:** …", "**Blocks:** …", "**Rollback:** easy". The code is then the step, and no rollback. Only so where
 * nothing else can be meant: three facts or more, none that leads to code, above the first code of a section on the
 * way, which builds and takes nothing away, in a document that has a rollback of its own elsewhere.
 */
export function isFactSheet(walk: Walk, { text, line }: Paragraph): boolean {
  const facts = text.split('\n').map((one) => FACT.exec(one));
  if (facts.length < 3 || !facts.every((fact) => fact !== null) || facts.some(([, name = '', other = '', said = '']) => (/[:：]\W*$/.test(said)) || (roleOfTitle(name || other) === 'rollback' && LEADS.test(said)))) return false;
  if (walk.hadFence || walk.override !== null || !isForward(walk.facts.role)) return false;
  const code = walk.section.blocks.find((block) => block.line > line && block.kind === 'fence');
  if (code?.kind !== 'fence' || !isSqlLanguage(code.lang)) return false;
  const body = code.body.replace(/--[^\n]*|'(?:[^']|'')*'/g, ' ');
  if (!BUILDS.test(body) || TAKES_BACK.test(body)) return false;
  return [...walkSections(walk.guide.root)].some((one) => one !== walk.section && roleOfTitle(one.title) === 'rollback' && [...walkSections(one)].some(({ blocks }) => holdsSql(blocks)));
}
