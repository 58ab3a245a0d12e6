import type { Graph } from '../graph/graph.js';
import { PRIVATE } from './mask-text.js';

/** Words of PostgreSQL's own notices, of command tags and of what programs commonly report; none is a person's name. */
const common = new Set([
  'a an the and or of to in on at by for from with without as is are was were be been has have had no not none nothing all any this that it its than only already now after before into out per each other others more less least most',
  'exist exists existing does do did found missing skip skipping skipped relation relations table tables view views index indexes function functions procedure schema schemas extension extensions role roles policy policies trigger triggers column columns constraint constraints sequence type domain database databases object objects row rows value values null default public',
  'drop drops dropped dropping create creates created creating alter altered truncate truncates truncated cascade cascades merging merge inherited definition identifier will transaction progress statement statements query server client version',
  'insert inserted update updated delete deleted select copied copy loaded loading restored restoring dump dumped dumping dumps backup backups migration migrations migrated migrating applied apply applying apply schema data file files line lines bytes size time times step steps test tests check checks checked total count counts number',
  'error errors warning warnings notice info debug hint detail context log fatal panic failed fail fails failure failures passed pass passes ok yes success successful successfully done complete completed finished finish finishing started start starting running ready up down stop stopped exit code status result results connection connected connecting connect refused operator terminal characters left ran printed kept what ended took longer timeout timed denied permission invalid valid unknown expected got seconds second minutes minute hours ms s min kB MB GB',
  'CREATE INSERT UPDATE DELETE SELECT ALTER DROP GRANT REVOKE BEGIN COMMIT ROLLBACK TRUNCATE COPY TABLE INDEX VIEW FUNCTION POLICY TRIGGER EXTENSION SCHEMA PASS FAIL OK TRUE FALSE NULL NOTICE WARNING ERROR INFO LOG DETAIL HINT CONTEXT STATEMENT postgres postgresql PostgreSQL psql pg_dump pg_restore true false',
].flatMap((line) => line.split(' ')).flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1)]));

/** A mark of an earlier masking, figures that hang together, one word. */
const piece = /‹[\p{L}-]+›|id:[0-9a-f]{12}(?![0-9a-f])|•+|\+?\d(?:[-/ ().]{0,2}\d)*(?![\p{L}\p{M}\p{N}_])|[\p{L}\p{M}\p{N}_]+/gu;
/** Between two words of one name or address: Ada M. O'Brien, ada-love. */
const joint = /^[ .,'’@+&-]{0,2}$/;
const LONGEST_COUNT = 7;

/**
 * Masks what a program or a function said (NOTICE, RAISE, output of a command)
 * where values are private: the words that the guide itself uses stay, as do
 * PostgreSQL's own and counts; every other word may be a row's or a person's.
 */
export function saidMasker(graph: Graph | undefined): (text: string) => string {
  let own: ReadonlySet<string> | null = null;
  return (text) => {
    own ??= wordsOf(graph);
    let out = '';
    let from = 0;
    let hidden = false;
    for (const match of text.matchAll(piece)) {
      const between = text.slice(from, match.index);
      from = match.index + match[0].length;
      const shown = tellsNothing(match[0], own);
      if (shown) out += between + match[0];
      else if (!hidden || !joint.test(between)) out += between + PRIVATE;
      hidden = !shown;
    }
    return out + text.slice(from);
  };
}

function tellsNothing(word: string, own: ReadonlySet<string>): boolean {
  if (/^[‹•]|^id:/.test(word)) return word !== PRIVATE;
  if (/^\+?\d/.test(word) && !/[\p{L}_]/u.test(word)) return word.replace(/\D/g, '').length <= LONGEST_COUNT;
  return common.has(word) || own.has(word);
}

/** Every word of the guide: it lies open in the repository, and tells nothing of the database's rows. */
function wordsOf(graph: Graph | undefined): ReadonlySet<string> {
  const text = JSON.stringify(graph ?? null).replace(/\\(?:u[0-9a-f]{4}|.)/g, ' ');
  return new Set(text.match(/[\p{L}\p{M}\p{N}_]+/gu));
}
