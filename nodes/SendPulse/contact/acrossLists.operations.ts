import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { isData } from '../../../core/http/response';
import { batched, done, perItem } from '../../../core/node/operation';
import type { Chunk } from '../../../core/batch/chunks';
import type { Client } from '../../../core/http/client';
import { DONE } from '../connection';
import { CHUNK, emailField, readEmail } from './fields';

const chunk = { ...CHUNK, split: (email: string) => ({ common: {}, own: email }) };

/** What SendPulse knows of each address, by address; an empty list where it knows none of them. */
async function askAll(
	at: string,
	addresses: Chunk,
	client: Client,
): Promise<Array<{ email: string; known: unknown }>> {
	const json = addresses.json('emails');
	const answer = await client.send<IDataObject>({
		method: 'POST',
		path: at,
		json,
		// It only asks.
		idempotent: true,
		answer: (body) => isData(body),
	});
	const known = new Map(Object.entries(answer).map(([email, facts]) => [email.toLowerCase(), facts]));
	const { emails } = JSON.parse(String(json)) as { emails: string[] };
	return emails.map((email) => ({ email, known: known.get(email.toLowerCase()) }));
}

/** https://sendpulse.com/integrations/api/bulk-email: `POST /emails`. */
export const getAcrossLists = batched<string>({
	name: 'Get Across Lists',
	value: 'getAcrossLists',
	action: 'Get a contact across all lists',
	description: 'Get in which mailing lists addresses are, up to 100 items in one request',
	fields: [emailField],
	read: readEmail,
	chunk,
	async call(addresses, client) {
		const answers = await askAll('/emails', addresses, client);
		return answers.map(({ email, known }) => done({ email, lists: Array.isArray(known) ? known : [] }));
	},
});

/** `POST /emails/campaigns`. An address that no campaign went to comes without numbers. */
export const getStatistics = batched<string>({
	name: 'Get Statistics',
	value: 'getStatistics',
	action: 'Get statistics of a contact',
	description: 'Get how much addresses were sent, opened and clicked, up to 100 items in one request',
	fields: [emailField],
	read: readEmail,
	chunk,
	async call(addresses, client) {
		const answers = await askAll('/emails/campaigns', addresses, client);
		return answers.map(({ email, known }) => done({ email, ...(isData(known) ? known : {}) }));
	},
});

export const removeEverywhere = perItem({
	name: 'Delete From All Lists',
	value: 'deleteFromAllLists',
	action: 'Delete a contact from all lists',
	description: 'Take a contact out of every mailing list of the account, for good',
	fields: [emailField],
	asTool: false,
	read: readEmail,
	async call(email, client) {
		await client.delete(path`/emails/${email}`, { answer: DONE });
		return { email, deleted: true };
	},
});
