import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { ServiceError } from '../../../core/errors';
import { path } from '../../../core/http/path';
import type { Secret } from '../../../core/webhook/auth';
import { removeWebhook } from '../webhook/model';
import type { FoundWebhook, WebhookTarget, WantedWebhook } from '../../../core/webhook/reconcile';

interface Webhook {
	ID: number;
	Url: string;
	MessageStream: string;
	HttpAuth?: { Username?: string | null; Password?: string | null } | null;
	Triggers: IDataObject;
}

/** Postmark's webhooks that call an address: one a stream (https://postmarkapp.com/developer/api/webhooks-api). */
export function streamHooks(client: Client, url: string): WebhookTarget {
	/** With one stream or all: the pages do not say which of them a list without a stream covers. */
	const ofStream = async (MessageStream?: string) =>
		(await client.get<{ Webhooks?: Webhook[] }>('/webhooks', MessageStream ? { MessageStream } : undefined))
			.Webhooks ?? [];

	const list = async (streams: string[]): Promise<FoundWebhook[]> => {
		const found = new Map<number, Webhook>();
		for (const stream of [undefined, ...streams])
			for (const hook of await ofStream(stream).catch(orNone(stream)))
				if (hook.Url === url) found.set(hook.ID, hook);
		return [...found.values()].map(readHook);
	};

	return {
		list,
		async create(hook, secret) {
			const { ID } = await client.send<Webhook>({
				method: 'POST',
				path: '/webhooks',
				answer: ['ID', 'Url'],
				body: { ...bodyOf(hook, url, secret), MessageStream: hook.channel },
				reconcile: async () => (await ofStream(hook.channel)).find(({ Url }) => Url === url),
				manualCheck: 'Look at the webhooks of the message stream in Postmark.',
			});
			return String(ID);
		},
		async update(id, hook, secret) {
			await client.send({
				method: 'PUT',
				path: path`/webhooks/${id}`,
				answer: ['ID', 'Url'],
				body: bodyOf(hook, url, secret),
			});
		},
		async remove(id) {
			await removeWebhook(client, id).catch(unlessGone);
		},
	};
}

const bodyOf = ({ choice }: WantedWebhook, Url: string, { user, password }: Secret) => ({
	Url,
	HttpAuth: { Username: user, Password: password },
	Triggers: choice,
});

function readHook({ ID, MessageStream, HttpAuth, Triggers }: Webhook): FoundWebhook {
	const { Username, Password } = HttpAuth ?? {};
	return {
		id: String(ID),
		channel: MessageStream,
		choice: readTriggers(Triggers),
		secret: {
			user: Username ?? '',
			// A password that is not given back in clear says nothing.
			...(Password && /[^*•]/.test(Password) ? { password: Password } : {}),
		},
	};
}

/** Switches that Postmark leaves out are off. */
function readTriggers(triggers: IDataObject): object {
	const of = (name: string) => (triggers[name] ?? {}) as IDataObject;
	const enabled = (name: string) => ({ Enabled: of(name).Enabled === true });
	const content = (name: string) => ({
		...enabled(name),
		IncludeContent: of(name).IncludeContent === true,
	});
	return {
		Open: { ...enabled('Open'), PostFirstOpenOnly: of('Open').PostFirstOpenOnly === true },
		Click: enabled('Click'),
		Delivery: enabled('Delivery'),
		Bounce: content('Bounce'),
		SpamComplaint: content('SpamComplaint'),
		SubscriptionChange: enabled('SubscriptionChange'),
	};
}

/** A stream that is not there any more has no webhooks either; making one in it then says so. */
const orNone = (stream: string | undefined) => (error: unknown) => {
	const isUnknown = error instanceof ServiceError && ['1226', '1235'].includes(error.facts.code ?? '');
	if (stream === undefined || !isUnknown) throw error;
	return [];
};

/** Of a webhook that is only named by its number, both mean that there is none. */
const unlessGone = (error: unknown): void => {
	if (!(error instanceof ServiceError) || ![404, 422].includes(error.facts.status ?? 0)) throw error;
};
