import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { parseAddresses } from '../../../core/mail/address';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { byDisplayName } from '../../../core/node/properties';
import { categoriesOption } from '../message/compose';

/** Plain fields of a contact, by their names in Graph (https://learn.microsoft.com/graph/api/resources/contact). */
const TEXTS: Array<[displayName: string, name: string, example: string, description: string]> = [
	['Assistant', 'assistantName', 'Lea Wolf', 'Who answers for the person'],
	['Company', 'companyName', 'Example Ltd', 'Where the person works'],
	['Department', 'department', 'Sales', 'Which part of the company it is'],
	[
		'Display Name',
		'displayName',
		'Ana Bauer',
		'The name as it is shown; made of the others when it is empty. Outlook may make it anew when another field is changed: give it each time to keep one of your own.',
	],
	['File As', 'fileAs', 'Bauer, Ana', 'Under which name the person stands in the list'],
	['First Name', 'givenName', 'Ana', 'The given name'],
	['Initials', 'initials', 'A. B.', 'The first letters of the names'],
	['Job Title', 'jobTitle', 'Head of Sales', 'What the person does'],
	['Last Name', 'surname', 'Bauer', 'The family name'],
	['Manager', 'manager', 'Ben Okafor', 'The name of the person’s manager'],
	['Middle Name', 'middleName', 'Maria', 'What stands between first and last name'],
	['Mobile Phone', 'mobilePhone', '+49 151 0000000', 'The mobile number'],
	['Nickname', 'nickName', 'Annie', 'What friends say'],
	['Notes', 'personalNotes', 'Met at the fair', 'What one wants to remember'],
	['Office Location', 'officeLocation', 'Room 4', 'Where the person sits'],
	['Profession', 'profession', 'Engineer', 'What the person has learned'],
	['Spouse', 'spouseName', 'Tom Bauer', 'The name of the husband, wife or partner'],
	['Suffix', 'generation', 'Jr.', 'What stands behind the name'],
	['Title', 'title', 'Dr.', 'What stands before the name'],
	['Website', 'businessHomePage', 'https://example.com', 'The page of the person or the company'],
	['Yomi Company', 'yomiCompanyName', 'エグザンプル', 'How the company is pronounced, in Japanese'],
	['Yomi First Name', 'yomiGivenName', 'アナ', 'How the first name is pronounced, in Japanese'],
	['Yomi Last Name', 'yomiSurname', 'バウアー', 'How the last name is pronounced, in Japanese'],
];

/** Fields that are a list in Graph. */
const LISTS: typeof TEXTS = [
	['Business Phones', 'businessPhones', '+49 30 000000', 'Numbers at work, with commas between them'],
	['Children', 'children', 'Mia, Leo', 'The names of the children, with commas between them'],
	['Home Phones', 'homePhones', '+49 30 000001', 'Numbers at home, with commas between them'],
	[
		'IM Addresses',
		'imAddresses',
		'sip:ana@example.com',
		'Addresses of instant messaging, with commas between them',
	],
];

/** Postal addresses. */
const PLACES: Array<[displayName: string, name: string, of: string]> = [
	['Business Address', 'businessAddress', 'at work'],
	['Home Address', 'homeAddress', 'at home'],
	['Other Address', 'otherAddress', 'of neither home nor work'],
];

const field = ([displayName, name, example, description]: (typeof TEXTS)[number]): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: `e.g. ${example}`,
	description,
});

const place = ([displayName, name, of]: (typeof PLACES)[number]): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	default: {},
	placeholder: 'Add Address',
	description: `The postal address ${of}`,
	options: [
		{
			displayName: 'Address',
			name: 'address',
			values: [
				{ displayName: 'City', name: 'city', type: 'string', default: '', description: 'The town' },
				{
					displayName: 'Country or Region',
					name: 'countryOrRegion',
					type: 'string',
					default: '',
					description: 'The country',
				},
				{
					displayName: 'Postal Code',
					name: 'postalCode',
					type: 'string',
					default: '',
					description: 'The postcode',
				},
				{
					displayName: 'State',
					name: 'state',
					type: 'string',
					default: '',
					description: 'The state or province',
				},
				{
					displayName: 'Street',
					name: 'street',
					type: 'string',
					default: '',
					description: 'Street and number',
				},
			],
		},
	],
});

export const contactOptions: INodeProperties[] = byDisplayName([
	...TEXTS.map(field),
	...LISTS.map(field),
	...PLACES.map(place),
	{
		displayName: 'Birthday',
		name: 'birthday',
		type: 'dateTime',
		default: '',
		description: 'The day of birth',
	},
	categoriesOption,
	{
		displayName: 'Emails',
		name: 'emails',
		type: 'string',
		default: '',
		placeholder: 'e.g. ana@example.com',
		description: 'Up to three addresses, with commas between them',
	},
]);

const MOST_EMAILS = 3;

/** Only what was added. */
export function readContact(fields: ParameterReader): IDataObject {
	const contact: IDataObject = {};
	for (const [, name] of TEXTS) if (fields.value(name) !== undefined) contact[name] = fields.text(name);
	for (const [, name] of LISTS) if (fields.value(name) !== undefined) contact[name] = fields.names(name);
	for (const [, name] of PLACES) {
		const [row] = fields.fixedCollection(name, 'address');
		if (row === undefined) continue;
		const lines = ['city', 'countryOrRegion', 'postalCode', 'state', 'street'].filter((line) =>
			row.has(line),
		);
		contact[name] = Object.fromEntries(lines.map((line) => [line, row.text(line)]));
	}
	const birthday = fields.time('birthday');
	if (birthday !== undefined) contact.birthday = `${birthday.day}T12:00:00Z`;
	if (fields.value('categories') !== undefined) contact.categories = fields.names('categories');
	if (fields.value('emails') !== undefined) contact.emailAddresses = readEmails(fields);
	return contact;
}

function readEmails(fields: ParameterReader): IDataObject[] {
	const text = fields.text('emails');
	const all = text === '' ? [] : parseAddresses(text, fields.label('emails'));
	if (all.length > MOST_EMAILS)
		throw fields.fieldError(
			'emails',
			`has ${all.length} addresses, and a contact holds three`,
			'Leave some out.',
		);
	return all.map(({ name, address }) => ({ address, name: name || address }));
}
