import type { Fence } from './block.js';

/** The language of an info string, also as `sql:file.sql` and Pandoc's `{.sql …}`, and what stands after it. */
export function readInfo(info: string): Pick<Fence, 'lang' | 'meta'> {
  const match = /^\{\s*\.([\w+#-]+)|^([^\s{:]+)(?=[\s{:]|$)/.exec(info);
  const lang = match?.[1] ?? match?.[2] ?? '';
  return { lang: lang === '' ? null : lang.toLowerCase(), meta: info.slice(match?.[0].length ?? 0).trim() };
}

const SQL = /^(?:sql|psql|pgsql|plpgsql|postgres\w*)$/;

/** Whether the language of an info string is PostgreSQL's SQL. */
export function isSqlLanguage(lang: string | null): boolean {
  return lang !== null && SQL.test(lang);
}
