import type { Field, Fields } from '../../shell/table/fields';
import { wholeList } from '../../shell/table/pages';
import type { Given } from '../../shell/table/table';
import { PostmarkError } from './errors';
import type { Webhook } from './records';
import type { PostmarkServer } from './server';
import type { PostmarkTable } from './table';
import { wrongUrl } from './url';

const flag: Field = { type: 'boolean', default: false };
const trigger = (...more: string[]): Field => ({
	type: 'object',
	fields: Object.fromEntries(['Enabled', ...more].map((name) => [name, flag])),
});
const TRIGGERS: Fields = {
	Open: trigger('PostFirstOpenOnly'),
	Click: trigger(),
	Delivery: trigger(),
	Bounce: trigger('IncludeContent'),
	SpamComplaint: trigger('IncludeContent'),
	SubscriptionChange: trigger(),
};

/**
 * `/webhooks` (postmarkapp.com/developer/api/webhooks-api). The answers carry the password as it was given, as the examples
 * there do. Which ErrorCodes a bad webhook has is not public: these are the sandbox's own.
 */
export const webhooks: PostmarkTable<Webhook> = {
	path: '/webhooks',
	id: { parameter: 'Id', field: 'ID', next: ({ state }) => state.newId() },
	by: 'server',
	noun: 'webhook',
	rows: 'Webhooks',
	counted: false,
	codes: { required: { Url: 606 }, invalid: { Url: 606 }, missing: 403 },
	// github.com/ActiveCampaign/postmark-php, tests/PostmarkClientWebhooksTest.php
	notThere: "The webhook for the provided 'ID' was not found.",
	records: ({ server }) => server.webhooks,
	verbs: ['list', 'create', 'get', 'put', 'remove'],
	fields: {
		Url: { type: 'string', required: true, check: wrongUrl },
		MessageStream: { type: 'string', fixed: true, default: 'outbound' },
		HttpAuth: {
			type: 'object',
			fields: { Username: { type: 'string' }, Password: { type: 'string' } },
		},
		HttpHeaders: {
			type: 'array',
			default: [],
			items: {
				type: 'object',
				check: ({ Value }: Given) => (Value === undefined ? "needs a 'Value'" : undefined),
				fields: {
					Name: {
						type: 'string',
						required: true,
						check: (name: string) => (/^[!-9;-~]+$/.test(name) ? undefined : 'is not the name of a header'),
					},
					Value: {
						type: 'string',
						check: (value: string) => (/[\r\n]/.test(value) ? 'must not have line breaks' : undefined),
					},
				},
			},
		},
		Triggers: { type: 'object', fields: TRIGGERS },
	},
	pages: wholeList,
	filters: { MessageStream: { type: 'string' } },
	check({ MessageStream: stream = 'outbound' }, { server }, old) {
		if (!old) checkStream(server, String(stream));
	},
	make: (draft) => withoutEmptyAuth(draft as unknown as Webhook),
	change(webhook, given) {
		const { HttpAuth, Triggers = {}, ...more } = given as Partial<Webhook>;
		Object.assign(webhook, more);
		for (const [name, switches] of Object.entries(Triggers))
			Object.assign(webhook.Triggers[name as keyof Webhook['Triggers']], switches);
		if (HttpAuth) webhook.HttpAuth = HttpAuth;
		withoutEmptyAuth(webhook);
	},
	removed: ({ ID }) => `Webhook ${ID} removed.`,
	examples: {
		create: (n) => ({ Url: `https://hooks.example/${n}`, Triggers: { Bounce: { Enabled: true } } }),
		change: { Triggers: { Delivery: { Enabled: true } } },
	},
	undescribed: 'newer than the description',
};

/** Empty on both sides takes it away: the sandbox's own reading. */
function withoutEmptyAuth(webhook: Webhook): Webhook {
	const { Username = '', Password = '' } = (webhook.HttpAuth ?? {}) as Record<string, string>;
	if (Username || Password) webhook.HttpAuth = { Username, Password };
	else delete webhook.HttpAuth;
	return webhook;
}

function checkStream(of: PostmarkServer, id: string): void {
	const stream = of.streams.get(id);
	if (!stream || stream.ArchivedAt) {
		throw new PostmarkError(1235, `The stream provided: '${id}' does not exist on this server.`);
	}
	if (stream.MessageStreamType === 'Inbound') {
		throw new PostmarkError(
			1236,
			`The inbound stream '${id}' has its webhook in the server's InboundHookUrl.`,
		);
	}
}
