import type { Block } from './block.js';
import { BOLD, matchable, plainText } from './plain.js';
import type { Section } from './section.js';

const OPTION = /^[^\p{L}]*(?:option|method|approach|alternative|variant|choice|opción|opção|opzione|optie|opcja|variante|methode|méthode|método|metodo|alternativa|вариант|способ|möglichkeit) (?:#|n[º°] ?)?([a-z]|\d{1,2})(?![\p{L}\d])(?! of\b)/u;
const OPTION_HAN = /^[^\p{L}]*(?:方案|方法|方式|选项|選項|オプション|방법|옵션)\s*([a-z]|\d{1,2}|[一二三四五])(?![\p{L}\d])/u;

/** "A. Primary path (n8n)", "B) Fallback path (if it is down)": a letter, and a word for a way behind it. */
const LETTERED = /^[^\p{L}\d]*([a-h])[.):] (?:[\p{L}\d/-]+ ){0,4}?(?:path|method|approach|option|way|route)(?![\p{L}])/u;

/** "Option A: …" → the option's name; null for other titles. */
export function optionOf(title: string): string | null {
  const text = matchable(title);
  const match = OPTION.exec(text) ?? OPTION_HAN.exec(text) ?? LETTERED.exec(text);
  return match?.[1]?.toUpperCase() ?? null;
}

