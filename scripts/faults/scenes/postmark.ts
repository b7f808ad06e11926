import { randomUUID } from 'node:crypto';
import type { PostmarkService } from '../../../sandbox';
import { byId, scene, type Scene, type Scenes } from '../scene';

const PEOPLE = [{ to: 'ana@yunhe.example' }, { to: 'ben@yunhe.example' }, { to: 'cem@yunhe.example' }];

/** Three emails in one batch. */
function mails(postmark: PostmarkService, operation: string, parameters: object): Scene {
	const sent = (item: number) =>
		postmark.messages.filter(({ to }) => to[0]?.Email === PEOPLE[item]!.to).length;
	return scene(operation, { from: 'shop@yunhe.example', to: '={{ $json.to }}', ...parameters }, sent, {
		items: PEOPLE,
	});
}

const WORDS = { subject: 'Hello', text: 'Hello' };
/** Keys that no other run has: what became of an email is remembered by account and key, and a port may come again. */
const byKey = () => ({ preventDoubleSending: 'key', onceKey: `={{ $json.to }}-${randomUUID()}` });

function withTemplate(postmark: PostmarkService, server = 0): void {
	const { templates, id: serverId } = postmark.servers[server]!;
	templates.put({
		...templates.blank(7001, serverId),
		Name: 'Welcome',
		Alias: 'welcome',
		Subject: 'Hello',
		TextBody: 'Hello {{name}}',
	});
}

const template = { template: { __rl: true, mode: 'alias', value: 'welcome' } };
const VALUES = { valuesFrom: 'json', valuesJson: '{"name":"Ana"}' };

function withWebhook(postmark: PostmarkService, url = 'https://hooks.example/one'): number {
	const ID = postmark.newId();
	const off = { Enabled: false };
	postmark.servers[0]!.webhooks.set(ID, {
		ID,
		Url: url,
		MessageStream: 'outbound',
		HttpHeaders: [],
		Triggers: {
			Open: { ...off, PostFirstOpenOnly: false },
			Click: off,
			Delivery: off,
			Bounce: { Enabled: true, IncludeContent: false },
			SpamComplaint: { ...off, IncludeContent: false },
			SubscriptionChange: off,
		},
	});
	return ID;
}

/** An inbound email, as `status`; what reaches the webhook is counted. */
function withInbound(postmark: PostmarkService, status: 'Blocked' | 'Failed') {
	const server = postmark.servers[0]!;
	// Nothing listens there: that it was tried is enough.
	server.config.InboundHookUrl = 'http://127.0.0.1:9/inbound';
	const MessageID = '11111111-2222-4333-8444-555555555555';
	const from = { Email: 'ana@customer.example', Name: 'Ana', MailboxHash: '' };
	server.inbound.set(MessageID, {
		payload: {
			MessageID,
			MessageStream: 'inbound',
			From: from.Email,
			FromFull: from,
			ToFull: [],
			CcFull: [],
			BccFull: [],
			Headers: [],
			Attachments: [],
		} as never,
		status,
		blockedReason: status === 'Blocked' ? 'RULE' : '',
		at: Date.now(),
	});
	return { MessageID, posted: () => postmark.hooks.deliveries.length };
}

const urls = (postmark: PostmarkService) => [...postmark.servers[0]!.webhooks.values()].map(({ Url }) => Url);
const streamsNamed = (postmark: PostmarkService, wanted: string) =>
	[...postmark.servers[0]!.streams.values()].filter(({ Name }) => Name === wanted).length;
const domains = ({ senders }: PostmarkService) => [...senders.domains.values()];
const signatures = ({ senders }: PostmarkService) => [...senders.signatures.values()];

