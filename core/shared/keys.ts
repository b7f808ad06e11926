import { createHash } from 'node:crypto';

/** The beginning of all keys of this pack, beside n8n's own. */
export const baseOf = (prefix: string): string => `${prefix}:mailops`;

/** A name as a key, of which nobody can tell whose it is: accounts, idempotency keys and ids can be personal. */
export const hashed = (name: string): string =>
	createHash('sha256').update(name).digest('base64url').slice(0, 22);
