import type { IDataObject } from 'n8n-workflow';
import { limitFields } from '../../../core/node/limitFields';
import { batched, done, perItem, resource } from '../../../core/node/operation';
import { DONE, pages } from '../connection';
import { LANGUAGES } from '../languages';
import { CHUNK, emailField, readEmail } from '../contact/fields';
import { senderLocator } from '../locators';
import { dateFilter, readDate } from '../smtpEmail/setup.operations';

const PATH = '/smtp/unsubscribe';

/** https://sendpulse.com/integrations/api/smtp: the body is a list. */
const add = batched<IDataObject>({
	name: 'Add',
	value: 'add',
	action: 'Unsubscribe a recipient',
	description: 'Send these addresses no more emails through the SMTP service, up to 100 items in one request',
	asTool: false,
	fields: [
		emailField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			description: 'What most do without',
			options: [
				{
					displayName: 'Comment',
					name: 'comment',
					type: 'string',
					default: '',
					placeholder: 'e.g. Asked by phone',
					description: 'Why it gets no more emails',
				},
			],
		},
	],
	read(item) {
		const comment = item.collection('options').text('comment');
		return { email: readEmail(item), ...(comment === '' ? {} : { comment }) };
	},
	chunk: CHUNK,
	async call(chunk, client) {
		const json = chunk.json();
		// Who has unsubscribed twice has unsubscribed.
		await client.send({ method: 'POST', path: PATH, json, answer: DONE, idempotent: true });
		const recipients = JSON.parse(String(json)) as Array<{ email: string }>;
		return recipients.map(({ email }) => done({ email, unsubscribed: true }));
	},
});

const getAll = perItem({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many unsubscribed recipients',
	description: 'Get who gets no emails through the SMTP service any more, and why',
	fields: [...limitFields, dateFilter],
	read: (item) => ({ limit: item.limit(), filters: readDate(item) }),
	call: ({ limit, filters }, client) => client.pages(PATH, pages, filters, limit),
});

const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get whether a recipient has unsubscribed',
	description: 'Tell whether an address gets no emails through the SMTP service any more',
	fields: [emailField],
	read: readEmail,
	async call(email, client) {
		const { result } = await client.send<IDataObject>({
			path: `${PATH}/search`,
			query: { email },
			answer: DONE,
		});
		return { email, unsubscribed: result === true };
	},
});

const invite = perItem({
	name: 'Invite Back',
	value: 'inviteBack',
	action: 'Invite a recipient back',
	description: 'Have SendPulse ask an unsubscribed recipient to come back, at most five a day',
	asTool: false,
	fields: [
		emailField,
		senderLocator,
		{
			displayName: 'Language',
			name: 'language',
			type: 'options',
			options: LANGUAGES,
			default: 'en',
			description: 'The language of SendPulse’s own email',
		},
	],
	read: (item) => ({
		email: readEmail(item),
		sender: item.resourceId('sender'),
		lang: item.option('language'),
	}),
	call: async (invitation, client) => ({
		email: invitation.email,
		...(await client.send({
			method: 'POST',
			path: '/smtp/resubscribe',
			body: invitation,
			answer: DONE,
			idempotent: false,
			manualCheck: `Look in SendPulse (SMTP → Statistics) whether the email to ${invitation.email} is there.`,
		})),
	}),
});

const remove = batched<string>({
	name: 'Remove',
	value: 'remove',
	action: 'Let a recipient get emails again',
	description: 'Send these addresses emails again, up to 100 items in one request. They must have agreed.',
	asTool: false,
	fields: [emailField],
	read: readEmail,
	chunk: CHUNK,
	async call(chunk, client) {
		const json = chunk.json();
		await client.send({ method: 'DELETE', path: PATH, json, answer: DONE });
		return (JSON.parse(String(json)) as string[]).map((email) => done({ email, unsubscribed: false }));
	},
});

export const smtpUnsubscribe = resource({
	name: 'SMTP Unsubscribe',
	value: 'smtpUnsubscribe',
	description: 'Who gets no emails through the SMTP service any more',
	operations: [add, getAll, get, invite, remove],
});
