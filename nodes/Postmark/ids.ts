import type { Item } from '../../core/node/item';

/** The number of a bounce, webhook, rule, server, domain or sender. A name in its place is a mistake worth naming. */
export function numericId(item: Item, field: string): number {
	const text = item.picked(field);
	if (!/^\d{1,15}$/.test(text))
		throw item.wrong(
			field,
			`is not an ID: “${text}”`,
			'Choose one from the list, or enter its number, which Get Many shows as “ID”.',
		);
	return Number(text);
}
