import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { isLike, loadOptions } from '../../../core/node/loadOptions';
import { lookUp } from '../../../core/lookUp';
import { canSend, listStreams, type Stream } from '../stream/model';
import { postmark } from '../connection';
import { listWebhooks } from '../webhook/model';

const KINDS = { Transactional: 'Transactional', Broadcasts: 'Broadcast', Inbound: 'Inbound' };

const streamEntry = ({ ID, Name, MessageStreamType, ArchivedAt }: Stream) => ({
	name: `${Name} (${lookUp(KINDS, MessageStreamType) ?? MessageStreamType})${ArchivedAt ? ', archived' : ''}`,
	value: ID,
});

/** The streams of the server that can send (https://postmarkapp.com/developer/api/message-streams-api). */
export async function getSendingStreams(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await loadOptions(this, postmark, async (client) =>
		(await listStreams(client)).filter(canSend).map(streamEntry),
	);
}

/** The streams that take a bulk send. */
export async function getBroadcastStreams(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await loadOptions(this, postmark, async (client) =>
		(await listStreams(client, 'Broadcasts')).map(streamEntry),
	);
}

export async function searchSendingStreams(
	this: ILoadOptionsFunctions,
	search = '',
): Promise<INodeListSearchResult> {
	return await loadOptions(this, postmark, async (client) => ({
		results: (await listStreams(client)).filter(canSend).map(streamEntry).filter(isLike(search)),
	}));
}

/** All streams, archived ones too, so that they can be looked at and brought back. */
export async function searchStreams(
	this: ILoadOptionsFunctions,
	search = '',
): Promise<INodeListSearchResult> {
	return await loadOptions(this, postmark, async (client) => ({
		results: (await listStreams(client, 'All', true)).map(streamEntry).filter(isLike(search)),
	}));
}

export async function searchWebhooks(
	this: ILoadOptionsFunctions,
	search = '',
): Promise<INodeListSearchResult> {
	return await loadOptions(this, postmark, async (client) => ({
		results: (await listWebhooks(client))
			.map(({ ID, Url, MessageStream }) => ({ name: `${withoutQuery(Url)} (${MessageStream})`, value: ID }))
			.filter(isLike(search)),
	}));
}

/** A name and a password or key may stand in a URL: they do not belong in a list on the screen. */
function withoutQuery(url: string): string {
	if (!URL.canParse(url)) return url;
	const { origin, pathname } = new URL(url);
	return `${origin}${pathname}`;
}

const PAGE = 50;

/** The newest bounces of recipients whose address has the search in it. */
export async function searchBounces(
	this: ILoadOptionsFunctions,
	search = '',
	offset = '0',
): Promise<INodeListSearchResult> {
	return await loadOptions(this, postmark, async (client) => {
		const answer = await client.get<{ TotalCount?: number; Bounces?: Bounce[] }>('/bounces', {
			count: PAGE,
			offset: Number(offset),
			...(search && { emailFilter: search }),
		});
		const next = Number(offset) + PAGE;
		return {
			results: (answer.Bounces ?? []).map(({ ID, Email, Name, BouncedAt }) => ({
				name: `${Email}: ${Name}, ${String(BouncedAt).slice(0, 10)}`,
				value: ID,
			})),
			...(next < Number(answer.TotalCount) && { paginationToken: String(next) }),
		};
	});
}

interface Bounce {
	ID: number;
	Email: string;
	Name: string;
	BouncedAt: string;
}

export async function searchInboundRules(
	this: ILoadOptionsFunctions,
	search = '',
	offset = '0',
): Promise<INodeListSearchResult> {
	return await loadOptions(this, postmark, async (client) => {
		const answer = await client.get<{
			TotalCount?: number;
			InboundRules?: Array<{ ID: number; Rule: string }>;
		}>('/triggers/inboundrules', { count: 500, offset: Number(offset) });
		const next = Number(offset) + 500;
		return {
			results: (answer.InboundRules ?? [])
				.map(({ ID, Rule }) => ({ name: Rule, value: ID }))
				.filter(isLike(search)),
			...(next < Number(answer.TotalCount) && { paginationToken: String(next) }),
		};
	});
}
