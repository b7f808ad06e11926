export { apply, preview } from './apply';
export { DEFAULT_LIMITS, guard, type Reads } from './guard';
export { cleanCell, cleanRow, type CellColumn, type CellKind } from './cells';
export { isFilled } from './normalise';
export { plan } from './plan';
export { allProblems, report } from './report';
export type * from './types';
export { cleanText, tidyText, visibleText } from './text';
export { capital } from './vocabulary';
