import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { loadOptions } from '../../../core/node/loadOptions';
import { flowsOf } from '../api/flows';
import { sendersOf } from '../api/senders';
import { tagsOf } from '../api/tags';
import { ownTemplates, templateId } from '../api/templates';
import { pages, sendPulse } from '../connection';

type Results = INodeListSearchResult['results'];
type Rows = AsyncIterable<IDataObject> | Iterable<IDataObject>;

/** Campaigns that a menu shows, the latest. */
const LATEST = 1_000;

/** What of a list has the search in its name: SendPulse itself cannot search. */
async function search(
	context: ILoadOptionsFunctions,
	wanted: string,
	list: (client: Client) => Rows | Promise<Rows>,
	entryOf: (row: IDataObject) => Results[number],
): Promise<INodeListSearchResult> {
	return await loadOptions(context, sendPulse, async (client) => {
		const results: Results = [];
		for await (const row of await list(client)) results.push(entryOf(row));
		const sought = wanted.toLocaleLowerCase();
		return { results: results.filter(({ name }) => name.toLocaleLowerCase().includes(sought)) };
	});
}

const byName = (row: IDataObject): Results[number] => ({
	name: String(row.name ?? row.id),
	value: templateId(row),
});

export async function searchLists(this: ILoadOptionsFunctions, wanted = ''): Promise<INodeListSearchResult> {
	return await search(this, wanted, (client) => client.pages('/addressbooks', pages), byName);
}

export async function searchCampaigns(
	this: ILoadOptionsFunctions,
	wanted = '',
): Promise<INodeListSearchResult> {
	return await search(
		this,
		wanted,
		(client) => client.pages('/campaigns', pages, { order: 'desc' }, LATEST),
		byName,
	);
}

export async function searchTemplates(
	this: ILoadOptionsFunctions,
	wanted = '',
): Promise<INodeListSearchResult> {
	return await search(this, wanted, (client) => ownTemplates(client), byName);
}

export async function searchSenders(
	this: ILoadOptionsFunctions,
	wanted = '',
): Promise<INodeListSearchResult> {
	return await search(this, wanted, sendersOf, ({ email, name }) => ({
		name: name ? `${String(name)} <${String(email)}>` : String(email),
		value: String(email),
	}));
}

export async function searchTags(this: ILoadOptionsFunctions, wanted = ''): Promise<INodeListSearchResult> {
	return await search(this, wanted, tagsOf, byName);
}

export async function searchFlows(this: ILoadOptionsFunctions, wanted = ''): Promise<INodeListSearchResult> {
	return await search(this, wanted, (client) => flowsOf(client), byName);
}
