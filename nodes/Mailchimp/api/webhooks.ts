import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import type { Webhook } from '../webhook/fields';

/** All of an audience: this list is not paged, and takes no `fields` (https://mailchimp.com/developer/marketing/api/list-webhooks/list-webhooks/). */
export async function listWebhooks<T = Webhook>(client: Client, audience: string): Promise<T[]> {
	const { webhooks = [] } = await client.get<{ webhooks?: T[] }>(path`/lists/${audience}/webhooks`);
	return webhooks;
}
