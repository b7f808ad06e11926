import type { ILoadOptionsFunctions } from 'n8n-workflow';
import type { Client } from '../http/client';
import { toServiceError, toNodeError } from '../errors';
import type { Service } from '../http/service';

/** What a dropdown lists. A fault is shown in the dropdown in the pack's own words: an empty list always means "none". */
export async function loadOptions<T>(
	context: ILoadOptionsFunctions,
	service: Service,
	list: (client: Client) => Promise<T>,
): Promise<T> {
	try {
		return await list(await service.open(context));
	} catch (error) {
		throw toNodeError(context.getNode(), toServiceError(error), undefined);
	}
}
