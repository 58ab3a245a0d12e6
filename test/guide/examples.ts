/** Guides in the usual shapes, in our own words, for tests that compare whole graphs. */
const F = '```';

export const examples: Record<string, string> = {
  mixed: `# Piers for all boats

## Apply

**Checks:**

- [ ] Close the harbour
- [ ] Look at the boats:
  ${F}sql
  SELECT 1;
  ${F}
  Expected: 1
- [ ] The crews know
- [ ] Move them:
  ${F}sql
  UPDATE boats SET pier = 2;
  ${F}

  ${F}sql
  SELECT 3;
  ${F}
- [ ] Nobody is on board
  - [ ] not even the cat
- [ ] Tell them:
  ${F}bash
  echo open
  ${F}

## Rollback

- [ ] Stop the crane
- [ ] Move them back:
  ${F}sql
  UPDATE boats SET pier = 1;
  ${F}
- [ ] Look once more
- [ ] Count them:
  ${F}sql
  SELECT count(*) FROM boats;
  ${F}
`,
  queries: `# Piers for all boats

## Verify

- [ ] \`SELECT count(*) FROM boats WHERE pier IS NULL\` returns 0
- [ ] Somebody looked at the piers
  - [ ] \`SELECT name FROM piers;\` → 3 rows
  - [x] \`SELECT name, state FROM piers\` returns one row with \`state = 'open'\`, and the pier is painted
    - by the harbour master
- [ ] \`SELECT count(*) FROM berths\` returns as many as last year

1. [ ] \`SELECT count(*) FROM boats\` should return 3

${F}sql
SELECT count(*) FROM crews;
${F}

- [ ] Expected: 4
- [ ] \`SELECT count(*) FROM berths\` = 40
`,
  cells: `# Piers for all boats

## Before

Expected results:
| # | Check | Query | Should be | If it fails |
|---|---|---|---|---|
| 1 | Every boat is named | \`SELECT count(*) FROM boats WHERE name IS NULL\` | 0 | Ask the harbour master |
| 2 | Piers | \`\`SELECT name FROM piers WHERE name ~ '^(north\\|south)$';\`\` | as agreed | |

## Apply

| Step | Command | Expected |
|---|---|---|
| Add | \`ALTER TABLE boats ADD COLUMN pier int\` | ALTER TABLE |
| Fill | \`UPDATE boats SET pier = 1 WHERE pier IS NULL\` | 14 rows updated |

## Verify

All of these should return 0:

| Query |
|---|
| \`SELECT count(*) FROM boats WHERE pier IS NULL\` |
| \`SELECT count(*) FROM piers WHERE name IS NULL\` |

1. Look at one boat:

   | Query | Result |
   |---|---|
   | \`SELECT pier FROM boats WHERE id = <boat-id>\` | \`1\` |

2. And at the piers:

   ${F}sql
   SELECT name FROM piers;
   ${F}

## Figures of the harbour

| Figure | Query | Expected |
|---|---|---|
| Boats | \`SELECT count(*) FROM boats\` | > 0 |

Expected: as many as last year.

## Figures of the piers

${F}sql
SELECT count(*) FROM piers;
${F}

## Rollback

| Step | Command |
|---|---|
| 1 | \`ALTER TABLE boats DROP COLUMN pier\` |
`,
  plain: `# Add a colour to cars

## Prerequisites

- [ ] A backup exists
- [ ] The team knows
  - [ ] on call
  - [ ] support

## Deployment Steps

### Step 1: Look around

1. Is the table there:
${F}sql
SELECT count(*) FROM cars;
${F}

2. Is the name free:
${F}sql
SELECT column_name FROM information_schema.columns WHERE column_name = 'colour';
${F}

Expected: 0 rows

### Step 2: Migration 001

${F}sql
BEGIN;
ALTER TABLE cars ADD COLUMN colour text DEFAULT 'grey';
CREATE INDEX cars_colour ON cars (colour);
COMMIT;

-- check
SELECT colour FROM cars WHERE colour IS NULL;
-- Expected: 0 rows
${F}

**If you see an error:**
- If the error says the column already exists: this is OK

### Step 3: Verify

- [ ] Run the report
  ${F}bash
  make report
  # Should print nothing
  ${F}
- [ ] **Expected**: no output

## Rollback

### Rollback Migration 001

${F}sql
DROP INDEX IF EXISTS cars_colour;
ALTER TABLE cars DROP COLUMN IF EXISTS colour;
${F}

## Sign-off

**Done by**: ________
`,
  parts: `# Two tables

## Apply

### Migration 1

${F}sql
CREATE TABLE one (id int);
${F}

### Migration 2

${F}sql
CREATE TABLE two (id int);
${F}

## Undo scripts

${F}sql
-- Rollback 2: the second
DROP TABLE two;

-- Rollback 1: the first
DROP TABLE one;
${F}
`,
  'options that comments of a fence name': '# G\n\n## Cleanup\n\n### Orphans\n\n```sql\nSELECT id FROM berths WHERE boat IS NULL;\n-- Expected: 0 rows\n\n-- Option 1: remove them\nDELETE FROM berths WHERE boat IS NULL;\n\n-- Option 2: give them a boat\nUPDATE berths SET boat = 1 WHERE boat IS NULL;\n```\n\n### Again\n\n```sql\n-- Option A: keep\nSELECT 1;\n-- Option B: drop\nSELECT 2;\n```\n\n### Check\n\n```sql\nSELECT 3;\n```\n',
};
