export { fillParameters } from '../guide/parameters.js';
