/** Where the server, Supabase or pg_cron lists each kind of thing: catalogs by their own names, without a schema. Source: PostgreSQL, "System Catalogs" and "The Information Schema". */
const OF_KIND: readonly (readonly [kind: RegExp, catalogs: RegExp])[] = [
  [/^tables?$/, /^(?:tables|pg_tables|pg_class)$/], [/^columns?$/, /^(?:columns|pg_attribute)$/], [/^views?$/, /^(?:views|pg_views)$/],
  [/^functions?$/, /^(?:routines|pg_proc)$/], [/^triggers?$/, /^(?:triggers|pg_trigger)$/], [/^(?:indexes|index|indices)$/, /^(?:pg_indexes|pg_index)$/],
  [/^polic(?:y|ies)$/, /^(?:pg_policies|pg_policy)$/], [/^jobs?$/, /^job$/], [/^buckets?$/, /^buckets$/], [/^extensions?$/, /^pg_extension$/],
  [/^(?:enums?|types?)$/, /^(?:pg_type|pg_enum)$/], [/^constraints?$/, /^(?:table_constraints|pg_constraint)$/],
];
const CATALOG = /^(?:pg_\w+|tables|columns|routines|views|triggers|table_constraints|key_column_usage|constraint_column_usage|referential_constraints|schemata|parameters|role_table_grants|table_privileges|policies|buckets|job)$/i;

/** The catalogs in which things of a kind are looked for, by the word for it in lower case; undefined where the word is no kind. */
export const catalogsOf = (word: string): RegExp | undefined => OF_KIND.find(([kind]) => kind.test(word))?.[1];

/** Whether a table is one of the catalogs, which lists what there is. */
export const isCatalog = (table: string): boolean => CATALOG.test(table);
