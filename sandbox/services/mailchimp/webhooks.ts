import { randomBytes } from 'node:crypto';
import { isLocal } from '../../shell/deliveries';
import { newId } from './audience';
import { invalid } from './errors';
import type { Source, Webhook } from './records';
import { type Ask, type Resource, linksTo, route } from './resource';
import { type ChimpTable, described, mountTables } from './table';

const PATH = '/lists/{list_id}/webhooks';
const EVENTS = ['subscribe', 'unsubscribe', 'profile', 'cleaned', 'upemail', 'campaign'];
/** Newer than the description; an account has them when it can send text messages. */
const SMS_EVENTS = ['sms_subscribe', 'sms_unsubscribe', 'upsms', 'sms_campaign'];
const SOURCES: Source[] = ['user', 'admin', 'api'];

/** What can be looked up and removed; making one asks its address first, below. */
const table = described<Webhook>({
	path: PATH,
	id: { parameter: 'webhook_id', field: 'id' },
	records: ({ audience }) => audience.webhooks,
	rows: 'webhooks',
	beside: ['list_id'],
	verbs: ['list', 'get', 'remove'],
	fields: {
		url: { type: 'string', required: true },
		events: {
			type: 'object',
			fields: Object.fromEntries(
				[...EVENTS, ...SMS_EVENTS].map((name) => [name, { type: 'boolean' as const }]),
			),
		},
	},
	unique: { field: 'url' },
	show: (webhook, ask) => show(webhook, ask),
	examples: { create: (n) => ({ url: `https://hooks.example/${n}`, events: { subscribe: true } }) },
});

export const webhookTables = [table] as unknown as Array<ChimpTable<object>>;

function show({ signing_secret: secret, off: _off, ...webhook }: Webhook, { state, audience }: Ask) {
	return {
		...webhook,
		// Newer than the description; the secret itself is only told once.
		...(secret === undefined ? {} : { signing_enabled: true }),
		_links: linksTo(state, `/lists/${audience.id}/webhooks/${webhook.id}`),
	};
}

const flags = (names: readonly string[], given: unknown, old: Record<string, boolean> = {}) =>
	Object.fromEntries(
		names.map((name) => [name, (given as Record<string, boolean> | undefined)?.[name] ?? old[name] ?? false]),
	);

/** Those of text messages show where they were asked for. */
const eventsOf = (given: unknown, old: Record<string, boolean> = {}) => {
	const asked = SMS_EVENTS.filter((name) => name in old || name in ((given as object | undefined) ?? {}));
	return flags([...EVENTS, ...asked], given, old);
};

export function webhooks(resource: Resource): void {
	mountTables(resource, webhookTables);
	route(
		resource,
		'POST',
		PATH,
		async (ask) => {
			const { audience, state, body } = ask;
			const url = await usable(ask, String(body.url));
			const webhook: Webhook = {
				id: newId(),
				url,
				events: eventsOf(body.events),
				sources: flags(SOURCES, body.sources) as Webhook['sources'],
				list_id: audience.id,
				...(state.settings.signWebhooks ? { signing_secret: randomBytes(24).toString('hex') } : {}),
			};
			audience.webhooks.set(webhook.id, webhook);
			const { signing_secret: secret } = webhook;
			return { ...show(webhook, ask), ...(secret ? { signing_secret: secret } : {}) };
		},
		{ body: table.fields },
	);
	const change = { body: { ...table.fields, url: { type: 'string' as const } } };
	route(
		resource,
		'PATCH',
		`${PATH}/{webhook_id}`,
		async (ask) => {
			const { audience, body, params } = ask;
			const webhook = audience.webhooks.get(params.webhook_id ?? '');
			if (!webhook) throw invalid('There is no such webhook.');
			if (body.url !== undefined && body.url !== webhook.url)
				webhook.url = await usable(ask, String(body.url));
			webhook.events = eventsOf(body.events, webhook.events);
			webhook.sources = flags(SOURCES, body.sources, webhook.sources) as Webhook['sources'];
			delete webhook.off;
			return show(webhook, ask);
		},
		change,
	);
}

/** An address is asked with a GET before it is taken, and is there once. @throws {MailchimpError} 400 */
async function usable({ audience }: Ask, url: string): Promise<string> {
	const faults = (message: string) =>
		invalid('The resource submitted could not be validated.', [{ field: 'url', message }]);
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
		throw faults('Please enter a valid URL.');
	if ([...audience.webhooks.values()].some((one) => one.url === url))
		throw faults("Sorry, you can't set up multiple WebHooks for one URL");
	if (!isLocal(url)) return url;
	let status = 0;
	try {
		const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
		await answer.arrayBuffer();
		({ status } = answer);
	} catch {
		// Nobody there: the status stays 0.
	}
	if (status !== 200)
		throw faults(`We couldn't connect to that URL: it answered ${status === 0 ? 'nothing' : status}`);
	return url;
}
