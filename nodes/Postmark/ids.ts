import type { ParameterReader } from '../../core/node/parameters/reader';

/** The number of a bounce, webhook, rule, server, domain or sender. A name in its place is a mistake worth naming. */
export function numericId(item: ParameterReader, field: string): number {
	const text = item.resourceId(field);
	if (!/^\d{1,15}$/.test(text))
		throw item.fieldError(
			field,
			`is not an ID: “${text}”`,
			'Choose one from the list, or enter its number, which Get Many shows as “ID”.',
		);
	return Number(text);
}
