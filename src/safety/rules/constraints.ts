import { text } from '../../guide/sql-nodes.js';
import type { Rule } from '../rule.js';
import { alterations, columnsAdded, constraintsAdded, constraintsOf, hasOption, tableOf } from '../tree.js';

/** Constraints and indexes of tables that are in use. */
export const constraintRules: Rule[] = [
  {
    id: 'add-foreign-key', severity: 'error', why: 'both tables are locked against writing while every row is checked', safer: 'add it NOT VALID, then VALIDATE CONSTRAINT in another transaction',
    find: (one, { created }) => (created.has(tableOf(one)) ? [] : [
      ...constraintsAdded(one, 'CONSTR_FOREIGN').filter((added) => added['skip_validation'] !== true),
      ...columnsAdded(one).filter(({ isNew }) => !isNew).flatMap(({ column }) => constraintsOf(column, 'CONSTR_FOREIGN')),
    ].map(() => ({ what: 'adds a foreign key and checks it at once', mark: /foreign\s+key|references/i }))),
  },
  {
    id: 'add-check', severity: 'error', why: 'the table is locked while every row is checked', safer: 'add it NOT VALID, then VALIDATE CONSTRAINT in another transaction',
    find: (one, { created }) => (created.has(tableOf(one)) ? [] : constraintsAdded(one, 'CONSTR_CHECK', 'CONSTR_NOTNULL').filter((added) => added['skip_validation'] !== true).map(() => ({ what: 'adds a CHECK and checks it at once', mark: /\bcheck\b|not\s+null/i }))),
  },
  {
    id: 'add-unique', severity: 'error', why: 'its index is built while nobody can read or write the table', safer: 'CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX',
    find: (one, { created }) => (created.has(tableOf(one)) ? [] : [
      ...constraintsAdded(one, 'CONSTR_UNIQUE', 'CONSTR_PRIMARY').filter((added) => text(added, 'indexname') === null),
      ...columnsAdded(one).filter(({ isNew }) => !isNew).flatMap(({ column }) => [...constraintsOf(column, 'CONSTR_UNIQUE'), ...constraintsOf(column, 'CONSTR_PRIMARY')]),
    ].map((added) => ({ what: text(added, 'contype') === 'CONSTR_PRIMARY' ? 'adds a primary key and builds its index' : 'adds a unique constraint and builds its index', mark: /unique|primary\s+key/i }))),
  },
  {
    id: 'add-exclusion', severity: 'error', why: 'it can neither be added NOT VALID nor use an index built before: the table is locked while it is built', safer: 'do it in a maintenance window, or on a new table',
    find: (one, { created }) => (created.has(tableOf(one)) ? [] : constraintsAdded(one, 'CONSTR_EXCLUSION').map(() => ({ what: 'adds an exclusion constraint', mark: /exclude/i }))),
  },
  {
    id: 'validate-at-once', severity: 'warning', why: 'the lock of the first statement is held while the second reads every row', safer: 'validate in a step or transaction of its own',
    find: (one, { all, index }) => alterations(one, 'AT_ValidateConstraint').filter((cmd) => one.inTransaction && all.slice(0, index).some((before) => before.group === one.group && before.inTransaction && constraintsAdded(before, 'CONSTR_FOREIGN', 'CONSTR_CHECK').some((added) => text(added, 'conname') === text(cmd, 'name'))))
      .map(() => ({ what: 'validates a constraint in the transaction that adds it', mark: /validate/i })),
  },
  {
    id: 'attach-partition', severity: 'warning', why: 'the partition is locked while every row of it is checked', safer: 'add a CHECK with the bounds to it first, NOT VALID and then validated: it needs no scan then',
    find: (one, { created }) => alterations(one, 'AT_AttachPartition').filter(() => !created.has(tableOf(one))).map(() => ({ what: 'attaches a partition', mark: /attach/i })),
  },
  {
    id: 'index-not-concurrent', severity: 'error', why: 'nobody can write to the table while the index is built', safer: 'CREATE INDEX CONCURRENTLY, in a fence of its own',
    find: (one, { created }) => (one.kind === 'IndexStmt' && one.body['concurrent'] !== true && !created.has(tableOf(one)) ? [{ what: 'builds an index', mark: /index/i }] : []),
  },
  {
    id: 'concurrent-if-not-exists', severity: 'warning', why: 'an attempt that broke off leaves an invalid index of that name, and IF NOT EXISTS takes it for done', safer: 'DROP INDEX CONCURRENTLY IF EXISTS first, and check pg_index.indisvalid after',
    find: (one) => (one.kind === 'IndexStmt' && one.body['concurrent'] === true && one.body['if_not_exists'] === true ? [{ what: 'builds an index concurrently IF NOT EXISTS', mark: /if\s+not\s+exists/i }] : []),
  },
  {
    id: 'drop-index-not-concurrent', severity: 'warning', why: 'it waits for every reader of the table, and all later ones wait behind it', safer: 'DROP INDEX CONCURRENTLY, in a fence of its own',
    find: (one, { all, index }) => (one.kind === 'DropStmt' && text(one.body, 'removeType') === 'OBJECT_INDEX' && one.body['concurrent'] !== true && !all.slice(0, index).some((before) => before.kind === 'IndexStmt' && new RegExp(`\\b${(text(before.body, 'idxname') ?? '-').replace(/\W/g, '.')}\\b`).test(one.sql)) ? [{ what: 'drops an index', mark: /index/i }] : []),
  },
  {
    id: 'reindex-not-concurrent', severity: 'error', why: 'nobody can write to the table while the index is built anew', safer: 'REINDEX … CONCURRENTLY',
    find: (one) => (one.kind === 'ReindexStmt' && !hasOption(one.body, 'params', 'concurrently') ? [{ what: 'builds indexes anew' }] : []),
  },
  {
    id: 'concurrent-in-transaction', severity: 'error', why: 'PostgreSQL refuses it inside a transaction block', safer: 'take it out of BEGIN … COMMIT',
    find: (one) => (one.inTransaction && /\bconcurrently\b/i.test(one.sql) && (one.kind === 'IndexStmt' || one.kind === 'DropStmt' || one.kind === 'ReindexStmt') ? [{ what: 'works CONCURRENTLY inside a transaction', mark: /concurrently/i }] : []),
  },
];
