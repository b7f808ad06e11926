import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { readAddress } from '../ids';

const text = (
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties => ({ displayName, name, type: 'string', default: '', placeholder, description });

/** What every audience must have (https://mailchimp.com/developer/marketing/api/lists/add-list/). */
export const mainFields: INodeProperties[] = [
	text(
		'Name',
		'name',
		'e.g. MailOps News',
		'What the audience is called; contacts see it when they unsubscribe',
	),
	text(
		'From Name',
		'fromName',
		'e.g. Ana of MailOps',
		'Who campaigns come from, unless a campaign says otherwise',
	),
	text(
		'From Email',
		'fromEmail',
		'e.g. news@example.com',
		'The address campaigns come from, unless a campaign says otherwise; its domain must be verified',
	),
	text('Subject', 'subject', 'e.g. News', 'The subject of campaigns, unless a campaign says otherwise'),
	{
		...text(
			'Language',
			'language',
			'e.g. de',
			'Of the signup forms and emails that Mailchimp writes, as a code like en, de or zh',
		),
		default: 'en',
	},
	text(
		'Permission Reminder',
		'reminder',
		'e.g. You get this because you signed up at example.com.',
		'Tells contacts at the foot of each campaign why they get it',
	),
	text(
		'Company',
		'company',
		'e.g. MailOps GmbH',
		'Stands at the foot of each campaign, as anti-spam laws demand',
	),
	text('Street', 'street', 'e.g. 1 Main St', 'The street of the company, at the foot of each campaign'),
	text('City', 'city', 'e.g. Berlin', 'The city of the company, at the foot of each campaign'),
	text('Country Code', 'country', 'e.g. DE', 'The country of the company, as its two letters'),
];

const flag = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'boolean',
	default: false,
	description,
});

export const moreFields: INodeProperties[] = [
	flag('Double Opt-In', 'doubleOptIn', 'Whether who signs up with a form must confirm it by an email first'),
	flag('GDPR Fields', 'permissions', 'Whether contacts can be asked for marketing permissions'),
	flag('Let Contacts Choose the Format', 'choice', 'Whether contacts can choose between HTML and plain text'),
	text(
		'Notify on Subscribe',
		'notifySubscribe',
		'e.g. ana@example.com',
		'Who gets an email when somebody subscribes',
	),
	text(
		'Notify on Unsubscribe',
		'notifyUnsubscribe',
		'e.g. ana@example.com',
		'Who gets an email when somebody unsubscribes',
	),
	text('Phone', 'phone', 'e.g. +49 30 123456', 'The phone of the company, at the foot of each campaign'),
	{
		...flag(
			'Show Archive Bar',
			'archiveBar',
			'Whether campaigns in the archive on the web have a bar at the top',
		),
		default: true,
	},
	text('State', 'state', 'e.g. CA', 'The state or province of the company'),
	text('Street, Second Line', 'street2', 'e.g. Suite 5', 'What does not fit into the first line'),
	text('ZIP', 'zip', 'e.g. 10115', 'The postal code of the company'),
];

type Names = Record<string, string>;

const OWN: Names = { name: 'name', reminder: 'permission_reminder' };
const CONTACT: Names = {
	company: 'company',
	street: 'address1',
	street2: 'address2',
	city: 'city',
	state: 'state',
	zip: 'zip',
	phone: 'phone',
};
const DEFAULTS: Names = { fromName: 'from_name', subject: 'subject', language: 'language' };
const FLAGS: Names = {
	choice: 'email_type_option',
	doubleOptIn: 'double_optin',
	permissions: 'marketing_permissions',
	archiveBar: 'use_archive_bar',
};
const NOTIFY: Names = { notifySubscribe: 'notify_on_subscribe', notifyUnsubscribe: 'notify_on_unsubscribe' };

export interface AudienceBody extends IDataObject {
	contact?: IDataObject;
	campaign_defaults?: IDataObject;
}

/** What is filled in, as Mailchimp has it; `contact` and `campaign_defaults` only with something in them. */
export function readAudience(reader: ParameterReader): AudienceBody {
	const named = (names: Names, value: (field: string) => IDataObject[string]) =>
		Object.fromEntries(
			Object.entries(names)
				.filter(([field]) => reader.declares(field) && reader.has(field))
				.map(([field, name]) => [name, value(field)]),
		);
	const words = (field: string) => reader.text(field);
	const address = (field: string) => readAddress(reader, field);
	const contact = { ...named(CONTACT, words), ...named({ country: 'country' }, () => readCountry(reader)) };
	const defaults = { ...named(DEFAULTS, words), ...named({ fromEmail: 'from_email' }, address) };
	return {
		...named(OWN, words),
		...named(FLAGS, (field) => reader.boolean(field)),
		...named(NOTIFY, address),
		...(Object.keys(contact).length === 0 ? {} : { contact }),
		...(Object.keys(defaults).length === 0 ? {} : { campaign_defaults: defaults }),
	};
}

/** “Defaults to US if invalid” (the field `country` of Mailchimp's description): nobody would notice. */
function readCountry(reader: ParameterReader): string {
	const code = reader.requiredText('country').toUpperCase();
	const countries = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
	if (!/^[A-Z]{2}$/.test(code) || countries.of(code) === undefined)
		throw reader.fieldError(
			'country',
			`is no country: “${code}”`,
			'Enter its two letters, like DE for Germany. Mailchimp would take any other text for the United States.',
		);
	return code;
}
