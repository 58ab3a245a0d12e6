export { fillParameters, parametersOf } from '../guide/parameters.js';
