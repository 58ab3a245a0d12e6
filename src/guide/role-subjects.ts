/**
 * Words that tell rather than do only where a title is about them: in "Create contacts" or
 * "Migration 2: Overview page" they name what is built. Titles are matched reduced: see `plain.ts`.
 */

/** Whom to ask: the title as a whole, never a thing that is called so. */
const CONTACTS = new RegExp([
  String.raw`^(?:(?:emergency|support|key|important|useful|main|primary|team|project|technical|business|vendor|escalation|incident|on-?call|help|questions?|resources|communication|feedback|getting help)(?: ?(?:and|&|\/) ?| ))*contacts?(?: (?:info|information|details|list|matrix|points?|persons?|people|numbers?|channels?|support|us|me))?(?: ?(?:and|&|\/|,) ?(?:support|escalations?|help|questions?|resources|communication|feedback|links|references|on-?call|responsibilities|roles|ownership|owners)(?: [\w-]+)?)?(?: \((?:emergency|on-?call|support|team|24)[^()]*\))?\W*$`,
  String.raw`^contact (?:the|your|our|an?|us|me|support|[\w-]+ team)\b`, String.raw`^contacts?\s*[:：]\s*\S+@`, String.raw`\bwhom? to contact\b`, String.raw`\bpoints? of contact\b`,
  String.raw`^contacts? (?:d'urgence|utiles?|techniques?|importants?)\W*$`, String.raw`\b(?:support|escalation|emergency|on-?call|questions?|help|communication) ?(?:(?:and|&|\/) ?)contacts?\W*$`,
].join('|'), 'u');

const WORDS = String.raw`overview|introduction|considerations?|best practices|(?<!\b(?:without|with|of|for|from|no|orphan(?:ed)?|missing|cloud|system) )resources|glossary|architecture|data model|faqs?|explanations?|objectives?$|purpose$|scope$|risks?$|wish ?list|road ?map|backlog|change ?logs?|customi[sz]ations?|background(?! (?:jobs?|work\w*|tasks?|process\w*|queues?|sync\w*)\b)|credits|discussions?`;
/** Of these, only what a title begins with tells. */
const FIRST = /^(?:wish ?list|road ?map|backlog|change ?logs?|credits|discussions?)$/u;
const TELLING = new RegExp(String.raw`\b(${WORDS})(?![\p{L}\d_])`, 'gu');

/** "Migration #2:", "Phase 1 –": counted among what is done. */
const COUNTED = /^(migration|step|phase|part|stage|task) ?#?\d+(?:\.\d+)*[a-z]?\b(\W*)/u;
/** "Phase 1: Overview": nothing but what is told. */
const ONLY = /^(?:(?:architecture|project|system|general|security|performance|migration|design|key|technical) )?(?:overview|introduction|background|architecture|considerations|best practices|glossary)\W*$/u;
const BUILDS = /^(?:re-?)?(?:creat(?:e|ing)|add(?:ing)?|migrat(?:e|ing)|alter(?:ing)?|renam(?:e|ing)|drop(?:ping)?|remov(?:e|ing)|insert(?:ing)?|seed(?:ing)?|load(?:ing)?|import(?:ing)?|back-?fill(?:ing)?|populat(?:e|ing)|mov(?:e|ing)|merg(?:e|ing)|split(?:ting)?|enabl(?:e|ing)|secur(?:e|ing)|updat(?:e|ing)|(?:apply|deploy|execute|run|install)(?:ing)? (?:the )?(?:[\w-]+ ){1,4}(?:migrations?|scripts?|sql|files?|changes?|tables?|polic(?:y|ies)|functions?))\b/u;
const NAMED = /^ (?:(?!(?:of|on|for|about|the|to|in|and|with)\b)[\w-]+ ){0,2}(?:tables?|columns?|views?|functions?|rpcs?|index(?:es)?|polic(?:y|ies)|rls|triggers?|enums?|constraints?|buckets?|ids?|rows|records|foreign keys?|migration|import|schema)\W*$/u;

/** Whether a title is about what is only told, rather than about a thing of the schema that has its name. */
export function tellsOf(text: string): boolean {
  const counted = COUNTED.exec(text);
  const rest = counted ? text.slice(counted[0].length) : text;
  if (counted) return ONLY.test(rest) && (counted[1] !== 'migration' || !/[:.)—–-]/u.test(counted[2] ?? ''));
  if (CONTACTS.test(rest)) return true;
  if (BUILDS.test(rest)) return false;
  return [...rest.matchAll(TELLING)].some((match) => !(FIRST.test(match[1] ?? '') && match.index > 0) && !NAMED.test(rest.slice(match.index + match[0].length)));
}
