import type { ILoadOptionsFunctions } from 'n8n-workflow';
import type { Connection } from '../connection/connection';
import type { Client } from '../http/client';
import { toServiceError } from '../errors';
import { toNodeError } from './nodeError';
import type { Service } from '../http/service';

/** What a dropdown lists. A fault is shown in the dropdown in the pack's own words: an empty list always means "none". */
export async function loadOptions<T, C extends Connection = Client>(
	context: ILoadOptionsFunctions,
	service: Service<C>,
	list: (connection: C) => Promise<T>,
): Promise<T> {
	let connection: C | undefined;
	try {
		connection = await service.open(context);
		return await list(connection);
	} catch (error) {
		throw toNodeError(context.getNode(), toServiceError(error), undefined);
	} finally {
		await connection?.close?.();
	}
}

/** Whether a name that is listed has what the person typed in it. */
export const isLike = (search: string) => {
	const wanted = search.toLocaleLowerCase();
	return ({ name }: { name: string }) => name.toLocaleLowerCase().includes(wanted);
};
