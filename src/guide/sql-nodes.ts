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
  const stack: [string, unknown][] = [['', root]];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const [key, value] = top;
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index -= 1) stack.push([key, value[index]]);
      continue;
    }
    see(key, value as Node);
    for (const [name, inner] of Object.entries(value)) if (typeof inner === 'object') stack.push([name, inner]);
  }
}
