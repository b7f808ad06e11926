import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { Client } from '../../../core/http/client';
import { path } from '../../../core/http/path';
import { isLike, loadOptions } from '../../../core/node/loadOptions';
import { listAudiences } from '../api/audiences';
import { allSegments } from '../api/segments';
import { listTemplates } from '../api/templates';
import { listOf, mailchimp } from '../connection';
import { chosenAudience } from './lists';

export async function getAudiences(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await loadOptions(this, mailchimp, async (client) =>
		(await listAudiences(client)).map(({ id, name }) => ({ name, value: id })),
	);
}

/** https://mailchimp.com/developer/marketing/api/campaign-folders/list-campaign-folders/ */
export async function getCampaignFolders(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await loadOptions(this, mailchimp, async (client) => await foldersAt(client, '/campaign-folders'));
}

/** https://mailchimp.com/developer/marketing/api/template-folders/list-template-folders/ */
export async function getTemplateFolders(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await loadOptions(this, mailchimp, async (client) => await foldersAt(client, '/template-folders'));
}

export async function searchTemplates(
	this: ILoadOptionsFunctions,
	search = '',
): Promise<INodeListSearchResult> {
	return await loadOptions(this, mailchimp, async (client) => ({
		results: (await listTemplates(client))
			.map(({ id, name }) => ({ name, value: String(id) }))
			.filter(isLike(search)),
	}));
}

async function foldersAt(client: Client, at: string): Promise<INodePropertyOptions[]> {
	const folders: INodePropertyOptions[] = [];
	const query: IDataObject = { fields: 'folders.id,folders.name,total_items' };
	for await (const { id, name } of client.pages(at, listOf('folders'), query))
		folders.push({ name: String(name), value: String(id) });
	return folders;
}

/** What a campaign can be limited to: the tags of the audience, and its segments. */
export async function searchRecipients(
	this: ILoadOptionsFunctions,
	search = '',
): Promise<INodeListSearchResult> {
	const audience = chosenAudience(this);
	if (audience === '') return { results: [] };
	return await loadOptions(this, mailchimp, async (client) => {
		const [tags, segments] = await Promise.all([
			allSegments(client, audience, 'static'),
			allSegments(client, audience, 'saved'),
		]);
		const entry = (kind: string) => (one: { id: number; name: string }) => ({
			name: `${one.name} (${kind})`,
			value: String(one.id),
		});
		return {
			results: [...segments.map(entry('segment')), ...tags.map(entry('tag'))].filter(isLike(search)),
		};
	});
}

/** The links of the campaign that is chosen in the form; none while it was not sent. */
export async function searchLinks(this: ILoadOptionsFunctions, search = ''): Promise<INodeListSearchResult> {
	const campaign = String(this.getCurrentNodeParameter('campaign', { extractValue: true }) ?? '');
	if (campaign === '') return { results: [] };
	return await loadOptions(this, mailchimp, async (client) => {
		const results: INodeListSearchResult['results'] = [];
		const query = { fields: 'urls_clicked.id,urls_clicked.url,total_items' };
		const links = client.pages(path`/reports/${campaign}/click-details`, listOf('urls_clicked'), query);
		for await (const { id, url } of links) results.push({ name: String(url), value: String(id) });
		return { results: results.filter(isLike(search)) };
	});
}
