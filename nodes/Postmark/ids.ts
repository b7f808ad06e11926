import { isResourceLocatorValue } from 'n8n-workflow';
import type { ParameterReader } from '../../core/node/parameters/reader';

/**
 * The number of a bounce, webhook, rule, server, domain or sender, which has 64 bits: as text when a JavaScript number
 * would end in other digits. A name in its place is a mistake worth naming.
 */
export function numericId(item: ParameterReader, field: string): number | string {
	const text = item.resourceId(field);
	const value = item.value(field);
	const given = isResourceLocatorValue(value) ? value.value : value;
	if (typeof given === 'number' && !Number.isSafeInteger(given))
		throw item.fieldError(
			field,
			`has lost its last digits on the way: ${text}`,
			'Take it from the output of this node or of the trigger, where long numbers are text, or put it in quotes.',
		);
	if (!/^\d{1,19}$/.test(text))
		throw item.fieldError(
			field,
			`is not an ID: “${text}”`,
			'Choose one from the list, or enter its number, which Get Many shows as “ID”.',
		);
	return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}
