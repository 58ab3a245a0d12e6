/** Everything that begins or ends a quote, a comment, a parenthesis or a statement. */
const MARKS = /'|"|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|--|\/\*|\*\/|\\|;|\(|\)/g;

/**
 * Follows SQL text line by line, only as far as to know where statements end:
 * quotes, dollar quotes, nested comments, parentheses and the bodies of
 * `BEGIN ATOMIC … END` (manual: "Lexical Structure").
 */
export class ScriptLexer {
  /** What is open: a quote (its closing mark), `e` for a quote with backslash escapes, or `*` for a comment. */
  private open: string | null = null;
  private comments = 0;
  private parentheses = 0;
  private statement = '';
  /** Every quote has backslash escapes: `standard_conforming_strings` is off. */
  private escapes = false;

  /** Whether the next line begins outside every quote and comment. */
  get outside(): boolean {
    return this.open === null;
  }

  /** Whether a statement has begun and not ended. */
  get within(): boolean {
    return this.statement.trim() !== '' || this.open !== null;
  }

  /**
   * Reads a line. Gives the statements that end on it, each with its text
   * (comments left out, for its first words) and the index after its semicolon.
   */
  read(line: string): { text: string; end: number }[] {
    const ended: { text: string; end: number }[] = [];
    let at = 0;
    MARKS.lastIndex = 0;
    for (let match = MARKS.exec(line); match; match = MARKS.exec(line)) {
      const mark = match[0];
      if (this.open !== null) {
        if (this.open === '*') {
          this.comments += mark === '/*' ? 1 : mark === '*/' ? -1 : 0;
          if (this.comments === 0) { this.open = null; at = MARKS.lastIndex; }
        } else if (this.open === 'e' && mark === '\\') MARKS.lastIndex += 1;
        else if (mark === (this.open === 'e' ? "'" : this.open)) this.open = null;
        // A closing mark may be part of another: `$a$` inside `$$`, `*/` in a text.
        else if (mark.length > 1) MARKS.lastIndex = match.index + 1;
        continue;
      }
      if (mark === '--') { this.statement += `${line.slice(at, match.index)} `; return ended; }
      if (mark === '/*') { this.statement += line.slice(at, match.index); this.open = '*'; this.comments = 1; continue; }
      if (mark === "'") this.open = this.escapes || /(?:^|[^\w$])e$/i.test(line.slice(Math.max(0, match.index - 2), match.index)) ? 'e' : "'";
      else if (mark === '"') this.open = '"';
      else if (mark.startsWith('$')) this.open = /[\w$]/.test(line[match.index - 1] ?? '') ? null : mark;
      else if (mark === '(') this.parentheses += 1;
      else if (mark === ')') this.parentheses -= 1;
      else if (mark === ';' && this.parentheses <= 0) {
        const text = this.statement + line.slice(at, match.index);
        at = MARKS.lastIndex;
        // The statements of a body end with semicolons of their own; its END ends it.
        if (/\bbegin\s+atomic\b/i.test(text) && !/\bend\s*$/i.test(text)) { this.statement = `${text};`; continue; }
        ended.push({ text: text.trim(), end: at });
        const setting = /^set\s+(?:session\s+)?standard_conforming_strings\s*(?:=|\bto\b)\s*'?(\w+)/i.exec(text.trim());
        if (setting) this.escapes = /^(?:off|false|no|0)$/i.test(setting[1] ?? '');
        this.statement = '';
        this.parentheses = 0;
      }
    }
    if (this.open !== '*') this.statement += `${line.slice(at)}\n`;
    return ended;
  }
}
