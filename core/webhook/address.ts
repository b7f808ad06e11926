import type { Secret } from './auth';

/** The address with the secret in it, for services that take a webhook's sign-in only there. */
export function withSecret(address: string, { user, password }: Secret): string {
	const url = new URL(address);
	url.username = user;
	url.password = password;
	return url.href;
}

/** The address without any sign-in, fit to be compared; text that is no address stays as it is. */
export function withoutSecret(address: string): string {
	if (!URL.canParse(address)) return address;
	const url = new URL(address);
	url.username = '';
	url.password = '';
	return url.href;
}

const MASK = '***';

/**
 * The address as an item may show it: where it leads, with its sign-in and its query masked, since both can let anybody in
 * who reads them. Text that is no address is masked as a whole when a sign-in may be in it.
 */
export function maskedAddress(address: string): string {
	if (!URL.canParse(address)) return address.includes('@') ? MASK : address;
	const { protocol, host, pathname, username, password, search } = new URL(address);
	if (host === '') return address.includes('@') ? MASK : address;
	const signIn = username === '' && password === '' ? '' : `${MASK}:${MASK}@`;
	return `${protocol}//${signIn}${host}${pathname}${search === '' ? '' : `?${MASK}`}`;
}

/** Whether it was masked: written back, the mask would become the sign-in. */
export const isMasked = (address: string): boolean =>
	address.includes(`${MASK}:${MASK}@`) || address.endsWith(`?${MASK}`) || address === MASK;
