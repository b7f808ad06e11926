import type { IDataObject } from 'n8n-workflow';
import { toServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { redact } from '../../../core/http/redact';
import type { RequestSpec } from '../../../core/http/request';
import type { Secret } from '../../../core/webhook/auth';
import type { FoundWebhook, WantedWebhook, WebhookTarget } from '../../../core/webhook/reconcile';
import { listWebhooks } from '../api/webhooks';
import { EVENTS, SMS_EVENTS } from './events';
import { withKey } from './proof';
import { SOURCES } from './settings';

interface Webhook {
	id: string;
	url: string;
	events?: Record<string, boolean>;
	sources?: Record<string, boolean>;
	signing_secret?: string;
}

interface Choice {
	events: string[];
	sources: string[];
}

/**
 * The webhooks of an audience that call an address (https://mailchimp.com/developer/marketing/api/list-webhooks/). Host and path
 * say whose they are: a copy of the workflow on another n8n has the same path, and another host.
 *
 * @param signing is given the signing secret of each webhook that is made: nobody is told it again
 */
export function audienceHooks(client: Client, url: string, signing: Record<string, string>): WebhookTarget {
	const audienceOf = new Map<string, string>();

	const ofAudience = async (audience: string): Promise<Webhook[]> => {
		const webhooks = await listWebhooks<Webhook>(client, audience);
		const found = webhooks.filter((webhook) => isAt(webhook.url, url));
		for (const { id } of found) audienceOf.set(id, audience);
		return found;
	};

	const remove = async (id: string) => {
		await client.delete(path`/lists/${audienceOf.get(id) ?? ''}/webhooks/${id}`);
	};

	return {
		async list(audiences) {
			const found: FoundWebhook[] = [];
			for (const channel of audiences)
				for (const webhook of await ofAudience(channel).catch(noneIfGone(client)))
					found.push({
						id: webhook.id,
						channel,
						choice: choiceAt(webhook, url),
						secret: secretOf(webhook.url),
					});
			return found;
		},
		async create(hook, secret) {
			const made = await sendAddress<Webhook>(client, secret, {
				method: 'POST',
				path: path`/lists/${hook.channel}/webhooks`,
				body: { url: withKey(url, secret), ...bodyOf(hook) },
				answer: ['id', 'url'],
				idempotent: false,
				// The answer alone had the signing secret: one whose answer got lost is of no use, and makes room for another.
				async reconcile() {
					for (const { id } of await ofAudience(hook.channel)) await remove(id);
					return undefined;
				},
				manualCheck: 'Look at the webhooks of the audience in Mailchimp.',
			});
			audienceOf.set(made.id, hook.channel);
			if (made.signing_secret) signing[made.id] = made.signing_secret;
			return made.id;
		},
		async update(id, hook, secret) {
			await sendAddress(client, secret, {
				method: 'PATCH',
				path: path`/lists/${hook.channel}/webhooks/${id}`,
				body: { url: withKey(url, secret), ...bodyOf(hook) },
				answer: ['id', 'url'],
				idempotent: true,
			});
		},
		remove,
	};
}

export function isAt(address: string, url: string): boolean {
	if (!URL.canParse(address)) return false;
	const [one, other] = [new URL(address), new URL(url)];
	return one.host === other.host && one.pathname === other.pathname;
}

function secretOf(address: string): { password: string } {
	return { password: new URL(address).searchParams.get('key') ?? '' };
}

const on = (switches: Record<string, boolean> = {}): string[] =>
	Object.keys(switches)
		.filter((name) => switches[name])
		.sort();

/** Host and path are the same; where the protocol is another one now, the webhook calls by the one that was. */
const choiceAt = (webhook: Webhook, url: string): Choice & { protocol?: string } => {
	const { protocol } = new URL(webhook.url);
	return { ...choiceOf(webhook), ...(protocol === new URL(url).protocol ? {} : { protocol }) };
};

const choiceOf = ({ events, sources }: Webhook): Choice => ({ events: on(events), sources: on(sources) });

/** Each switch is told, so that what was on goes off; those of text messages only where they are wanted. */
function bodyOf({ choice }: WantedWebhook): IDataObject {
	const { events, sources } = choice as Choice;
	const sms = SMS_EVENTS.some((name) => events.includes(name)) ? SMS_EVENTS : [];
	const switches = (names: readonly string[], wanted: string[]) =>
		Object.fromEntries(names.map((name) => [name, wanted.includes(name)]));
	return { events: switches([...EVENTS, ...sms], events), sources: switches(SOURCES, sources) };
}

/** What Mailchimp says of an address may repeat it, and with it the secret in it. */
async function sendAddress<T>(client: Client, secret: Secret, request: RequestSpec<T>): Promise<T> {
	try {
		return await client.send<T>(request);
	} catch (error) {
		const failure = toServiceError(error);
		const { message, remedy, said } = failure.facts;
		const words = Object.entries({ message, remedy, said }).filter(([, text]) => text !== undefined);
		throw failure.with(Object.fromEntries(words.map(([name, text]) => [name, redact(String(text), secret)])));
	}
}

/** An audience that is gone has no webhooks; making one in it then says so. */
const noneIfGone = (client: Client) => (error: unknown) => {
	if (!client.isGone(error)) throw error;
	return [];
};
