import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { withoutLinks } from '../connection';

/**
 * Changes what stands at a path, and gives what it is now. The same values twice are the same.
 *
 * @param answer the fields that the answer must have
 */
export const change = async (
	client: Client,
	path: string,
	body: IDataObject,
	answer: string[],
): Promise<IDataObject> =>
	withoutLinks(await client.send<IDataObject>({ method: 'PATCH', path, body, answer, idempotent: true }));
