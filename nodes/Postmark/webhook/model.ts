import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { removeRecord } from '../connection';
import { canSend, listStreams } from '../stream/model';

/** https://postmarkapp.com/developer/api/webhooks-api */
export interface Webhook {
	ID: number;
	Url: string;
	MessageStream: string;
	HttpAuth?: { Username?: string; Password?: string } | null;
	HttpHeaders?: Array<{ Name: string; Value?: string }> | null;
	Triggers: Triggers;
}

export type Triggers = Record<
	string,
	{ Enabled?: boolean; PostFirstOpenOnly?: boolean; IncludeContent?: boolean }
>;

async function ofStream(client: Client, MessageStream: string): Promise<Webhook[]> {
	const { Webhooks = [] } = await client.get<{ Webhooks?: Webhook[] }>('/webhooks', { MessageStream });
	return Webhooks;
}

/** A webhook belongs to one stream. Without a stream in the query Postmark tells only of the default one. */
export async function listWebhooks(client: Client, stream?: string): Promise<Webhook[]> {
	if (stream !== undefined) return await ofStream(client, stream);
	const streams = (await listStreams(client)).filter(canSend);
	const lists = await Promise.all(streams.map(async ({ ID }) => await ofStream(client, ID)));
	return [...new Map(lists.flat().map((webhook) => [webhook.ID, webhook])).values()];
}

/** A webhook that is not there is refused without a code that says so: after a lost answer the list tells. */
export async function removeWebhook(client: Client, id: string | number): Promise<void> {
	await removeRecord(client, path`/webhooks/${id}`, {
		reconcile: async () =>
			(await listWebhooks(client)).some(({ ID }) => String(ID) === String(id)) ? undefined : {},
	});
}
