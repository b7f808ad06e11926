import type { Client } from '../../../core/http/client';
import { listOf } from '../connection';
import { allRows } from './rows';

/** The account's own templates, the last changed first (https://mailchimp.com/developer/marketing/api/templates/list-templates/). */
export async function listTemplates(client: Client): Promise<Array<{ id: number; name: string }>> {
	const query = {
		type: 'user',
		sort_field: 'date_edited',
		sort_dir: 'DESC',
		fields: 'templates.id,templates.name,total_items',
	};
	return await allRows(client.pages('/templates', listOf('templates'), query));
}
