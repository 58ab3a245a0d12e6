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
  /** Its commands, without the comment. */
  text: string;
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
      else if (rollback || LEAVES.test(comment) || ANOTHER.test(comment) || COSTLY.test(comment)) away = { title: comment, line: index, rollback, text: '' };
      // Behind a rollback only what says so is on the way again; behind another way, whatever has a head of its own.
      else if (away !== null && (!away.rollback || AGAIN.test(comment))) away = null;
      if (away !== null && away.line === index) left.push(away);
    }
    if (away !== null && away.line !== index) away.text += `${line}\n`;
    return away === null ? line : '';
  });
  const holds = kept.some((line) => /^\s*[^\s#]/.test(line));
  // What only wipes, or is typed into psql, is not the way to keep where another one is told: that one is meant.
  const [first] = left;
  if (first !== undefined && !first.rollback && ANOTHER.test(first.title) && left.length === 1 && cannotBeMeant(kept)) {
    return { text: lines.map((line, index) => (index < first.line ? '' : line)).join('\n'), left: [{ title: firstSaid(lines), line: 0, rollback: false, text: lines.slice(0, first.line).filter((line) => !/^\s*#/.test(line)).join('\n') }] };
  }
  return holds && left.length > 0 ? { text: kept.join('\n'), left } : { text: body, left: [] };
}

const WIPES = /\b(?:db reset|migrate reset|dropdb|drop database|db drop|schema drop|database:drop|db:drop|db:reset|--force-reset|--wipe)\b/i;

/** Whether commands only wipe a database, or hold what psql is told when it runs. */
function cannotBeMeant(lines: readonly string[]): boolean {
  const commands = lines.filter((line) => /^\s*[^\s#]/.test(line));
  return commands.length > 0 && (commands.every((line) => WIPES.test(line)) || commands.some((line) => /^\s*\\[a-z]/.test(line)));
}

const firstSaid = (lines: readonly string[]): string => (lines.find((line) => line.trim() !== '') ?? '').replace(/^\s*#+\s*/, '').trim();

/** Lines of an environment file and comments: what is written there, and no command. */
export function isSettings(body: string): boolean {
  const lines = body.split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  return lines.length > 0 && lines.every((line) => /^\s*[A-Z][A-Z0-9_]*=\S*(?:\s+#.*)?$/.test(line));
}

const FOLLOWS = /^\s*(?:sudo )?(?:tail\s+(?:-\w+\s+|--\w+\s+)*?(?:-\w*[fF]\b|--follow)|watch\s|journalctl\b.*\s(?:-\w*f\b|--follow)|(?:docker(?:-compose| compose)?|kubectl|supabase functions) logs\b.*\s(?:-\w*f\b|--follow)|h?top\s*$)/m;

/** The line (0-based) of the first command that only ends when somebody stops it, -1 where there is none. */
export function lineOfEndless(body: string): number {
  const at = body.search(FOLLOWS);
  return at === -1 ? -1 : body.slice(0, at).split('\n').length - 1 + (/^\n+/.exec(body.slice(at))?.[0].length ?? 0);
}

const SENDS = /\bpsql\b(?:[^\\\n|;]|\\[\s\S]){0,400}?(?:\s(?:-\w{0,6}c|--command)(?:[ =]|\\\n)*["'$\w]|<<-?\s*["']?\w)|(?:\b(?:echo|printf)\b[^\n|]{0,400}|["'])\|\s*(?:\w+ ){0,6}psql\b/;

/** The line (0-based) of the first command that hands SQL to `psql` in its own text, -1 where none does. */
export function lineOfSentSql(body: string): number {
  const at = body.replace(/^\s*#.*$/gm, (comment) => ' '.repeat(comment.length)).search(SENDS);
  return at === -1 ? -1 : body.slice(0, at).split('\n').length - 1;
}
