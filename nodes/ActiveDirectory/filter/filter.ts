/** A search filter (RFC 4511, 4.5.1.7), before it is put into bytes. */
export type Filter =
	| { and: Filter[] }
	| { or: Filter[] }
	| { not: Filter }
	| { present: string }
	| { compare: '=' | '>=' | '<=' | '~='; attribute: string; value: string | Buffer }
	| { substrings: string; initial: string; any: string[]; final: string }
	/** A matching rule by its number. */
	| { rule: string; attribute: string; value: string | Buffer; isOfDn: boolean };

export const equal = (attribute: string, value: string | Buffer): Filter => ({
	compare: '=',
	attribute,
	value,
});
export const present = (attribute: string): Filter => ({ present: attribute });
export const not = (filter: Filter): Filter => ({ not: filter });

/** Without a filter: everything. One alone needs no bracket. */
export const all = (...filters: Array<Filter | undefined>): Filter => joined('and', filters);
export const any = (...filters: Array<Filter | undefined>): Filter => joined('or', filters);

function joined(by: 'and' | 'or', filters: Array<Filter | undefined>): Filter {
	const given = filters.filter((filter) => filter !== undefined);
	if (given.length === 0) return present('objectClass');
	return given.length === 1 ? given[0]! : by === 'and' ? { and: given } : { or: given };
}

/** All bits of a number are set (MS-ADTS 3.1.1.3.4.4.1). */
export const hasBits = (attribute: string, bits: number): Filter => ({
	rule: '1.2.840.113556.1.4.803',
	attribute,
	value: String(bits),
	isOfDn: false,
});

/** Reaches an entry over any number of others: groups in groups (MS-ADTS 3.1.1.3.4.4.3). */
export const inChain = (attribute: string, dn: string): Filter => ({
	rule: '1.2.840.113556.1.4.1941',
	attribute,
	value: dn,
	isOfDn: false,
});

/** As people write it (RFC 4515). */
export function filterText(filter: Filter): string {
	if ('and' in filter) return `(&${filter.and.map(filterText).join('')})`;
	if ('or' in filter) return `(|${filter.or.map(filterText).join('')})`;
	if ('not' in filter) return `(!${filterText(filter.not)})`;
	if ('present' in filter) return `(${filter.present}=*)`;
	if ('compare' in filter) return `(${filter.attribute}${filter.compare}${escapeFilterValue(filter.value)})`;
	if ('substrings' in filter) {
		const parts = [filter.initial, ...filter.any, filter.final].map(escapeFilterValue);
		return `(${filter.substrings}=${parts.join('*')})`;
	}
	return `(${filter.attribute}${filter.isOfDn ? ':dn' : ''}:${filter.rule}:=${escapeFilterValue(filter.value)})`;
}

/** A value as it may stand in a filter: it can never be taken for a part of the filter itself (RFC 4515, section 3). */
export function escapeFilterValue(value: string | Buffer): string {
	if (Buffer.isBuffer(value)) return value.toString('hex').replace(/../g, '\\$&');
	return value.replace(/[\\*()\0]/g, (c) => `\\${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
