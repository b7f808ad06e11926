import { z } from 'zod';
import { type Credential, standIn } from '../../shell/standIn';
import { installOutlookControl } from './control';
import { bodyOf } from './errors';
import { views } from './page';
import { OutlookService } from './service';
import { outlookSettings } from './settings';
import { CLIENT, TENANT } from './tokens';

const seed = z.strictObject({
	/** Mailboxes beside those of a fresh start, by address. */
	users: z.array(z.strictObject({ userPrincipalName: z.string(), displayName: z.string() })).optional(),
	/** Messages that have come in. */
	messages: z
		.array(
			z.strictObject({ subject: z.string(), from: z.string().optional(), mailbox: z.string().optional() }),
		)
		.optional(),
});

export const outlook = standIn({
	name: 'outlook',
	title: 'Outlook (Microsoft Graph)',
	node: 'Outlook',
	create: ({ url }) => new OutlookService(url),
	errorBody: (status) => bodyOf(status),
	settings: { schema: outlookSettings },
	faults: {
		tokenRevoked: {
			on: /^\/v1\.0\//,
			play: ({ tokens }, request) => tokens.revoke(request.headers.authorization),
		},
	},
	seed: {
		schema: seed,
		sow(service, { users = [], messages = [] }: z.output<typeof seed>) {
			for (const user of users)
				service.directory.put(user.userPrincipalName, {
					...user,
					mail: user.userPrincipalName,
					accountEnabled: true,
				});
			for (const { subject, from, mailbox } of messages) service.receive(subject, from, {}, mailbox);
			return { users: users.length, messages: messages.length };
		},
	},
	control: installOutlookControl,
	credentials: (service): Credential[] => [
		{
			type: 'mailOpsOutlookOAuth2Api',
			name: 'Outlook (sandbox)',
			data: {
				cloud: 'other',
				graphUrl: service.url,
				loginUrl: service.loginUrl,
				tenant: 'common',
				grantType: 'pkce',
				clientId: CLIENT.id,
				clientSecret: CLIENT.secret,
				authUrl: `${service.loginUrl}/common/oauth2/v2.0/authorize`,
				accessTokenUrl: `${service.loginUrl}/common/oauth2/v2.0/token`,
				authentication: 'body',
				messagesPerMinute: 30,
				oauthTokenData: withTimes(service.signIn()),
			},
			nodes: ['outlook', 'outlookTrigger', 'outlookInstantTrigger'],
		},
		{
			type: 'mailOpsOutlookAppOAuth2Api',
			name: 'Outlook app (sandbox)',
			data: {
				cloud: 'other',
				graphUrl: service.url,
				loginUrl: service.loginUrl,
				tenant: TENANT,
				clientId: CLIENT.id,
				signInWith: 'secret',
				clientSecret: CLIENT.secret,
				messagesPerMinute: 30,
			},
			nodes: [],
		},
	],
	notes: () => [
		`Client ID ${CLIENT.id}, secret ${CLIENT.secret}`,
		`Tenant ${TENANT}, or common; signs in anna@contoso.example`,
	],
	summary: ({ directory, post, throttled, tokens }) => ({
		users: directory.users.size,
		messages: directory.opened.reduce((sum, { messages }) => sum + messages.items.size, 0),
		sent: post.sent.length,
		throttled: throttled.length,
		tokens: tokens.issued,
	}),
	figures: ({ post, throttled }) => [
		['Outlook emails sent', post.sent.length],
		['requests refused for a limit', throttled.length + post.refused],
	],
	views,
	presets: [
		[
			'429 for a batch',
			{ kind: 'status', status: 429, method: 'POST', path: '/v1.0/$batch', headers: { 'retry-after': '1' } },
		],
		['answer to a batch lost', { kind: 'resetAfter', method: 'POST', path: '/v1.0/$batch' }],
		['HTML error page', { kind: 'html' }],
	],
});

/** As n8n keeps it: with the moment at which it ends. */
const withTimes = ({
	expires_in: seconds,
	...rest
}: ReturnType<OutlookService['signIn']>): Record<string, string> => ({
	...rest,
	expires_in: String(seconds),
	n8n_expires_at: String(Date.now() + seconds * 1_000),
});
