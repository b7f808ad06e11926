import type { Filter as WireFilter } from 'ldapts';
import { ldapts } from '../wire/ldapts';
import type { Filter } from './filter';

/** The filter as the library sends it. */
export function toWire(filter: Filter): WireFilter {
	const lib = ldapts();
	if ('and' in filter) return new lib.AndFilter({ filters: filter.and.map(toWire) });
	if ('or' in filter) return new lib.OrFilter({ filters: filter.or.map(toWire) });
	if ('not' in filter) return new lib.NotFilter({ filter: toWire(filter.not) });
	if ('present' in filter) return new lib.PresenceFilter({ attribute: filter.present });
	if ('substrings' in filter) {
		const { substrings: attribute, initial, any, final } = filter;
		return new lib.SubstringFilter({ attribute, initial, any, final });
	}
	if ('compare' in filter) {
		const { attribute, value } = filter;
		if (filter.compare === '=') return new lib.EqualityFilter({ attribute, value });
		const options = { attribute, value: String(value) };
		if (filter.compare === '>=') return new lib.GreaterThanEqualsFilter(options);
		if (filter.compare === '<=') return new lib.LessThanEqualsFilter(options);
		return new lib.ApproximateFilter(options);
	}
	const { rule, attribute: matchType, value, isOfDn: dnAttributes } = filter;
	return new lib.ExtensibleFilter({ rule, matchType, value: String(value), dnAttributes });
}
