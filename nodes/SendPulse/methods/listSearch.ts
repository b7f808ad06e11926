import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { loadOptions } from '../../../core/node/loadOptions';
import { pages, sendPulse } from '../connection';

/** Everything of a list whose name has the search in it: SendPulse itself cannot search. */
async function search(
	context: ILoadOptionsFunctions,
	path: string,
	wanted: string,
): Promise<INodeListSearchResult> {
	return await loadOptions(context, sendPulse, async (client) => {
		const results: INodeListSearchResult['results'] = [];
		for await (const row of client.pages(path, pages)) {
			const { id, real_id: realId, name } = row as IDataObject & { name?: string };
			results.push({ name: String(name ?? id), value: String(realId ?? id) });
		}
		return {
			results: results.filter(({ name }) => name.toLocaleLowerCase().includes(wanted.toLocaleLowerCase())),
		};
	});
}

export async function searchLists(this: ILoadOptionsFunctions, wanted = ''): Promise<INodeListSearchResult> {
	return await search(this, '/addressbooks', wanted);
}
