import type { Rule } from '../rule.js';
import { accessRules } from './access.js';
import { columnRules } from './columns.js';
import { constraintRules } from './constraints.js';
import { lockRules } from './locks.js';
import { lossRules } from './loss.js';

/** Every rule of the linter, in the order of the documentation. */
export const rules: readonly Rule[] = [...lossRules, ...columnRules, ...constraintRules, ...lockRules, ...accessRules];
