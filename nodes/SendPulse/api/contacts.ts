import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { DONE } from '../connection';

/** https://sendpulse.com/integrations/api/bulk-email. Each takes JSON that is ready to send, with up to 100 contacts. */

/** @param asksFirst whether SendPulse mails the contacts, who have to confirm: each request does it anew */
export async function addContacts(
	client: Client,
	list: string,
	json: Buffer,
	asksFirst = false,
): Promise<IDataObject> {
	return await client.send({
		method: 'POST',
		path: path`/addressbooks/${list}/emails`,
		json,
		// The same contacts twice are the same contacts, but each time asked to confirm.
		idempotent: !asksFirst,
		answer: DONE,
		manualCheck: 'Look in SendPulse whether these contacts are in the list.',
	});
}

export async function unsubscribeContacts(client: Client, list: string, json: Buffer): Promise<IDataObject> {
	return await client.send({
		method: 'POST',
		path: path`/addressbooks/${list}/emails/unsubscribe`,
		json,
		idempotent: true,
		answer: DONE,
	});
}

export async function deleteContacts(client: Client, list: string, json: Buffer): Promise<void> {
	let tries = 0;
	try {
		await client.send({
			method: 'DELETE',
			path: path`/addressbooks/${list}/emails`,
			json,
			answer: DONE,
			onAttempt: () => tries++,
		});
	} catch (error) {
		// None of them is there any more: the try whose answer got lost has deleted them.
		if (!(tries > 1 && error instanceof ServiceError && error.facts.code === '303')) throw error;
	}
}

/** Variables of a contact that is there; values are texts in this call, as the official description has it. */
export async function setVariables(
	client: Client,
	list: string,
	email: string,
	variables: Array<{ name: string; value: string }>,
): Promise<IDataObject> {
	return await client.send({
		method: 'POST',
		path: path`/addressbooks/${list}/emails/variable`,
		body: { email, variables },
		answer: DONE,
		// The same values twice are the same result.
		idempotent: true,
	});
}

/** The addresses of the account that no email goes to. */
export const readBlacklist = async (client: Client): Promise<string[]> =>
	await client.send<string[]>({ path: '/blacklist', answer: 'list' });
