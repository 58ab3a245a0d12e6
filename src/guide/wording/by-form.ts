import { readCatalogForms } from './catalog-forms.js';
import { readCountForms } from './count-forms.js';
import { readFilledForms } from './filled-forms.js';
import { readPlanForms } from './plan-forms.js';
import type { Found } from './reading.js';
import { readRowForms } from './row-forms.js';
import type { StatementShape } from './shape.js';
import { readValueForms } from './value-forms.js';
import { readWriteForms } from './write-forms.js';

/** What is said of a statement in forms of its own. */
export const readByForm = (text: string, shape: StatementShape | null): Found | null => readPlanForms(text, shape) ?? readWriteForms(text, shape) ?? readCatalogForms(text, shape) ?? readFilledForms(text, shape) ?? readCountForms(text, shape) ?? readValueForms(text, shape) ?? readRowForms(text, shape);
