import type { Client } from '../../../core/http/client';
import { isData } from '../../../core/http/response';
import { path } from '../../../core/http/path';
import { keyIn, withKey } from '../../../core/webhook/auth';
import type { FoundWebhook, WantedWebhook, WebhookTarget } from '../../../core/webhook/reconcile';

interface Webhook {
	id: number;
	url: string;
	action: string;
}

const WEBHOOKS = '/v2/email-service/webhook';
const isList = (body: unknown): boolean => isData(body) && Array.isArray(body.data);

/**
 * The mailing service's webhooks that call an address: one for each kind of event (official description, bulk-email.yaml).
 * Their channel is that kind; there is nothing else to choose.
 */
export function emailHooks(client: Client, address: string): WebhookTarget {
	const all = async (): Promise<Webhook[]> =>
		(await client.send<{ data: Webhook[] }>({ path: WEBHOOKS, answer: isList })).data;
	const ours = async () => (await all()).filter(({ url }) => keyIn(url).url === address);

	return {
		list: async () => (await ours()).map(readHook),
		async create({ channel }, secret) {
			const url = withKey(address, secret);
			const ofThis = ({ data }: { data: Webhook[] }) =>
				data.find((hook) => hook.action === channel && hook.url === url);
			const made = await client.send<{ data: Webhook[] }>({
				method: 'POST',
				path: WEBHOOKS,
				body: { url, actions: [channel] },
				answer: isList,
				async reconcile() {
					const data = await ours();
					return ofThis({ data }) && { data };
				},
				manualCheck: 'Look at the webhooks in SendPulse: Account settings → API.',
			});
			return String((ofThis(made) ?? made.data[0])?.id);
		},
		async update(id, _hook, secret) {
			await client.send({
				method: 'PUT',
				path: path`/v2/email-service/webhook/${id}`,
				body: { url: withKey(address, secret) },
				answer: ['success'],
			});
		},
		async remove(id) {
			await client.delete(path`/v2/email-service/webhook/${id}`, {
				// What a webhook that is gone is answered with is not published: the list tells.
				reconcile: async () => ((await all()).some((hook) => String(hook.id) === id) ? undefined : {}),
			});
		},
	};
}

function readHook({ id, url, action }: Webhook): FoundWebhook {
	const { key } = keyIn(url);
	return { id: String(id), channel: action, choice: {}, secret: { password: key ?? '' } };
}

export const wantedHooks = (events: string[]): WantedWebhook[] =>
	events.map((channel) => ({ channel, choice: {} }));
