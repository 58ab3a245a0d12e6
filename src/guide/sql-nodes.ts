import type { Node } from './sql-parse.js';

/** The only key of a wrapped node (`{ SelectStmt: { … } }`) and what it holds. */
export function unwrap(node: unknown): [string, Node] {
  if (typeof node !== 'object' || node === null) return ['', {}];
  const [key] = Object.keys(node);
  if (key === undefined) return ['', {}];
  const inner = (node as Node)[key];
  return [key, typeof inner === 'object' && inner !== null ? (inner as Node) : {}];
}

export function child(node: Node, key: string): Node | null {
  const value = node[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : null;
}

export function children(node: Node, key: string): unknown[] {
  const value = node[key];
  return Array.isArray(value) ? value : [];
}

export function text(node: Node, key: string): string | null {
  const value = node[key];
  return typeof value === 'string' ? value : null;
}

/** Last part of a list of `String` nodes: the name without its schema. */
export function lastName(list: unknown[]): string | null {
  const [kind, node] = unwrap(list.at(-1));
  return kind === 'String' ? text(node, 'sval') : null;
}

/** Visits every node below, without recursion: trees of generated SQL are deep. */
export function visit(root: unknown, see: (key: string, node: Node) => void): void {
  if (typeof root !== 'object' || root === null) return;
  // Two stacks and `for … in` instead of entries: this walks every node of every statement.
  const keys: string[] = [''];
  const values: object[] = [root];
  for (let value = values.pop(); value; value = values.pop()) {
    const key = keys.pop() ?? '';
    if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index -= 1) {
        const one: unknown = value[index];
        if (typeof one !== 'object' || one === null) continue;
        keys.push(key);
        values.push(one);
      }
      continue;
    }
    const node = value as Node;
    see(key, node);
    for (const name in node) {
      const inner = node[name];
      if (typeof inner !== 'object' || inner === null) continue;
      keys.push(name);
      values.push(inner);
    }
  }
}
