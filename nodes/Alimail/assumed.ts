import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../core/http/client';

/** What no public page of Alimail says, and a credential can therefore switch; see “What we assume” in docs/alimail.md. */
export const ASSUMED = { select: 'selectFields', clear: 'clearWith' } as const;

/** Which fields to return: the selection replaces the default. */
export function select({ credential }: Client, fields: Iterable<string>): IDataObject {
	return credential[ASSUMED.select] === false ? {} : { $select: [...fields].join(',') };
}

/** Changes as they are written: a field that is to be cleared is `""`, or `null`. */
export function written<T extends object>({ credential }: Client, changes: T): T {
	if (credential[ASSUMED.clear] !== 'null') return changes;
	return Object.fromEntries(
		Object.entries(changes).map(([name, value]) => [name, value === '' ? null : (value as unknown)]),
	) as T;
}