export const postmark: Scenes<PostmarkService> = {
	node: 'postmark',
	scenes: {
		'email.send': (postmark) => mails(postmark, 'email.send', WORDS),
		'email.send: by key': (postmark) => mails(postmark, 'email.send', { ...WORDS, ...byKey() }),
		'email.send: by key, the search is behind': (postmark) => {
			postmark.settings.searchDelayMs = 6_000;
			return mails(postmark, 'email.send', { ...WORDS, ...byKey() });
		},
		'email.sendWithTemplate': (postmark) => {
			withTemplate(postmark);
			return mails(postmark, 'email.sendWithTemplate', { ...template, ...VALUES });
		},
		'email.sendWithTemplate: by key': (postmark) => {
			withTemplate(postmark);
			return mails(postmark, 'email.sendWithTemplate', { ...template, ...VALUES, ...byKey() });
		},
		'email.sendBulk': (postmark) => {
			postmark.settings.bulkEnabled = true;
			return mails(postmark, 'email.sendBulk', { content: 'written', ...WORDS });
		},
		'email.sendAndWait': (postmark) =>
			scene(
				'email.sendAndWait',
				{ from: 'shop@yunhe.example', to: 'boss@yunhe.example', subject: 'Pay?', message: 'Pay it?' },
				() => postmark.messages.length,
			),
		'template.create': (postmark) =>
			scene(
				'template.create',
				{ name: 'Welcome', templateType: 'Standard', subject: 'Hello', text: 'Hello' },
				() => postmark.servers[0]!.templates.size,
			),
		'template.create: the alias is taken': (postmark) => {
			withTemplate(postmark);
			return scene(
				'template.create',
				{
					name: 'Mine',
					templateType: 'Standard',
					subject: 'Mine',
					text: 'Mine',
					additionalFields: { alias: 'welcome' },
				},
				() => postmark.servers[0]!.templates.all.filter(({ Name }) => Name === 'Mine').length,
				{ isRefused: true },
			);
		},
		'template.update': (postmark) => {
			withTemplate(postmark);
			return scene(
				'template.update',
				{ ...template, updateFields: { subject: 'Other' } },
				() => postmark.servers[0]!.templates.find('welcome')?.Subject === 'Other',
			);
		},
		'template.delete': (postmark) => {
			withTemplate(postmark);
			return scene('template.delete', template, () => postmark.servers[0]!.templates.size === 0);
		},
		'template.validate': () => ({
			...scene(
				'template.validate',
				{ source: 'given', templateType: 'Standard', subject: 'Hello', text: 'Hello' },
				() => 0,
			),
			times: () => undefined,
		}),
		'bounce.activate': (postmark) => {
			const { ID } = postmark.bounce({ email: 'gone@yunhe.example' });
			return scene(
				'bounce.activate',
				{ bounce: byId(ID) },
				() => postmark.servers[0]!.bounces[0]!.Inactive === false,
			);
		},
		'stream.create': (postmark) =>
			scene('stream.create', { id: 'news', name: 'News', type: 'Broadcasts' }, () =>
				streamsNamed(postmark, 'News'),
			),
		'stream.create: the ID is taken': (postmark) => {
			postmark.servers[0]!.addStream('news', 'Transactional', 'News');
			return scene(
				'stream.create',
				{ id: 'news', name: 'News', type: 'Broadcasts' },
				() => postmark.servers[0]!.streams.get('news')?.MessageStreamType === 'Broadcasts',
				{ isRefused: true },
			);
		},
		'stream.update': (postmark) =>
			scene('stream.update', { stream: byId('broadcast'), updateFields: { name: 'News' } }, () =>
				streamsNamed(postmark, 'News'),
			),
		'stream.archive': (postmark) => {
			const news = postmark.servers[0]!.addStream('news', 'Broadcasts', 'News');
			return scene('stream.archive', { stream: byId('news') }, () => news.ArchivedAt !== null);
		},
		'stream.unarchive': (postmark) => {
			const news = postmark.servers[0]!.addStream('news', 'Broadcasts', 'News');
			news.ArchivedAt = new Date().toISOString();
			return scene('stream.unarchive', { stream: byId('news') }, () => news.ArchivedAt === null);
		},
		'suppression.create': (postmark) =>
			scene(
				'suppression.create',
				{ stream: byId('broadcast'), emailAddress: 'ana@yunhe.example' },
				() => postmark.servers[0]!.suppressions.size,
			),
		'suppression.delete': (postmark) => {
			postmark.unsubscribe({ stream: 'broadcast', email: 'ana@yunhe.example' });
			return scene(
				'suppression.delete',
				{ stream: byId('broadcast'), emailAddress: 'ana@yunhe.example' },
				() => postmark.servers[0]!.suppressions.size === 0,
			);
		},
		'webhook.create': (postmark) =>
			scene(
				'webhook.create',
				{ url: 'https://hooks.example/one', stream: byId('outbound'), events: ['Bounce'] },
				() => urls(postmark).filter((url) => url === 'https://hooks.example/one').length,
			),
		'webhook.update': (postmark) => {
			const ID = withWebhook(postmark);
			return scene(
				'webhook.update',
				{ webhook: byId(ID), updateFields: { url: 'https://hooks.example/two' } },
				() => urls(postmark)[0] === 'https://hooks.example/two',
			);
		},
		'webhook.delete': (postmark) => {
			const ID = withWebhook(postmark);
			return scene('webhook.delete', { webhook: byId(ID) }, () => urls(postmark).length === 0);
		},
		'inboundRule.create': (postmark) =>
			scene('inboundRule.create', { rule: 'spam.example' }, () => postmark.servers[0]!.inboundRules.size),
		'inboundRule.create: it is there': (postmark) => {
			postmark.servers[0]!.inboundRules.set(1, { ID: 1, Rule: 'spam.example' });
			// A rule is nothing but its words: whoever made it, it is the one that was asked for.
			return {
				...scene('inboundRule.create', { rule: 'spam.example' }, () => 1, {
					isRefused: true,
					// A rule is nothing but its words: there is no somebody else's.
					ifLost: { said: 'done', words: '' },
				}),
				times: () => undefined,
			};
		},
		'inboundRule.delete': (postmark) => {
			postmark.servers[0]!.inboundRules.set(1, { ID: 1, Rule: 'spam.example' });
			return scene(
				'inboundRule.delete',
				{ rule: byId(1) },
				() => postmark.servers[0]!.inboundRules.size === 0,
			);
		},
		'inboundMessage.bypass': (postmark) => {
			const { MessageID, posted } = withInbound(postmark, 'Blocked');
			return scene('inboundMessage.bypass', { messageId: MessageID }, posted);
		},
		'inboundMessage.retry': (postmark) => {
			const { MessageID, posted } = withInbound(postmark, 'Failed');
			return scene('inboundMessage.retry', { messageId: MessageID }, posted);
		},
		'server.update': (postmark) =>
			scene(
				'server.update',
				{ updateFields: { color: 'purple' } },
				() => postmark.servers[0]!.config.Color.toLowerCase() === 'purple',
			),
		'accountServer.create': (postmark) =>
			scene(
				'accountServer.create',
				{ name: 'Shop', deliveryType: 'Sandbox' },
				() => postmark.servers.filter(({ name }) => name === 'Shop').length,
			),
		'accountServer.create: a live one has the name': (postmark) => {
			postmark.addServer({ id: 5, name: 'Shop', tokens: ['theirs'] });
			return scene(
				'accountServer.create',
				{ name: 'Shop', deliveryType: 'Sandbox' },
				() =>
					postmark.servers.filter(({ name, deliveryType }) => name === 'Shop' && deliveryType === 'Sandbox')
						.length,
				{ isRefused: true },
			);
		},
		'accountServer.update': (postmark) =>
			scene(
				'accountServer.update',
				{ server: byId(1002), updateFields: { name: 'Renamed' } },
				() => postmark.servers[1]!.name === 'Renamed',
			),
		'accountServer.delete': (postmark) =>
			scene('accountServer.delete', { server: byId(1002) }, () => postmark.servers.length === 1),
		'accountServer.pushTemplates': (postmark) => {
			withTemplate(postmark);
			return scene(
				'accountServer.pushTemplates',
				{ source: byId(1001), destination: byId(1002), apply: true },
				() => postmark.servers[1]!.templates.size,
			);
		},
		'domain.create': (postmark) =>
			scene(
				'domain.create',
				{ name: 'new.example', additionalFields: { returnPathDomain: 'pm.new.example' } },
				() => domains(postmark).filter(({ Name }) => Name === 'new.example').length,
			),
		'domain.create: it is there': (postmark) => {
			postmark.senders.addDomain('new.example');
			return scene(
				'domain.create',
				{ name: 'new.example', additionalFields: { returnPathDomain: 'pm.new.example' } },
				() => domains(postmark).some(({ ReturnPathDomain }) => ReturnPathDomain === 'pm.new.example'),
				{ isRefused: true },
			);
		},
		'domain.update': (postmark) => {
			const domain = postmark.senders.addDomain('new.example');
			return scene(
				'domain.update',
				{ domain: byId(domain.ID), updateFields: { returnPathDomain: 'pm.new.example' } },
				() => domain.ReturnPathDomain === 'pm.new.example',
			);
		},
		'domain.delete': (postmark) => {
			const { ID } = postmark.senders.addDomain('new.example');
			return scene('domain.delete', { domain: byId(ID) }, () => !postmark.senders.domains.has(ID));
		},
		'domain.verifyDkim': (postmark) => {
			const domain = postmark.senders.addDomain('new.example', false);
			return scene('domain.verifyDkim', { domain: byId(domain.ID) }, () => domain.DKIMVerified);
		},
		'domain.verifyReturnPath': (postmark) => {
			const domain = postmark.senders.addDomain('new.example');
			domain.ReturnPathDomainVerified = false;
			return scene(
				'domain.verifyReturnPath',
				{ domain: byId(domain.ID) },
				() => domain.ReturnPathDomainVerified,
			);
		},
		'domain.verifyTrackingDomain': (postmark) => {
			const domain = postmark.senders.addDomain('new.example');
			domain.CustomTrackingDomain = 'track.new.example';
			return scene(
				'domain.verifyTrackingDomain',
				{ domain: byId(domain.ID) },
				() => domain.CustomTrackingVerified,
			);
		},
		'domain.rotateDkim': (postmark) => {
			const domain = postmark.senders.addDomain('new.example');
			return scene('domain.rotateDkim', { domain: byId(domain.ID) }, () => domain.DKIMPendingHost !== '');
		},
		'senderSignature.create': (postmark) =>
			scene(
				'senderSignature.create',
				{ email: 'ana@own.example', name: 'Ana' },
				() => signatures(postmark).filter(({ EmailAddress }) => EmailAddress === 'ana@own.example').length,
			),
		'senderSignature.create: it is there': (postmark) => {
			postmark.senders.addSignature('ana@own.example', true, 'Another Ana');
			return scene(
				'senderSignature.create',
				{ email: 'ana@own.example', name: 'Ana' },
				() => signatures(postmark).some(({ Name }) => Name === 'Ana'),
				{ isRefused: true },
			);
		},
		'senderSignature.update': (postmark) => {
			const { ID } = postmark.senders.addSignature('ana@own.example', true, 'Ana');
			return scene(
				'senderSignature.update',
				{ signature: byId(ID), updateFields: { name: 'Ana Bauer' } },
				() => postmark.senders.signatures.get(ID)?.Name === 'Ana Bauer',
			);
		},
		'senderSignature.delete': (postmark) => {
			const { ID } = postmark.senders.addSignature('ana@own.example', true, 'Ana');
			return scene(
				'senderSignature.delete',
				{ signature: byId(ID) },
				() => !postmark.senders.signatures.has(ID),
			);
		},
		'senderSignature.resendConfirmation': (postmark) => {
			const signature = postmark.senders.addSignature('ana@own.example', false, 'Ana');
			const before = signature.asked;
			return scene(
				'senderSignature.resendConfirmation',
				{ signature: byId(signature.ID) },
				() => signature.asked - before,
			);
		},
		'dataRemoval.create': (postmark) =>
			scene(
				'dataRemoval.create',
				{ requestedFor: 'ana@yunhe.example', requestedBy: 'ben@yunhe.example', notify: false },
				() => postmark.dataRemovals.size,
			),
		'custom.request': (postmark) =>
			scene(
				'custom.request',
				{
					method: 'POST',
					path: '/email',
					body: JSON.stringify({
						From: 'shop@yunhe.example',
						To: 'ana@yunhe.example',
						Subject: 'Hello',
						TextBody: 'Hello',
					}),
				},
				() => postmark.messages.length,
			),
		'customAccount.request': (postmark) =>
			scene(
				'customAccount.request',
				{ method: 'POST', path: '/domains', body: '{"Name":"new.example"}' },
				() => domains(postmark).filter(({ Name }) => Name === 'new.example').length,
			),
	},
};
