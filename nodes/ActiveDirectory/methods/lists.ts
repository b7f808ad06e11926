import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { loadOptions } from '../../../core/node/loadOptions';
import { directory } from '../connection';
import { all, type Filter } from '../filter/filter';
import type { AttributeType } from '../values/schema';
import { listOf } from '../wire/serverInfo';
import { modelOf } from '../user/model';
import { containing } from '../user/getAll.operation';

/** More than anybody scrolls through: typing narrows them. */
const MOST = 100;

/** People whose name, login or mail contains the search. */
export async function searchUsers(this: ILoadOptionsFunctions, search = ''): Promise<INodeListSearchResult> {
	return await loadOptions(this, directory, async (connection) => {
		const { filter, login } = modelOf((await connection.info()).kind);
		const names = [login, 'displayName', 'cn', 'mail'];
		const narrowed: Filter = search === '' ? filter : all(filter, containing(names, search));
		const results: INodeListSearchResult['results'] = [];
		const base = await connection.base();
		const query = { base, scope: 'sub' as const, filter: narrowed, attributes: names, limit: MOST };
		for await (const entry of connection.search(query)) {
			const one = (name: string) => listOf(entry[name])[0];
			const name = one('displayName') ?? one('cn') ?? entry.dn;
			results.push({ name: `${name} (${one('mail') ?? one(login) ?? entry.dn})`, value: entry.dn });
		}
		return { results: results.sort((a, b) => a.name.localeCompare(b.name)) };
	});
}

/** The names of all attributes that this directory knows. */
export async function getAttributes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await attributesOf(this, () => true);
}

/** Those that are not kept by the directory itself. */
export async function getWritableAttributes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await attributesOf(this, ({ isReadOnly }) => !isReadOnly);
}

async function attributesOf(
	context: ILoadOptionsFunctions,
	isWanted: (type: AttributeType) => boolean,
): Promise<INodePropertyOptions[]> {
	return await loadOptions(context, directory, async (connection) => {
		const types = (await connection.schema()).all.filter(isWanted);
		return types.map(({ name }) => ({ name, value: name })).sort((a, b) => a.name.localeCompare(b.name));
	});
}
