export { hintMatches } from '../guide/hints.js';
