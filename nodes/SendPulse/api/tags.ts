import type { IDataObject } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { isData } from '../../../core/http/response';

/** https://sendpulse.com/integrations/api/bulk-email: `GET /tags`, all at once. */
export async function tagsOf(client: Client): Promise<IDataObject[]> {
	const { tags } = await client.send<{ tags: IDataObject[] }>({
		path: '/tags',
		answer: (body) => isData(body) && Array.isArray(body.tags),
	});
	return tags;
}

/** What a change answers: it is queued, and done a moment later. */
export const QUEUED = ['success'] as const;
