export type { RateLimits, Turn } from './limits';
export { usePace, type Pace, type PaceFactory } from './pace';
export { useQuotas, type Quota, type QuotaFactory } from './quota';
export { RateLimiter } from './rateLimiter';
export { limiterFor } from './registry';
export { usePlaces, type PlacesFactory, type PlacesOfAll } from './togetherPlaces';
export { withLimiters } from './withLimiters';
