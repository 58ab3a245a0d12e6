/**
 * Relations of the catalogue that hold names and definitions. Those that hold
 * rows' values (pg_stats, pg_largeobject), queries of other sessions
 * (pg_stat_activity) or secrets (pg_authid, pg_user_mappings) are not among them.
 */
const relation = new RegExp(`^(?:pg_catalog\\.)?pg_(?:${[
  'am', 'amop', 'amproc', 'attrdef', 'attribute', 'cast', 'class', 'collation', 'constraint', 'conversion', 'database', 'default_acl', 'depend', 'enum', 'event_trigger', 'extension', 'available_extensions', 'index', 'indexes', 'inherits', 'language',
  'locks', 'matviews', 'namespace', 'opclass', 'operator', 'opfamily', 'partitioned_table', 'policies', 'policy', 'proc', 'publication', 'publication_tables', 'range', 'rewrite', 'roles', 'rules', 'sequence', 'sequences', 'shdepend',
  'stat_(?:user|all)_(?:tables|indexes|functions)', 'stat_database', 'statio_(?:user|all)_(?:tables|indexes)', 'tables', 'tablespace', 'trigger', 'type', 'views',
].join('|')})$|^information_schema\\.(?:columns|tables|views|routines|parameters|schemata|sequences|triggers|domains|key_column_usage|table_constraints|referential_constraints|constraint_column_usage|check_constraints|constraint_table_usage|role_table_grants|table_privileges|column_privileges|routine_privileges|usage_privileges|enabled_roles|applicable_roles|element_types|view_table_usage)$`, 'i');
/** Functions that tell of structure, or only rearrange what they are given; anything else might read a table. */
const call = /^(?:pg_catalog\.)?(?:pg_get_\w+|pg_(?:total_)?(?:table_|indexes_|relation_|database_)?size|pg_size_pretty|pg_table_is_visible|pg_function_is_visible|pg_type_is_visible|format_type|obj_description|col_description|to_reg\w+|quote_ident|has_\w+_privilege|current_schemas?|aclexplode|unnest|generate_series|count|sum|avg|min|max|bool_and|bool_or|every|array_agg|string_agg|json_agg|jsonb_agg|json_build_object|jsonb_build_object|array_length|array_to_string|cardinality|coalesce|nullif|greatest|least|lower|upper|left|right|length|replace|concat|concat_ws|format|split_part|trim|btrim|round|abs|starts_with|regexp_replace|regexp_matches|position|row_number|rank)$/i;
const words = new Set(['and', 'or', 'not', 'in', 'any', 'all', 'some', 'exists', 'array', 'filter', 'over', 'as', 'values', 'when', 'then', 'else', 'case', 'on', 'using', 'where', 'select', 'from', 'join', 'lateral', 'with', 'by', 'having', 'union', 'except', 'intersect', 'like', 'ilike', 'between', 'within', 'materialized', 'varchar', 'numeric', 'char', 'distinct', 'is']);

/**
 * Whether a query reads nothing but names and definitions of the catalogue,
 * which are no personal data. Doubt counts as no: an unknown relation, an
 * unknown function, a list of relations after FROM, anything but SELECT.
 */
export function readsCatalogueOnly(query: string): boolean {
  const sql = query.replace(/--[^\n]*/g, ' ').replace(/\/\*[^]*?\*\//g, ' ').replace(/'(?:[^']|'')*'/g, "''").replace(/\s+/g, ' ').trim().replace(/;$/, '');
  if (!/^(?:select|with)\b/i.test(sql) || /[$;]|\b(?:into|insert|update|delete|merge|copy|table)\b(?!\s*=|[_.])/i.test(sql.replace(/"[^"]*"/g, 'x'))) return false;
  const named = new Set([...sql.matchAll(/(?:\bwith(?: recursive)?|,|\)) (\w+) as (?:not )?(?:materialized )?\(/gi)].map((match) => (match[1] ?? '').toLowerCase()));
  const sources = [...sql.matchAll(/\b(?:from|join) (?:only )?(?:lateral )?(\(|[\w."]+)([^()]*?(?=\b(?:where|group|order|join|left|right|inner|cross|full|on|limit|union|except|intersect|having|offset|window|from)\b|[()]|$))/gi)];
  if (sources.length === 0 || sources.length !== [...sql.matchAll(/\b(?:from|join)\b/gi)].length) return false;
  const calls = [...sql.matchAll(/([\w.]+|") ?\(/g)].map((match) => (match[1] ?? '').toLowerCase());
  return sources.every(([, source = '', rest = '']) => !rest.includes(',') && (source === '(' || relation.test(source) || named.has(source.toLowerCase()) || call.test(source)))
    && calls.every((name) => call.test(name) || words.has(name) || named.has(name));
}
