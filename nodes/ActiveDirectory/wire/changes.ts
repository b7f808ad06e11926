import type { Attribute, Change } from 'ldapts';
import { ldapts } from './ldapts';

export type Values = Array<string | Buffer>;

/** The attributes of a new entry, as the library takes them. */
export const attributesOf = (attributes: Record<string, Values>): Attribute[] =>
	Object.entries(attributes)
		.filter(([, values]) => values.length > 0)
		.map(([type, values]) => attribute(type, values));

/** @param values none at all takes the whole attribute away, for `replace` and `delete` */
export const change = (operation: 'add' | 'replace' | 'delete', type: string, values: Values): Change =>
	new (ldapts().Change)({ operation, modification: attribute(type, values) });

const attribute = (type: string, values: Values): Attribute =>
	new (ldapts().Attribute)({ type, values: values as string[] });
