import { compileGuide } from '../../src/graph/compile.js';
import type { Graph } from '../../src/graph/graph.js';
import { nodeFiles } from '../../src/guide/files.js';

/** A guide with a step of every kind. */
export const ordersGuide = `---
guide: order-notes
title: Add order notes
estimate: 10m
risk: medium
parameters:
  tenant: { type: text, ask: "Which tenant?", default: acme }
---
# Add order notes

## Pre-flight

- [ ] Backup of the database taken and its size written down
  - [ ] Restored once on another machine
- [ ] 支払い team told 👩‍👩‍👧, and the café\u0301 tablets too
- [ ] Queue is empty

### Sizes

- Orders today: ____ rows
- Longest query: ____ ms

## Deployment

### Option A: in place

The column is nullable, so no table is rewritten.

\`\`\`sql id=column
ALTER TABLE orders ADD COLUMN note text; -- stays empty
UPDATE orders SET note = 'none' WHERE tenant = :'tenant';
\`\`\`

\`\`\`expect
statement 2: affected = 50
\`\`\`

### Option B: a table of its own

\`\`\`sql id=table
CREATE TABLE order_notes (order_id bigint PRIMARY KEY, note text);
\`\`\`

### Caches

\`\`\`sh id=cache
./clear-cache --all
\`\`\`

## Verification

\`\`\`sql id=verify
SELECT id, tenant, note FROM orders ORDER BY id;
\`\`\`

\`\`\`expect
rows = 50
operator "The list in the shop shows notes"
\`\`\`

## Monitoring

\`\`\`sql id=watch repeat="30s for 30m"
SELECT count(*) AS waiting, 12.5 AS p95_ms FROM pg_stat_activity;
\`\`\`

\`\`\`expect
column waiting <= 40
\`\`\`

## Sign-off

<!-- step: id=approve -->
- [ ] Signed off by the owner

## Rollback

Roll back if more than 5 orders lose their note.

\`\`\`sql id=undo reverts=column
ALTER TABLE orders DROP COLUMN note;
\`\`\`

\`\`\`sql id=undo-table reverts=table
DROP TABLE order_notes;
\`\`\`
`;

/** The guide compiled. */
export async function ordersGraph(): Promise<Graph> {
  return compileGuide({ path: 'guides/order-notes.md', text: ordersGuide }, nodeFiles);
}
