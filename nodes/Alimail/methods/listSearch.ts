import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { isLike, loadOptions } from '../../../core/node/loadOptions';
import { departmentTree } from '../department/tree';
import { alimail } from '../connection';
import { foldersBelow } from '../mail/folders';
import { containing } from '../user/filter';

/** One page of users whose name or address contains the search. */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	search?: string,
	cursor?: string,
): Promise<INodeListSearchResult> {
	return await loadOptions(this, alimail, async (client) => {
		const answer = await client.get<{ users?: Found[]; nextCursor?: string; hasMore?: boolean }>(
			'/v2/users',
			{
				size: 50,
				...(search ? { filter: containing(['name', 'email'], search) } : {}),
				...(cursor ? { cursor } : {}),
			},
		);
		return {
			results: (answer.users ?? []).map(({ id, name, email, status }) => ({
				name: `${name ?? ''} (${email ?? id})${status === 'FREEZE' ? ', frozen' : ''}`,
				value: email ?? id,
			})),
			...(answer.hasMore !== false && answer.nextCursor ? { paginationToken: answer.nextCursor } : {}),
		};
	});
}

/** All departments by their whole path. */
export async function searchDepartments(
	this: ILoadOptionsFunctions,
	search = '',
): Promise<INodeListSearchResult> {
	return await loadOptions(this, alimail, async (client) => {
		const tree = await departmentTree(client);
		return {
			results: tree
				.all()
				.map(({ id }) => ({ name: tree.path(id), value: id }))
				.filter(isLike(search))
				.sort((a, b) => a.name.localeCompare(b.name)),
		};
	});
}

export async function searchDomains(
	this: ILoadOptionsFunctions,
	search = '',
): Promise<INodeListSearchResult> {
	return await loadOptions(this, alimail, async (client) => {
		const { domains = [] } = await client.get<{ domains?: Array<{ domain: string }> }>('/v2/domains');
		return {
			results: domains
				.filter(({ domain }) => domain.includes(search.toLowerCase()))
				.map(({ domain }) => ({ name: domain, value: domain })),
		};
	});
}

/** All folders of the chosen mailbox, with the way to each. */
export async function searchMailFolders(
	this: ILoadOptionsFunctions,
	search = '',
): Promise<INodeListSearchResult> {
	const mailbox = String(this.getCurrentNodeParameter('mailbox', { extractValue: true }) ?? '').trim();
	// What an expression gives is not known in the editor.
	if (mailbox === '' || mailbox.startsWith('=')) return { results: [] };
	return await loadOptions(this, alimail, async (client) => {
		const results: Array<{ name: string; value: string }> = [];
		for await (const { id, path } of foldersBelow(client, mailbox))
			if (path.toLocaleLowerCase().includes(search.toLocaleLowerCase()))
				results.push({ name: path, value: id });
		return { results };
	});
}

interface Found {
	id: string;
	name?: string;
	email?: string;
	status?: string;
}
