import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface PasswordFound { password: string; path: string }

/** Folder of the Unix socket that is built into libpq as its packages have it; in the password file it counts as "localhost". */
export const DEFAULT_SOCKET = '/var/run/postgresql';

/**
 * The password of the first line that fits (manual: "The Password File"). A file
 * that others may read is ignored, as libpq does, and said so.
 * @param warn - told once why a file is not used
 */
export function passwordFromFile(
  target: { host: string; port: number; database: string; user: string }, passfile: string | undefined, warn: (text: string) => void,
): PasswordFound | null {
  const path = passfile ?? join(homedir(), '.pgpass');
  let text: string;
  try {
    const about = statSync(path);
    if (!about.isFile()) {
      warn(`the password file ${path} is not used: it is not a plain file`);
      return null;
    }
    if (process.platform !== 'win32' && (about.mode & 0o077) !== 0) {
      warn(`the password file ${path} is not used: others may read it; chmod 600 ${path}`);
      return null;
    }
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  // Another libpq has another folder built in: a line for the folder itself fits as well.
  const hosts = target.host === DEFAULT_SOCKET ? ['localhost', target.host] : [target.host];
  const wanted = [hosts, [String(target.port)], [target.database], [target.user]];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const fields = fieldsOf(line);
    const password = fields[4];
    if (password !== undefined && wanted.every((values, index) => fields[index]?.raw === '*' || values.includes(fields[index]?.text ?? ''))) return { password: password.text, path };
  }
  return null;
}

/** Fields between colons; a backslash takes the meaning from the character after it. */
function fieldsOf(line: string): { raw: string; text: string }[] {
  const fields = [{ raw: '', text: '' }];
  for (let at = 0; at < line.length; at += 1) {
    const field = fields.at(-1);
    const char = line[at] ?? '';
    if (!field) break;
    if (char === ':') { fields.push({ raw: '', text: '' }); continue; }
    const escaped = char === '\\' && at + 1 < line.length;
    if (escaped) at += 1;
    field.raw += escaped ? `\\${line[at] ?? ''}` : char;
    field.text += escaped ? line[at] ?? '' : char;
  }
  return fields;
}
