import { z } from 'zod';
import { type Credential, standIn } from '../../shell/standIn';
import { installSendPulseControl } from './control';
import { bodyOf } from './errors';
import { emailsView, listsView } from './page';
import { SendPulseService } from './service';
import { sendPulseSettings } from './settings';
import { API_KEY, CLIENT } from './signIn';
import { webhooksView } from './webhooksPage';

const seed = z.strictObject({
	lists: z.array(z.strictObject({ name: z.string(), emails: z.array(z.string()).default([]) })).optional(),
	senders: z.array(z.string()).optional(),
	blacklist: z.array(z.string()).optional(),
});

export const sendPulse = standIn({
	name: 'sendpulse',
	title: 'SendPulse',
	node: 'SendPulse',
	create: ({ url }) => new SendPulseService(url),
	errorBody: bodyOf,
	settings: { schema: sendPulseSettings },
	faults: {
		tokenRevoked: {
			on: /^\/(?!oauth\/)/,
			play: ({ account }, { headers: { authorization = '' } }) =>
				account.tokens.delete(authorization.replace(/^Bearer /, '')),
		},
	},
	seed: {
		schema: seed,
		sow(service, { lists = [], senders = [], blacklist = [] }: z.output<typeof seed>) {
			for (const { name, emails } of lists) service.addList(name, emails);
			for (const sender of senders) service.account.senders.set(sender.toLowerCase(), '');
			for (const email of blacklist) service.account.blacklist.add(email.toLowerCase());
			return { lists: lists.length, senders: senders.length, blacklist: blacklist.length };
		},
	},
	credentials: ({ url }): Credential[] => [
		{
			type: 'mailOpsSendPulseApi',
			name: 'SendPulse (sandbox)',
			data: {
				authentication: 'client',
				clientId: CLIENT.id,
				clientSecret: CLIENT.secret,
				plan: 'free',
				requestsPerSecond: 10,
				baseUrl: url,
			},
			nodes: ['sendPulse', 'sendPulseTrigger'],
		},
	],
	notes: () => [`Client ID ${CLIENT.id}, secret ${CLIENT.secret}`, `Static API key ${API_KEY}`],
	summary: ({ account }) => ({
		lists: account.lists.size,
		contacts: [...account.lists.values()].reduce((sum, { contacts }) => sum + contacts.size, 0),
		emails: account.emails.length,
		webhookCalls: account.reports.hooks.calls.length,
		peakPerSecond: account.limits.peak,
		refused: account.limits.refused,
	}),
	figures: ({ account, settings }) => [
		[`SendPulse peak in a second (limit ${settings.requestsPerSecond})`, account.limits.peak],
		['over that limit', account.limits.refused],
	],
	views: [listsView, emailsView, webhooksView],
	presets: [
		[
			'error 2020202020 once',
			{ kind: 'status', status: 429, body: { message: 'Too many requests', error_code: 2020202020 } },
		],
		['answer to a send lost', { kind: 'resetAfter', method: 'POST', path: '/smtp/emails' }],
		['result: false', { kind: 'status', status: 200, body: { result: false } }],
	],
	control: installSendPulseControl,
});
