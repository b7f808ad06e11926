import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { isLike, loadOptions } from '../../../core/node/loadOptions';
import { postmarkAccount } from '../connection';

const PAGE = 500;

interface Listed {
	path: string;
	rows: string;
	/** Postmark's own search, where it has one; otherwise the page is searched here. */
	filter?: IDataObject;
	nameOf(row: IDataObject): string;
}

async function page(
	context: ILoadOptionsFunctions,
	{ path, rows, filter, nameOf }: Listed,
	search: string,
	offset: number,
): Promise<INodeListSearchResult> {
	return await loadOptions(context, postmarkAccount, async (client) => {
		const answer = await client.get(path, { count: PAGE, offset, ...filter });
		const found = (Array.isArray(answer[rows]) ? answer[rows] : []) as IDataObject[];
		const next = offset + PAGE;
		return {
			results: found.map((row) => ({ name: nameOf(row), value: Number(row.ID) })).filter(isLike(search)),
			...(next < Number(answer.TotalCount) && { paginationToken: String(next) }),
		};
	});
}

export async function searchServers(
	this: ILoadOptionsFunctions,
	search = '',
	offset = '0',
): Promise<INodeListSearchResult> {
	const listed: Listed = {
		path: '/servers',
		rows: 'Servers',
		filter: search === '' ? {} : { name: search },
		nameOf: ({ Name, DeliveryType }) => `${String(Name)}${DeliveryType === 'Sandbox' ? ' (sandbox)' : ''}`,
	};
	return await page(this, listed, search, Number(offset));
}

export async function searchDomains(
	this: ILoadOptionsFunctions,
	search = '',
	offset = '0',
): Promise<INodeListSearchResult> {
	const listed: Listed = {
		path: '/domains',
		rows: 'Domains',
		nameOf: ({ Name, DKIMVerified }) => `${String(Name)}${DKIMVerified ? '' : ' (not verified)'}`,
	};
	return await page(this, listed, search, Number(offset));
}

export async function searchSignatures(
	this: ILoadOptionsFunctions,
	search = '',
	offset = '0',
): Promise<INodeListSearchResult> {
	const listed: Listed = {
		path: '/senders',
		rows: 'SenderSignatures',
		nameOf: ({ Name, EmailAddress, Confirmed }) =>
			`${String(Name)} <${String(EmailAddress)}>${Confirmed ? '' : ' (not confirmed)'}`,
	};
	return await page(this, listed, search, Number(offset));
}
