import { maskedAddress } from './address';
import { keyIn } from './auth';

/** The key of a trigger, as `newSecret` makes it. */
const TRIGGER_KEY = /^[\w-]{32}$/;

/**
 * An answer of a service as an item may show it, however deep its parts are: addresses in it that carry a sign-in, or the key
 * of a trigger, are masked. Whoever reads them could pass for the service.
 */
export function withMaskedAddresses<T>(answer: T): T {
	if (typeof answer === 'string') return (carriesSecret(answer) ? maskedAddress(answer) : answer) as T;
	if (Array.isArray(answer)) return answer.map((part: unknown) => withMaskedAddresses(part)) as T;
	if (typeof answer !== 'object' || answer === null) return answer;
	return Object.fromEntries(
		Object.entries(answer).map(([name, part]) => [name, withMaskedAddresses<unknown>(part)]),
	) as T;
}

function carriesSecret(text: string): boolean {
	if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
	const { username, password } = new URL(text);
	return username !== '' || password !== '' || TRIGGER_KEY.test(keyIn(text).key ?? '');
}
