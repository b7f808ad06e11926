import { shared } from '../shared';
import { usePace, usePlaces, useQuotas } from './limiter';

/** In queue mode all workers together keep to an account's rate, its pauses, its long counts, and where it has few places, to those. */
export function shareLimits(): void {
	usePace((account) => shared().pace(account));
	useQuotas((account, windowMs) => shared().quota(account, windowMs));
	usePlaces((account) => shared().places(account));
}
