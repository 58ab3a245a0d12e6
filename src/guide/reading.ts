/** What binding needs of the readers of wordings and of exact lines, in one place. */
export { isExpectation } from './wording/cue.js';
export { readWording } from './wording/read.js';
export type { Extra } from './wording/shape.js';
export { parseExpect } from '../assertions/parse.js';
