import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { readAddress } from '../ids';
import { isoTime } from '../times';

/** A field of the form, and where its value stands in Mailchimp's body: `customer.id` is within another object. */
export interface Value {
	field: INodeProperties;
	to: string;
	read(reader: ParameterReader, name: string): unknown;
}

type Make = (displayName: string, name: string, to: string, description: string, example?: string) => Value;

const string = (
	displayName: string,
	name: string,
	description: string,
	example: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: `e.g. ${example}`,
	description,
});

export const text: Make = (displayName, name, to, description, example = 'Tea') => ({
	field: string(displayName, name, description, example),
	to,
	read: (reader) => reader.text(name),
});

export const email: Make = (displayName, name, to, description, example = 'ana@example.com') => ({
	field: string(displayName, name, description, example),
	to,
	read: (reader) => readAddress(reader, name),
});

/** An address of the web. */
export const link: Make = (displayName, name, to, description, example = 'https://example.com/tea') => ({
	field: string(displayName, name, description, example),
	to,
	read(reader) {
		const url = reader.text(name);
		if (!URL.canParse(url) || !/^https?:/i.test(url))
			throw reader.fieldError(name, `is not a web address: “${url}”`, 'Start it with https://.');
		return url;
	},
});

export const flag: Make = (displayName, name, to, description) => ({
	field: { displayName, name, type: 'boolean', default: false, description },
	to,
	read: (reader) => reader.boolean(name),
});

export const time: Make = (displayName, name, to, description) => ({
	field: { displayName, name, type: 'dateTime', default: '', description },
	to,
	read: (reader) => isoTime(reader, name),
});

/** An amount of money in the currency beside it, such as 12.5. */
export const money: Make = (displayName, name, to, description) => ({
	field: {
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 2 },
		default: 0,
		description,
	},
	to,
	read(reader) {
		const given = reader.value(name);
		if (typeof given === 'string' && given.trim() !== '' && Number.isNaN(Number(given)))
			throw reader.fieldError(
				name,
				`is not an amount: “${given}”`,
				'Enter the number alone, with a point before the cents and no currency: 1234.50.',
			);
		return reader.number(name, { min: 0 });
	},
});

export const count = (
	displayName: string,
	name: string,
	to: string,
	least: number,
	description: string,
): Value => ({
	field: { displayName, name, type: 'number', typeOptions: { minValue: least }, default: 1, description },
	to,
	read(reader) {
		const number = reader.number(name, { min: least });
		if (!Number.isInteger(number))
			throw reader.fieldError(name, `is not a whole number: ${number}`, 'Enter a number without a fraction.');
		return number;
	},
});

export const currency: Value = {
	field: {
		...string('Currency', 'currency', 'The three letters of the currency that all amounts are in', 'EUR'),
		required: true,
	},
	to: 'currency_code',
	read: (reader) =>
		codeIn(reader, 'currency', {
			type: 'currency',
			form: /^[A-Z]{3}$/,
			remedy: 'Enter the three letters of ISO 4217, like EUR, USD or CNY. Signs like € are not taken.',
		}),
};

const country: Value = {
	field: string('Country Code', 'country', 'The country of the address, as its two letters', 'DE'),
	to: 'address.country_code',
	read: (reader) =>
		codeIn(reader, 'country', {
			type: 'region',
			form: /^[A-Z]{2}$/,
			remedy: 'Enter its two letters, like DE for Germany.',
		}),
};

interface Code {
	type: 'currency' | 'region';
	form: RegExp;
	remedy: string;
}

function codeIn(reader: ParameterReader, name: string, { type, form, remedy }: Code): string {
	const code = reader.requiredText(name).toUpperCase();
	const known = new Intl.DisplayNames(['en'], { type, fallback: 'none' });
	if (!form.test(code) || known.of(code) === undefined)
		throw reader.fieldError(name, `is no ${type === 'region' ? 'country' : type}: “${code}”`, remedy);
	return code;
}

/** Must be filled in. */
export const required = (value: Value): Value => ({
	...value,
	field: { ...value.field, required: true },
	read(reader, name) {
		reader.requiredText(name);
		return value.read(reader, name);
	},
});

/** Sent whatever it is: a number or a tick that stands in every form. */
export const always = (value: Value): Value => ({ ...value, field: { ...value.field, required: true } });

/** “Limited to 50 characters” (https://mailchimp.com/developer/marketing/api/ecommerce-customers/add-customer/). */
export const MOST_OF_CUSTOMER_ID = 50;

export function idIn(reader: ParameterReader, name: string, most = Infinity): string {
	const field = reader.resourceId(name);
	if (field.length > most)
		throw reader.fieldError(
			name,
			`has ${field.length} characters, and Mailchimp takes ${most}`,
			'Use a shorter ID of the customer in your shop.',
		);
	return field;
}

/** Several of one kind: variants of a product, lines of an order. At least one. */
export const rows = (
	options: {
		displayName: string;
		name: string;
		entry: string;
		one: string;
		to: string;
		description: string;
		none: string;
	},
	values: Value[],
): Value => ({
	field: {
		displayName: options.displayName,
		name: options.name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: `Add ${options.one}`,
		required: true,
		default: {},
		description: options.description,
		options: [{ displayName: options.one, name: options.entry, values: values.map(({ field }) => field) }],
	},
	to: options.to,
	read(reader, name) {
		const found = reader.fixedCollection(name, options.entry);
		if (found.length === 0) throw reader.fieldError(name, 'is empty', options.none);
		return found.map((row) => bodyOf(row, values));
	},
});

/** What is filled in, as Mailchimp has it. */
export function bodyOf(reader: ParameterReader, values: Value[]): IDataObject {
	const body: IDataObject = {};
	for (const { field, to, read } of values) {
		if (!field.required && !reader.has(field.name)) continue;
		const steps = to.split('.');
		const last = steps.pop() as string;
		let place = body;
		for (const step of steps) place = (place[step] ??= {}) as IDataObject;
		place[last] = read(reader, field.name) as IDataObject[string];
	}
	return body;
}

/** The parts of an address. */
export const addressValues: Value[] = [
	text('City', 'city', 'address.city', 'The city of the address', 'Berlin'),
	country,
	text('Postal Code', 'postalCode', 'address.postal_code', 'The postal code of the address', '10115'),
	text('State', 'province', 'address.province', 'The state or province of the address', 'Berlin'),
	text('Street', 'street', 'address.address1', 'The street of the address, with the number', '1 Main St'),
];
