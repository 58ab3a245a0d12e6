export { fillParameters, namesInClaims, parametersOf } from '../guide/parameters.js';
export { fillShell, parametersOfShell } from '../guide/shell-placeholders.js';
