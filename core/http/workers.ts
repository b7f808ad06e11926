import { shared } from '../shared';
import { usePace, useQuotas } from './limiter';

/** In queue mode all workers together keep to an account's rate, its pauses and its long counts. */
export function shareLimits(): void {
	usePace((account) => shared().pace(account));
	useQuotas((account, windowMs) => shared().quota(account, windowMs));
}
