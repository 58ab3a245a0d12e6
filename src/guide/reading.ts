/* What the compiler takes from the readers of exact and of prose expectations. */
export { parseExpect } from '../assertions/parse.js';
export { isAnswer, isExpectation, isLabel, mayExpect } from './wording/cue.js';
export { numberOf } from './wording/normal.js';
export { readWording, UNDER_CONDITION, type Extra, type Reading } from './wording/read.js';
