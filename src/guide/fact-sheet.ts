import type { Paragraph } from './block.js';
import { isSqlLanguage } from './info-string.js';
import { isForward, roleOfTitle } from './roles.js';
import { walkSections } from './section.js';
import { holdsSql, UNSAID } from './section-code.js';
import type { Walk } from './walk.js';

/** "**Blocks:** a short lock": a fact and what it is. */
const FACT = /^\s*(?:[-*•]\s+)?(?:\*\*([^*\n:]{2,30})(?::\*\*|\*\*\s*:)|__([^_\n:]{2,30})(?::__|__\s*:))\s+(\S.*?)\s*$/;
/** What is said of a way back without being one: how it is, or that something is taken away, which code that makes it does not do. */
const TOLD = /^\W*(?:easy|simple|trivial|quick|fast|safe|hard|difficult|manual|automatic|possible|impossible|available|supported|yes|no|none|n\/a|not (?:possible|needed|required|applicable|available)|(?:low|medium|high)(?: risk)?|drop|remove|delete)\b(?!.*\b(?:below|following|next|run|execute|apply|paste|this|these|sql|script|command|fence|block|code)\b)/i;
/** Code that makes or changes something, and such as takes something away: that may be the way back itself. */
const BUILDS = /\b(?:create|insert|update|add|alter\s+column|set\s+data|validate)\b/i;
const TAKES_AWAY = /\b(?:drop|truncate|disable|revoke)\b/i;

/**
 * Whether a paragraph is a sheet of facts about the step whose code follows, with its way back among them:
 * "**What:** …", "**Blocks:** …", "**Rollback:** easy". The code is then the step, and no rollback. Only so where
 * nothing else can be meant: three facts or more, of which that one only says how it is, above the first code of a
 * section on the way, which builds and takes nothing away, in a document that has a rollback of its own elsewhere.
 */
export function isFactSheet(walk: Walk, { text, line }: Paragraph): boolean {
  const facts = text.split('\n').map((one) => FACT.exec(one));
  const leads = ([, name = '', other = '', said = '']: RegExpExecArray): boolean => /[:：]\W*$/.test(said) || (roleOfTitle(name || other) === 'rollback' && !TOLD.test(said));
  if (facts.length < 3 || !facts.every((fact) => fact !== null) || facts.some(leads)) return false;
  if (walk.hadFence || walk.override !== null || !isForward(walk.facts.role)) return false;
  const code = walk.section.blocks.find((block) => block.line > line && block.kind === 'fence');
  if (code?.kind !== 'fence' || !isSqlLanguage(code.lang)) return false;
  const body = code.body.replace(UNSAID, ' ');
  if (!BUILDS.test(body) || TAKES_AWAY.test(body)) return false;
  return [...walkSections(walk.guide.root)].some((one) => one !== walk.section && roleOfTitle(one.title) === 'rollback' && [...walkSections(one)].some(({ blocks }) => holdsSql(blocks)));
}
