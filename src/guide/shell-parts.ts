import { HEADS, LEAVES } from './fence-parts.js';

/** A comment that heads another way to do what stands above it: "# Or run the file". */
const ANOTHER = /^\W*(?:or\b(?!.*\bhigher\b)|alternative(?:ly)?\b|option(?:al| [b-z2-9])\b|(?:step |part |phase )?\d+[a-z]?[.)]? ?\(optional\))/i;
/** The first of several ways, where it costs what is there: "# Option 1: Reset the database (dev only, loses data)". The next one is meant. */
const COSTLY = /^\W*(?:option|method|approach) (?:a|1)\b.*\b(?:(?:dev(?:elopment)?|local(?:ly)?)(?: \w+)? only|los(?:es|ing) (?:all )?(?:the |your )?data|data loss|wip(?:es|ing)|destroys?|drops? (?:all|everything))\b/i;
/** A comment after which the commands are on the way again, also behind a rollback. */
const AGAIN = /^\W*(?:\d+[.)]\s*)?(?:apply|deploy|run|verify|check|then|finally|next|migrate|forward)\b(?!.*\broll)/i;

/** Commands of a fence that are not on the way, with the comment that heads them. */
export interface LeftOut {
  title: string;
  /** Index of the comment's line in the fence. */
  line: number;
  rollback: boolean;
}

/**
 * Takes from a fence of commands what its comments head as the way back, as another
 * way or as the case of a failure. Lines that are taken are blanked, so that those
 * that stay keep their place. Where all of it is such, the fence is shown as it is.
 */
export function forwardCommands(body: string): { text: string; left: LeftOut[] } {
  const lines = body.split('\n');
  const left: LeftOut[] = [];
  let away: LeftOut | null = null;
  let costly = false;
  const kept = lines.map((line, index) => {
    const comment = /^\s*#+(?!!)\s*(.*)$/.exec(line)?.[1];
    if (comment !== undefined && (index === 0 || (lines[index - 1] ?? '').trim() === '')) {
      const rollback = HEADS.test(comment);
      const instead = costly && !rollback && ANOTHER.test(comment);
      if (COSTLY.test(comment)) costly = true;
      else if (instead) costly = false;
      if (instead) away = null;
      else if (rollback || LEAVES.test(comment) || ANOTHER.test(comment) || COSTLY.test(comment)) away = { title: comment, line: index, rollback };
      // Behind a rollback only what says so is on the way again; behind another way, whatever has a head of its own.
      else if (away !== null && (!away.rollback || AGAIN.test(comment))) away = null;
      if (away !== null && away.line === index) left.push(away);
    }
    return away === null ? line : '';
  });
  const holds = kept.some((line) => /^\s*[^\s#]/.test(line));
  return holds && left.length > 0 ? { text: kept.join('\n'), left } : { text: body, left: [] };
}

/** Lines of an environment file and comments: what is written there, and no command. */
export function isSettings(body: string): boolean {
  const lines = body.split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  return lines.length > 0 && lines.every((line) => /^\s*[A-Z][A-Z0-9_]*=\S*(?:\s+#.*)?$/.test(line));
}

const SENDS = /\bpsql\b(?:[^\\\n|;]|\\[\s\S]){0,400}?(?:\s(?:-\w{0,6}c|--command)(?:[ =]|\\\n)*["'$\w]|<<-?\s*["']?\w)|(?:\b(?:echo|printf)\b[^\n|]{0,400}|["'])\|\s*(?:\w+ ){0,6}psql\b/;

/** The line (0-based) of the first command that hands SQL to `psql` in its own text, -1 where none does. */
export function lineOfSentSql(body: string): number {
  const at = body.replace(/^\s*#.*$/gm, (comment) => ' '.repeat(comment.length)).search(SENDS);
  return at === -1 ? -1 : body.slice(0, at).split('\n').length - 1;
}
