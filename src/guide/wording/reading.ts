import type { Assertion } from '../../assertions/assertion.js';

/** What one family of wording makes of a text: assertions, or null when it is not its kind. */
export interface Found {
  assertions: Assertion[];
  alternative?: Assertion | null;
}

export interface Reading {
  source: 'read' | 'operator';
  assertions: Assertion[];
  alternative: Assertion | null;
  quantifier: 'last' | 'every-statement';
  remedy: string | null;
}
