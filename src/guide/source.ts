import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';

/** A document as the compiler reads it: LF lines, no BOM, no NUL; lines count as in the file. */
export interface Source {
  path: string;
  /** Folder that every file named by the guide must lie in. */
  root: string;
  text: string;
  lines: string[];
  /** Hash of the bytes as given, so that a run can name exactly what it ran. */
  sha256: string;
  /** What had to be changed to read the text. */
  repairs: ('bom' | 'crlf' | 'nul' | 'encoding' | 'binary')[];
}

const FOLDER = /[\\/][^\\/]*$/;

/**
 * The tree a guide's files must lie in: its folder, or the project's where the guide
 * stands in a folder called `guides`, whose SQL lies beside it in `migrations`.
 */
function folderTree(path: string): string {
  if (!FOLDER.test(path)) return '.';
  const folder = path.replace(FOLDER, '');
  const tree = /[\\/]guides$/.test(folder) ? folder.replace(FOLDER, '') : folder;
  return tree || '/';
}

/**
 * Decodes a document. Takes text or bytes in UTF-8; gives LF text with one entry
 * per line. Bytes that are not UTF-8 become U+FFFD, a NUL too: libpg-query would
 * silently stop at a NUL.
 */
export function readSource(path: string, given: string | Uint8Array, root?: string): Source {
  const bytes = typeof given === 'string' ? Buffer.from(given, 'utf8') : given;
  let text = typeof given === 'string' ? given : new TextDecoder('utf-8', { ignoreBOM: true }).decode(given);
  const repairs: Source['repairs'] = [];
  if (!isUtf8(bytes)) repairs.push('encoding');
  if (text.startsWith('\uFEFF')) {
    text = text.slice(1);
    repairs.push('bom');
  }
  if (text.includes('\r')) {
    text = text.replace(/\r\n?/g, '\n');
    repairs.push('crlf');
  }
  if (text.includes('\0')) {
    text = text.replaceAll('\0', '\uFFFD');
    repairs.push('nul');
  }
  if (looksBinary(text)) repairs.push('binary');
  return {
    path,
    root: root ?? folderTree(path),
    text,
    lines: text.split('\n'),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    repairs,
  };
}

function looksBinary(text: string): boolean {
  const head = text.slice(0, 8192);
  let odd = 0;
  for (const char of head) if (char === '\uFFFD' || (char < ' ' && char !== '\n' && char !== '\t')) odd += 1;
  return head.length > 0 && odd / head.length > 0.1;
}
