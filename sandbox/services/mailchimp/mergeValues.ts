import { type FieldFault, invalid } from './errors';
import type { Audience } from './audience';
import type { MergeField } from './records';

type Given = Record<string, unknown>;

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const days = (month: number, day: number, year = 2024) =>
	month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();

/**
 * What is wrong with the value of a merge field; the service's pages name the types, its exact rules are in
 * mailchimp.com/developer/marketing/docs/merge-fields. The words are the sandbox's own where they are not public.
 */
const CHECKS: Record<string, (value: unknown, field: MergeField) => string | undefined> = {
	text: (value) => (isPlain(value) ? undefined : 'This value should be a string'),
	number: (value) =>
		typeof value === 'number' || /^-?\d+(?:\.\d+)?$/.test(String(value))
			? undefined
			: 'Please enter a number',
	address: (value) => {
		if (typeof value !== 'object' || value === null) return 'Please enter a complete address';
		const { addr1, city, state, zip } = value as Given;
		return [addr1, city, state, zip].every((part) => typeof part === 'string' && part !== '')
			? undefined
			: 'Please enter a complete address';
	},
	phone(value, { options }) {
		if (!isPlain(value)) return 'This value should be a string';
		if (options.phone_format !== 'US') return undefined;
		return /^\D*(?:\d\D*){10}$/.test(String(value)) ? undefined : 'Please enter a valid US phone number';
	},
	date(value) {
		const [, year, month, day] = DATE.exec(String(value)) ?? [];
		return days(Number(month), Number(day), Number(year)) ? undefined : 'Please enter a valid date';
	},
	birthday(value) {
		const [, month, day] = /^(\d\d?)\/(\d\d?)$/.exec(String(value)) ?? [];
		return days(Number(month), Number(day)) ? undefined : 'Please enter a month and a day as MM/DD';
	},
	url: (value) => (URL.canParse(String(value)) ? undefined : 'Please enter a valid URL'),
	imageurl: (value) => (URL.canParse(String(value)) ? undefined : 'Please enter a valid URL'),
	zip: (value) => (/^\d{5}(?:-\d{4})?$/.test(String(value)) ? undefined : 'Please enter a zip code'),
	radio: ofChoices,
	dropdown: ofChoices,
};

function isPlain(value: unknown): boolean {
	return typeof value === 'string' || typeof value === 'number';
}

function ofChoices(value: unknown, { options }: MergeField): string | undefined {
	const { choices = [] } = options;
	return choices.includes(String(value)) ? undefined : `This value must be one of: ${choices.join(', ')}`;
}

/** Fields of the audience with the values a contact gets; fields it does not have are passed over, as the service does. */
export function mergeValues(
	audience: Audience,
	given: Given,
	old: Given,
	{ skip, note }: { skip: boolean; note(tag: string): void },
): Given {
	const fields = [...audience.mergeFields.values()];
	const values: Given = {};
	const faults: FieldFault[] = [];
	for (const tag of Object.keys(given)) if (!fields.some((field) => field.tag === tag)) note(tag);
	for (const field of fields) {
		const value = given[field.tag] ?? old[field.tag] ?? field.default_value;
		values[field.tag] = value;
		if (skip) continue;
		if (value === '') {
			if (field.required) faults.push({ field: field.tag, message: 'Please enter a value' });
		} else if (given[field.tag] !== undefined) {
			const message = CHECKS[field.type]?.(value, field);
			if (message) faults.push({ field: field.tag, message });
		}
	}
	if (faults.length > 0) throw invalid('Your merge fields were invalid.', faults);
	return values;
}
