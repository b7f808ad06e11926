import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isMasked } from '../../../core/webhook/address';
import { locator } from '../../../core/node/locator';
import type { ParameterReader } from '../../../core/node/parameters/reader';
import { withoutLinks } from '../connection';
import { pickedId } from '../ids';
import { shownAnswer } from '../secrets';

export interface Webhook extends IDataObject {
	id: string;
	url: string;
}

export const webhookLocator = locator({
	displayName: 'Webhook',
	name: 'webhook',
	description: 'The webhook of the audience above, by its URL from the list or by its ID',
	search: 'searchWebhooks',
	example: '67cec77efd',
});

export const webhookId = (item: ParameterReader): string =>
	pickedId(
		item,
		'webhook',
		'Choose the webhook from the list, or enter its ID, which Webhook → Get Many shows as “id”. It is not its URL.',
	);

export const urlField: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/mailchimp',
	description:
		'Where Mailchimp posts the events. It asks with a GET first, which must be answered with 200. For a workflow, use the Mailchimp Trigger instead.',
};

export const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	options: [
		{ name: 'Campaign', value: 'campaign', description: 'A campaign was sent, or its sending was cancelled' },
		{ name: 'Cleaned', value: 'cleaned', description: 'An address does not work any more' },
		{ name: 'Email Changed', value: 'upemail', description: 'A contact has another address' },
		{ name: 'Profile Updated', value: 'profile', description: 'A contact has other values or interests' },
		{ name: 'Subscribe', value: 'subscribe', description: 'Somebody subscribed' },
		{
			name: 'Unsubscribe',
			value: 'unsubscribe',
			description: 'Somebody unsubscribed, was archived or was deleted',
		},
	],
	default: [],
	description: 'What Mailchimp tells the URL of; all others are switched off',
};

export const sourcesField: INodeProperties = {
	displayName: 'Sources',
	name: 'sources',
	type: 'multiOptions',
	options: [
		{ name: 'API', value: 'api', description: 'A program, such as this node' },
		{ name: 'Contact', value: 'user', description: 'The contact, by a form or a link' },
		{ name: 'User of the Account', value: 'admin', description: 'Somebody who is signed in to Mailchimp' },
	],
	default: [],
	description: 'By whom the changes are made that are told; all others are switched off',
};

/** What Mailchimp shows of an event or source: each, whether it is on or off. */
const switches = (field: INodeProperties, chosen: string[]): Record<string, boolean> =>
	Object.fromEntries(
		(field.options as Array<{ value: string }>).map(({ value }) => [value, chosen.includes(value)]),
	);

/** What was filled in. @throws {ServiceError} for a URL that Mailchimp could not call, or that was read from an item */
export function readWebhook(reader: ParameterReader): IDataObject {
	const url = reader.text('url');
	if (isMasked(url))
		throw reader.fieldError(
			'url',
			'holds an address whose secret is masked',
			'Enter the whole address. Get and Get Many hide what is secret in it, so it cannot be taken from there.',
		);
	if (url !== '' && !(URL.canParse(url) && /^https?:/i.test(url)))
		throw reader.fieldError('url', `is not a web address: “${url}”`, 'Start it with https://.');
	const [events, sources] = [reader.list('events'), reader.list('sources')];
	return {
		...(url === '' ? {} : { url }),
		...(events.length === 0 ? {} : { events: switches(eventsField, events) }),
		...(sources.length === 0 ? {} : { sources: switches(sourcesField, sources) }),
	};
}

/** As an item may show it: without its secrets. The key of a trigger, or a sign-in, stands in the URL. */
export const shown = (webhook: IDataObject): IDataObject => shownAnswer(withoutLinks(webhook));
