/** A way there and a way back. Each text is sent as one message; an array as one after the other. */
export interface Pair { name: string; forward: string | string[]; rollback: string | string[] }

/** A rollback that forgets something, and what must be named. */
export interface Fault extends Pair {
  /** `left index shop.x`, `missing …`, `changed …`, or `rows shop.item(price)` for lost contents. All of them must be named, and nothing else. */
  finds: string[];
}

/** The database that every pair starts from: something of every kind. */
export const baseline = `
DO $$ DECLARE r text; BEGIN
  FOREACH r IN ARRAY ARRAY['reader', 'writer', 'boss'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN EXECUTE format('CREATE ROLE %I', r); END IF;
  END LOOP;
END $$;
CREATE SCHEMA shop;
CREATE EXTENSION citext WITH SCHEMA shop;
CREATE TYPE shop.order_state AS ENUM ('new', 'paid', 'sent');
CREATE TYPE shop.address AS (street text, city text);
CREATE DOMAIN shop.positive AS integer CONSTRAINT above_zero CHECK (VALUE > 0);
CREATE TYPE shop.price_range AS RANGE (subtype = numeric);
CREATE COLLATION shop.plain FROM "C";
CREATE SEQUENCE shop.ticket START 100;
CREATE TABLE shop.item (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  price numeric(10, 2) NOT NULL DEFAULT 1,
  note text,
  tags text[],
  size shop.positive,
  state text NOT NULL DEFAULT 'fresh',
  CONSTRAINT price_positive CHECK (price >= 0),
  CONSTRAINT item_name_key UNIQUE (name)
);
INSERT INTO shop.item (name, price, note, size) SELECT 'item ' || n, n, CASE WHEN n % 3 = 0 THEN 'note ' || n END, n FROM generate_series(1, 50) AS n;
CREATE INDEX item_price_idx ON shop.item (price);
CREATE TABLE shop.orders (
  id serial PRIMARY KEY,
  item_id bigint REFERENCES shop.item (id) ON DELETE CASCADE,
  state shop.order_state NOT NULL DEFAULT 'new',
  quantity integer DEFAULT 1,
  label text
) WITH (fillfactor = 80);
INSERT INTO shop.orders (item_id, quantity, label) SELECT n, n * 2, 'order ' || n FROM generate_series(1, 20) AS n;
ALTER TABLE shop.orders REPLICA IDENTITY FULL;
ALTER TABLE shop.orders ALTER label SET STATISTICS 200;
CREATE TABLE shop.pair (one text, other text);
INSERT INTO shop.pair VALUES ('a', 'x'), ('b', 'y');
CREATE TABLE shop.log (id bigint, day date NOT NULL, line text) PARTITION BY RANGE (day);
CREATE TABLE shop.log_2024 PARTITION OF shop.log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE shop.log_2025 PARTITION OF shop.log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
INSERT INTO shop.log VALUES (1, '2024-05-05', 'first'), (2, '2025-05-05', 'second');
CREATE TABLE shop.parent (id integer, kind text);
CREATE TABLE shop.child (extra text) INHERITS (shop.parent);
CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION shop.secret(who text) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS 'SELECT 42';
REVOKE ALL ON FUNCTION shop.secret(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shop.secret(text) TO writer;
CREATE FUNCTION shop.plus(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE PROCEDURE shop.clean() LANGUAGE sql AS 'DELETE FROM shop.item WHERE id < 0';
CREATE AGGREGATE shop.total (integer) (SFUNC = shop.plus, STYPE = integer, INITCOND = '0');
CREATE OPERATOR shop.@+@ (FUNCTION = shop.plus, LEFTARG = integer, RIGHTARG = integer);
CREATE FUNCTION shop.as_text(shop.address) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1.city';
CREATE CAST (shop.address AS text) WITH FUNCTION shop.as_text(shop.address);
CREATE TRIGGER item_touch BEFORE UPDATE ON shop.item FOR EACH ROW EXECUTE FUNCTION shop.touch();
CREATE VIEW shop.cheap WITH (security_barrier = true) AS SELECT id, name, price FROM shop.item WHERE price < 10;
CREATE RULE cheap_no_delete AS ON DELETE TO shop.cheap DO INSTEAD NOTHING;
CREATE MATERIALIZED VIEW shop.totals AS SELECT item_id, sum(quantity) AS quantity FROM shop.orders GROUP BY item_id;
CREATE UNIQUE INDEX totals_item_idx ON shop.totals (item_id);
CREATE STATISTICS shop.item_stats (dependencies) ON name, price FROM shop.item;
ALTER TABLE shop.item ENABLE ROW LEVEL SECURITY;
CREATE POLICY item_read ON shop.item FOR SELECT TO reader USING (price > 0);
CREATE POLICY item_write ON shop.item FOR UPDATE TO writer USING (true) WITH CHECK (price > 0);
GRANT USAGE ON SCHEMA shop TO reader, writer;
GRANT SELECT ON shop.item, shop.cheap TO reader;
GRANT SELECT, INSERT ON shop.item TO writer;
GRANT UPDATE (price, note) ON shop.item TO writer;
GRANT USAGE ON SEQUENCE shop.ticket TO writer;
ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO reader;
ALTER DEFAULT PRIVILEGES FOR ROLE boss REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
COMMENT ON TABLE shop.item IS 'What is sold';
COMMENT ON COLUMN shop.item.price IS 'In euro';
COMMENT ON FUNCTION shop.secret(text) IS 'The answer';
COMMENT ON INDEX shop.item_price_idx IS 'For the list';
CREATE PUBLICATION shop_pub FOR TABLE shop.orders WITH (publish = 'insert, update');
CREATE FOREIGN DATA WRAPPER far;
CREATE SERVER remote FOREIGN DATA WRAPPER far OPTIONS (host 'db.example.com');
CREATE USER MAPPING FOR reader SERVER remote OPTIONS (password 'not told');
CREATE FOREIGN TABLE shop.distant (id integer, label text) SERVER remote OPTIONS (name 'distant');
CREATE TEXT SEARCH CONFIGURATION shop.words (COPY = pg_catalog.simple);
CREATE FUNCTION shop.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER shop_watch ON ddl_command_end WHEN TAG IN ('DROP SCHEMA') EXECUTE FUNCTION shop.watch();
`;
