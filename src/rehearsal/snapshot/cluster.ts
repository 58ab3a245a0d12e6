import { FIRST_OWN_OID, nameOf, role, sorted, type Family } from './family.js';

/** Roles and their memberships, settings per role and database, the database itself, large objects. */
export const cluster: Family = {
  name: 'roles, settings and the database',
  catalogs: ['pg_authid', 'pg_auth_members', 'pg_db_role_setting', 'pg_database', 'pg_tablespace', 'pg_largeobject_metadata'],
  queries: (major) => [
    {
      object: ['pg_authid', 'r.oid'],
      facets: {
        attributes: `concat_ws(' ', CASE WHEN r.rolsuper THEN 'superuser' END, CASE WHEN r.rolinherit THEN 'inherit' ELSE 'noinherit' END, CASE WHEN r.rolcreaterole THEN 'createrole' END,
          CASE WHEN r.rolcreatedb THEN 'createdb' END, CASE WHEN r.rolcanlogin THEN 'login' ELSE 'nologin' END, CASE WHEN r.rolreplication THEN 'replication' END, CASE WHEN r.rolbypassrls THEN 'bypassrls' END)`,
        'connection limit': 'nullif(r.rolconnlimit, -1)', 'valid until': 'r.rolvaliduntil',
      },
      from: `FROM pg_roles r WHERE r.oid >= ${FIRST_OWN_OID} OR r.oid = 10`,
    },
    {
      object: ['pg_authid', 'm.member'], after: `' as member of ' || quote_ident((SELECT rolname FROM pg_roles WHERE oid = m.roleid))`, parent: ['pg_authid', 'm.member'],
      facets: {
        'part of': nameOf(['pg_authid', 'm.roleid']),
        options: `string_agg(DISTINCT concat_ws(', ', CASE WHEN m.admin_option THEN 'admin' END${major >= 16 ? `, CASE WHEN m.inherit_option THEN 'inherit' END, CASE WHEN m.set_option THEN 'set' END` : ''}), ' / ')`,
      },
      from: `FROM pg_auth_members m WHERE m.member >= ${FIRST_OWN_OID} OR m.roleid >= ${FIRST_OWN_OID} GROUP BY m.member, m.roleid`,
    },
    {
      name: `'setting ' || split_part(v, '=', 1) || CASE WHEN s.setrole = 0 THEN '' ELSE ' of role ' || quote_ident(${role('s.setrole')}) END || CASE WHEN s.setdatabase = 0 THEN '' ELSE ' in this database' END`,
      facets: { value: `substr(v, strpos(v, '=') + 1)`, 'part of': nameOf(['pg_authid', 's.setrole']) },
      from: `FROM pg_db_role_setting s, unnest(s.setconfig) AS v WHERE s.setdatabase = 0 OR s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    },
    {
      // Without its name: a copy of a database is the same one to a rehearsal.
      name: `'this database'`,
      facets: { owner: role('b.datdba'), 'connection limit': 'nullif(b.datconnlimit, -1)', 'is template': `CASE WHEN b.datistemplate THEN 'yes' END`, 'takes connections': `CASE WHEN NOT b.datallowconn THEN 'no' END`, 'collation version': 'b.datcollversion', tablespace: `(SELECT nullif(spcname, 'pg_default') FROM pg_tablespace WHERE oid = b.dattablespace)` },
      from: 'FROM pg_database b WHERE b.datname = current_database()',
    },
    {
      name: `'grant on this database to ' || CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE ${role('x.grantee')}::text END`,
      facets: { privileges: `string_agg(DISTINCT x.privilege_type || CASE WHEN x.is_grantable THEN ' with grant option' ELSE '' END, ', ')` },
      from: `FROM pg_database b, aclexplode(coalesce(b.datacl, acldefault('d', b.datdba))) AS x WHERE b.datname = current_database() GROUP BY x.grantee`,
    },
    {
      name: `'grant on parameter ' || p.parname || ' to ' || CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE ${role('x.grantee')}::text END`,
      facets: { privileges: `string_agg(DISTINCT x.privilege_type, ', ')` },
      from: 'FROM pg_parameter_acl p, aclexplode(p.paracl) AS x GROUP BY p.parname, x.grantee',
    },
    {
      object: ['pg_tablespace', 't.oid'], facets: { owner: role('t.spcowner'), options: sorted('t.spcoptions'), location: 'pg_tablespace_location(t.oid)' }, from: `FROM pg_tablespace t WHERE t.oid >= ${FIRST_OWN_OID}`,
    },
    {
      name: `'grant on tablespace ' || quote_ident(t.spcname) || ' to ' || CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE ${role('x.grantee')}::text END`,
      facets: { privileges: `string_agg(DISTINCT x.privilege_type || CASE WHEN x.is_grantable THEN ' with grant option' ELSE '' END, ', ')`, 'part of': nameOf(['pg_tablespace', 't.oid']) },
      from: `FROM pg_tablespace t, aclexplode(coalesce(t.spcacl, acldefault('t', t.spcowner))) AS x GROUP BY t.oid, t.spcname, x.grantee`,
    },
    {
      // Read only where the role may (a superuser); elsewhere the snapshot says that it was not.
      name: `'password of role ' || quote_ident(a.rolname)`, facets: { hash: 'md5(a.rolpassword)', 'part of': nameOf(['pg_authid', 'a.oid']) },
      from: `FROM pg_authid a WHERE a.rolpassword IS NOT NULL AND a.oid >= ${FIRST_OWN_OID}`,
    },
    {
      name: `'server setting ' || f.name`, facets: { value: `string_agg(f.setting, ', ' ORDER BY f.seqno)` },
      from: `FROM pg_file_settings f WHERE f.sourcefile LIKE '%postgresql.auto.conf' GROUP BY f.name`,
    },
    { object: ['pg_largeobject', 'o.oid'], facets: { owner: role('o.lomowner') }, from: 'FROM pg_largeobject_metadata o' },
  ],
};
