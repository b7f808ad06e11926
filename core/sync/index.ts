export { apply, preview } from './apply';
export { DEFAULT_LIMITS, guard, type Reads } from './guard';
export { cleanText, isFilled } from './normalise';
export { plan } from './plan';
export { allProblems, report } from './report';
export type * from './types';
export { capital } from './vocabulary';
