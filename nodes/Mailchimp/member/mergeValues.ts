import type { IDataObject } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';

/** The parts of an address, as Mailchimp calls them; the first, the city, the state and the ZIP are needed. */
export const ADDRESS_PARTS: Array<[part: string, title: string]> = [
	['addr1', 'Street'],
	['addr2', 'Street 2'],
	['city', 'City'],
	['state', 'State'],
	['zip', 'ZIP'],
	['country', 'Country Code'],
];

/** How the form calls a merge field of a special type: `BIRTHDAY:birthday`, `ADDRESS:city`. */
export const idOf = (tag: string, kind: string): string => `${tag}:${kind}`;

/**
 * The merge fields of one contact: those of the form, and those given as JSON, which come last. What is left empty in the form is
 * left as it is; a value that is to be emptied is given as JSON.
 */
export function readMergeFields(item: ParameterReader, options: ParameterReader): IDataObject {
	const form = (item.value('mergeFields') as { value?: IDataObject | null } | undefined)?.value ?? {};
	const values: IDataObject = {};
	for (const [id, value] of Object.entries(form)) {
		if (value === null || value === undefined || value === '') continue;
		const [tag = id, kind] = id.split(':');
		if (kind === undefined) values[tag] = value;
		else if (kind === 'date') values[tag] = dayOf(item, tag, value);
		else if (kind === 'birthday') values[tag] = birthdayOf(item, tag, value);
		else values[tag] = { ...(values[tag] as IDataObject | undefined), [kind]: String(value) };
	}
	const json = options.json('mergeFieldsJson');
	return { ...values, ...json };
}

/** `2026-11-26`, of any date an expression gives. */
function dayOf(item: ParameterReader, tag: string, value: unknown): string {
	const text = String(value);
	const day = /^\d{4}-\d\d-\d\d/.exec(text)?.[0];
	if (day === undefined || Number.isNaN(Date.parse(day)))
		throw item.fieldError('mergeFields', `has no date for ${tag}: “${text}”`, 'Write it like 2026-11-26.');
	return day;
}

/** `11/26`, also of a whole date. */
function birthdayOf(item: ParameterReader, tag: string, value: unknown): string {
	const text = String(value).trim();
	const whole = /^\d{4}-(\d\d)-(\d\d)/.exec(text);
	if (whole) return `${whole[1]}/${whole[2]}`;
	if (/^\d{1,2}\/\d{1,2}$/.test(text)) return text;
	throw item.fieldError(
		'mergeFields',
		`has no birthday for ${tag}: “${text}”`,
		'Write month and day like 11/26, or a whole date like 1990-11-26.',
	);
}
