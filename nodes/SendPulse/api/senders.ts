import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';

/** https://sendpulse.com/integrations/api/bulk-email: `GET /senders`, all at once. */
export async function sendersOf(client: Client): Promise<IDataObject[]> {
	return await client.send<IDataObject[]>({ path: '/senders', answer: 'list' });
}

export async function senderOf(email: string, client: Client): Promise<IDataObject | undefined> {
	const wanted = email.toLowerCase();
	return (await sendersOf(client)).find((sender) => String(sender.email).toLowerCase() === wanted);
}
