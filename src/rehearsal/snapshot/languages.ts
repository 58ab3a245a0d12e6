import { FIRST_OWN_OID, madeForType, nameOf, role, type Family } from './family.js';

const routine = (oid: string): string => `nullif(${oid}::oid, 0)::regprocedure`;

/** What makes SQL itself richer: languages, casts, operators, collations, conversions, text search, access methods. */
export const languages: Family = {
  name: 'languages, operators and text search',
  catalogs: ['pg_language', 'pg_cast', 'pg_transform', 'pg_operator', 'pg_opclass', 'pg_opfamily', 'pg_amop', 'pg_amproc', 'pg_am',
    'pg_collation', 'pg_conversion', 'pg_ts_config', 'pg_ts_config_map', 'pg_ts_dict', 'pg_ts_parser', 'pg_ts_template'],
  queries: (major) => [
    {
      object: ['pg_language', 'l.oid'],
      facets: { owner: role('l.lanowner'), trusted: 'l.lanpltrusted', handler: routine('l.lanplcallfoid'), inline: routine('l.laninline'), validator: routine('l.lanvalidator') },
      from: 'FROM pg_language l',
    },
    {
      object: ['pg_cast', 'k.oid'],
      facets: { 'part of': madeForType('pg_cast', 'k.oid'), function: routine('k.castfunc'), context: 'k.castcontext', method: 'k.castmethod' },
      from: `FROM pg_cast k WHERE k.oid >= ${FIRST_OWN_OID}`,
    },
    { object: ['pg_transform', 't.oid'], facets: { from: routine('t.trffromsql'), to: routine('t.trftosql') }, from: 'FROM pg_transform t' },
    {
      object: ['pg_operator', 'o.oid'], schema: 'o.oprnamespace',
      facets: {
        owner: role('o.oprowner'), function: routine('o.oprcode'), commutator: 'nullif(o.oprcom, 0)::regoperator', negator: 'nullif(o.oprnegate, 0)::regoperator',
        restrict: routine('o.oprrest'), join: routine('o.oprjoin'), hashes: 'o.oprcanhash', merges: 'o.oprcanmerge',
      },
      from: 'FROM pg_operator o',
    },
    { object: ['pg_opfamily', 'f.oid'], schema: 'f.opfnamespace', facets: { owner: role('f.opfowner') }, from: 'FROM pg_opfamily f' },
    {
      object: ['pg_opclass', 'c.oid'], schema: 'c.opcnamespace', parent: ['pg_opfamily', 'c.opcfamily'],
      facets: { owner: role('c.opcowner'), family: nameOf(['pg_opfamily', 'c.opcfamily']), type: 'c.opcintype::regtype', key: 'nullif(c.opckeytype, 0)::regtype', default: 'c.opcdefault' },
      from: 'FROM pg_opclass c',
    },
    {
      object: ['pg_amop', 'm.oid'], root: ['pg_opfamily', 'm.amopfamily'], schema: 'f.opfnamespace', parent: ['pg_opfamily', 'm.amopfamily'],
      facets: { operator: 'm.amopopr::regoperator', purpose: 'm.amoppurpose', 'sorted by': `CASE WHEN m.amopsortfamily <> 0 THEN ${nameOf(['pg_opfamily', 'm.amopsortfamily'])} END` },
      from: 'FROM pg_amop m JOIN pg_opfamily f ON f.oid = m.amopfamily',
    },
    {
      object: ['pg_amproc', 'm.oid'], root: ['pg_opfamily', 'm.amprocfamily'], schema: 'f.opfnamespace', parent: ['pg_opfamily', 'm.amprocfamily'],
      facets: { function: 'm.amproc::oid::regprocedure' },
      from: 'FROM pg_amproc m JOIN pg_opfamily f ON f.oid = m.amprocfamily',
    },
    { object: ['pg_am', 'a.oid'], facets: { handler: 'a.amhandler::oid::regprocedure', kind: 'a.amtype' }, from: `FROM pg_am a WHERE a.oid >= ${FIRST_OWN_OID}` },
    {
      object: ['pg_collation', 'c.oid'], schema: 'c.collnamespace',
      facets: {
        owner: role('c.collowner'), provider: 'c.collprovider', deterministic: 'c.collisdeterministic', encoding: 'nullif(c.collencoding, -1)', collate: 'c.collcollate', ctype: 'c.collctype',
        version: 'c.collversion',
        locale: major >= 17 ? 'c.colllocale' : 'c.colliculocale', ...(major >= 16 ? { rules: 'c.collicurules' } : {}),
      },
      from: 'FROM pg_collation c',
    },
    { object: ['pg_conversion', 'c.oid'], schema: 'c.connamespace', facets: { owner: role('c.conowner'), function: 'c.conproc::oid::regprocedure', encodings: `c.conforencoding || ' ' || c.contoencoding`, default: 'c.condefault' }, from: 'FROM pg_conversion c' },
    {
      object: ['pg_ts_config', 'c.oid'], schema: 'c.cfgnamespace',
      facets: {
        owner: role('c.cfgowner'), parser: nameOf(['pg_ts_parser', 'c.cfgparser']),
        mappings: `(SELECT string_agg(m.maptokentype || '.' || m.mapseqno || ' ' || m.mapdict::regdictionary, ', ' ORDER BY m.maptokentype, m.mapseqno) FROM pg_ts_config_map m WHERE m.mapcfg = c.oid)`,
      },
      from: 'FROM pg_ts_config c',
    },
    { object: ['pg_ts_dict', 'd.oid'], schema: 'd.dictnamespace', facets: { owner: role('d.dictowner'), template: nameOf(['pg_ts_template', 'd.dicttemplate']), options: 'd.dictinitoption' }, from: 'FROM pg_ts_dict d' },
    { object: ['pg_ts_parser', 'p.oid'], schema: 'p.prsnamespace', facets: { functions: `concat_ws(', ', p.prsstart, p.prstoken, p.prsend, p.prsheadline, p.prslextype)` }, from: 'FROM pg_ts_parser p' },
    { object: ['pg_ts_template', 't.oid'], schema: 't.tmplnamespace', facets: { functions: `concat_ws(', ', t.tmplinit, t.tmpllexize)` }, from: 'FROM pg_ts_template t' },
  ],
};
