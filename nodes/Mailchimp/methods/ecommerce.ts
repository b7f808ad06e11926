import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { path } from '../../../core/http/path';
import { isLike, loadOptions } from '../../../core/node/loadOptions';
import { listOf, mailchimp } from '../connection';

const PICKED = 1000;

/** The first thousand by name: whoever needs another one enters its ID. */
async function found(
	context: ILoadOptionsFunctions,
	search: string,
	at: string,
	rows: string,
	label: string,
) {
	return await loadOptions(context, mailchimp, async (client) => {
		const results: INodeListSearchResult['results'] = [];
		const query = { fields: `${rows}.id,${rows}.${label},total_items` };
		for await (const { id, [label]: name } of client.pages(at, listOf(rows), query, PICKED))
			results.push({ name: String(name), value: String(id) });
		return { results: results.filter(isLike(search)) };
	});
}

/** In the store that is chosen in the form; nothing while none is. */
async function inStore(
	context: ILoadOptionsFunctions,
	search: string,
	rows: string,
	label: string,
): Promise<INodeListSearchResult> {
	const store = String(context.getCurrentNodeParameter('store', { extractValue: true }) ?? '');
	if (store === '') return { results: [] };
	return await found(context, search, path`/ecommerce/stores/${store}/${rows}`, rows, label);
}

export async function searchStores(this: ILoadOptionsFunctions, search = ''): Promise<INodeListSearchResult> {
	return await found(this, search, '/ecommerce/stores', 'stores', 'name');
}

export async function searchCustomers(this: ILoadOptionsFunctions, search = '') {
	return await inStore(this, search, 'customers', 'email_address');
}

export async function searchProducts(this: ILoadOptionsFunctions, search = '') {
	return await inStore(this, search, 'products', 'title');
}