/** How one and the same thing may be done; what else stands before "method" may tell of another thing ("Backup method"). */
const MANNER = String.raw`(?:quick|fast|easy|easiest|simple|safe|safest|full|complete|manual|automatic|automated|scripted|interactive|line[ -]by[ -]line|step[ -]by[ -]step|one[ -]by[ -]one|one[ -]at[ -]a[ -]time|all[ -]at[ -]once|all[ -]in[ -]one|one[ -]shot|single[ -](?:file|script)|whole[ -]file|batch|bulk|incremental|cli|command[ -]line|terminal|shell|console|psql|pgadmin|dashboard|gui|ui|web|browser|sql editor|editor|studio|supabase|docker|api|script|npm|node|python|local|remote|copy[ -](?:and[ -])?paste|recommended|preferred|default|standard|advanced|basic|first|second|third)`;
const WAY = new RegExp(String.raw`^[^\p{L}]*(?:the )?(${MANNER}(?:[ /-]${MANNER}){0,2}) (method|approach|option|way)\W*(?:$|[:(–—-])`, 'u');
/** The noun first, as Romance languages have it. */
const WAY_ELSEWHERE = /^[^\p{L}]*(méthode|método|metodo|opción|opção|opzione|option) (rapide|manuelle|automatique|rápid[oa]|manual|automátic[oa]|rapid[oa]|manuale|automatic[oa]|simple|facile|fácil|semplice|simples|complète|complet[oa]|recomendad[oa]|recommandée|consigliat[oa])\W*(?:$|[:(–—-])/u;

/** "For existing databases", "If you're setting up a new one": for whom a way is. */
const CASE = /^\W*(?:for (?:an? |the |your )?|if you (?:(?:are|already|have|re|only|just) ){0,3}(?:(?:setting up|set up|installing|install|starting with|start with|creating|create|using|upgrading|running) )?(?:an? |the |your )?|an? )?(?:(existing|live|populated|running)|(?:brand[ -])?new|fresh|empty|clean) (?:(?:production|supabase|postgres(?:ql)?|database) )?(?:databases?|dbs?|installs?|installations?|deployments?|projects?|set-?ups?|environments?|instances?)(?: (?:with|that has) (?:data|rows|tables)(?: in it)?| from scratch)?(?: \([^()]*\))?\W*$/u;

/** "For Production (With Existing Data)", "For Development": the environment a way is for. */
const PLACE = /^\W*for (?:an? |the |your )?(production|staging|development|local|testing|self-hosted|cloud)(?: (?:environments?|databases?|deployments?|installs?|installations?|set-?ups?|use))?(?: \([^()]*\))?\W*$/u;

/** The case a text names, where that is all it says: a database that is there already, a new one, or that of an environment. */
export function caseOf(text: string): string | null {
  const match = CASE.exec(matchable(text).replace(/'|’/g, ' '));
  return match ? (match[1] === undefined ? 'NEW' : 'EXISTING') : (PLACE.exec(matchable(text))?.[1]?.toUpperCase() ?? null);
}

/** "Manual method: …" → the way's name and what ways are called there. */
function wayOf(title: string): { name: string; noun: string } | null {
  const text = matchable(title);
  const named = caseOf(title);
  if (named !== null) return { name: named, noun: 'case' };
  const english = WAY.exec(text);
  if (english) return { name: (english[1] ?? '').toUpperCase(), noun: english[2] ?? '' };
  const other = WAY_ELSEWHERE.exec(text);
  return other && { name: (other[2] ?? '').toUpperCase(), noun: other[1] ?? '' };
}

/** The titles that name a way, each with its name, where two or more are called alike: a single "recommended way" has no other beside it. */
function waysAmong(titles: readonly string[]): Map<string, string> {
  const ways = titles.flatMap((title) => {
    const way = wayOf(title);
    return way === null ? [] : [{ title, ...way }];
  });
  const names = new Map<string, Set<string>>();
  for (const { noun, name } of ways) names.set(noun, (names.get(noun) ?? new Set()).add(name));
  return new Map(ways.flatMap(({ title, noun, name }) => ((names.get(noun)?.size ?? 0) > 1 ? [[title, name] as const] : [])));
}

/** "Apply in the dashboard", and below it "Or via the CLI": the heading names another way to do what the one above does. */
const OR = /^\W*or,? (?:via|using|use|with|by|through|in|from|manually|run|apply)\b(?!.*\b(?:roll|revert|undo|restore|if)\b)/i;

function orAmong(titles: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const [at, title] of titles.entries()) {
    const above = titles[at - 1];
    if (!OR.test(title) || above === undefined) continue;
    if (!found.has(above)) found.set(above, 'THIS');
    found.set(title, `OR ${found.size}`);
  }
  return found;
}

interface Named {
  /** How many children are called an option by a letter or a number. */
  lettered: number;
  ways: Map<string, string>;
}

const under = new WeakMap<Section, Named>();

function namedUnder(parent: Section): Named {
  const known = under.get(parent);
  if (known) return known;
  // Once for all of them: a chapter may have thousands.
  const titles = parent.children.map((child) => child.title);
  const lettered = titles.filter((title) => optionOf(title) !== null).length;
  const ways = waysAmong(titles);
  const named = { lettered, ways: lettered === 0 && ways.size === 0 ? orAmong(titles) : ways };
  under.set(parent, named);
  return named;
}

/** The name of the option a section is, where it stands beside another; else null. */
export function optionOfSection({ title, parent }: Section): string | null {
  if (!parent) return null;
  const lettered = optionOf(title);
  if (lettered !== null) return namedUnder(parent).lettered > 1 ? lettered : null;
  return namedUnder(parent).ways.get(title) ?? null;
}

/** Whether a section stands beside another that is an option as it is. */
export function isOneOfOptions(section: Section): boolean {
  return optionOfSection(section) !== null;
}

/** Whether a section is called an option, or one of several ways. */
export function isOption(section: Section): boolean {
  return optionOf(section.title) !== null || isOneOfOptions(section);
}

/** "If you have an existing database:" – leads to what is done in that case. */
export function isCaseLabel(text: string): boolean {
  return /[:：]\W*$/.test(text) && caseOf(plainText(text)) !== null;
}

const labels = new WeakMap<Section, Map<string, string>>();

/** The name of the option a bold line of a section is; a way only where another bold line names one too. */
export function optionOfLabel(section: Section, label: string): string | null {
  const lettered = optionOf(label);
  if (lettered !== null) return lettered;
  const bold = (blocks: readonly Block[]): string[] => blocks.flatMap((block) => (block.kind === 'paragraph' && (BOLD.test(block.text) || isCaseLabel(block.text)) ? [plainText(block.text)] : []));
  const ways = labels.get(section) ?? waysAmong(bold(section.blocks));
  labels.set(section, ways);
  return ways.get(label) ?? null;
}
