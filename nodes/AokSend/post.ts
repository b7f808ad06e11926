import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../core/errors';
import type { Client } from '../../core/http/client';
import type { FormPart } from '../../core/http/formData';
import { isAccepted } from './errors';
import { productOf } from './products';

export interface Post {
	path: string;
	fields: Record<string, string>;
	file?: Extract<FormPart, { fileName: string }>;
	/** Nothing on the other side can be asked what became of a request, so what sends is not repeated. */
	idempotent: boolean;
}

/** All calls are web forms, with the app key as one of the fields: it never stands in an address. */
export async function post(client: Client, { path, fields, file, idempotent }: Post): Promise<IDataObject> {
	const form = { app_key: String(client.credential.apiKey ?? '').trim(), ...fields };
	const content =
		file === undefined
			? { form }
			: { multipart: [...Object.entries(form).map(([name, value]) => ({ name, value })), file] };
	return await client.send({
		method: 'POST',
		path,
		...content,
		idempotent,
		answer: isAccepted,
		manualCheck: `Look at ${productOf(client.credential).console}.`,
	});
}

export const SEND_EMAIL = '/index/api/send_email';

/** An operation that the credential's service does not have, or not as far as is published. */
export function notOffered(client: Client, what: string, remedy: string): ServiceError {
	const { name } = productOf(client.credential);
	return new ServiceError({
		service: name,
		message: `${name} ${what}`,
		remedy,
		outcome: 'notSent',
	});
}
