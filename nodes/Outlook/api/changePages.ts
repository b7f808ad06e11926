import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import { AnswerTooLong } from '../../../core/http/body';
import type { Client } from '../../../core/http/client';
import { isData } from '../../../core/http/response';
import { graphUrlOf } from '../clouds';
import { prefer } from '../connection';
import { withProblem } from './leftOut';

/** One page of what changed (https://learn.microsoft.com/graph/delta-query-overview). */
export interface Page {
	value: IDataObject[];
	'@odata.nextLink'?: string;
	'@odata.deltaLink'?: string;
}

/** Rows of a page. */
export const PAGE_SIZE = 200;
/** A page with fewer characters of bodies than this may be followed by one of twice as many rows: both fit into an answer. */
const SHORT = 10_000_000;

/** How many rows of a list are asked for at a time: fewer after a page that made too long an answer, and more again later. */
export class Pace {
	constructor(public size = PAGE_SIZE) {}

	/** @returns whether there are fewer to ask for */
	slower(): boolean {
		if (this.size === 1) return false;
		this.size = Math.floor(this.size / 2);
		return true;
	}

	cameWith(characters: number): void {
		if (characters < SHORT) this.size = Math.min(2 * this.size, PAGE_SIZE);
	}
}

/**
 * Where a round begins: all that is there. Each request says how many rows may come (the header Prefer: odata.maxpagesize,
 * https://learn.microsoft.com/graph/delta-query-messages). When the answer is too long, fewer are asked for; what is too long by
 * itself comes without its long texts, and says so in `problem`.
 */
export async function firstPage(path: string, query: IDataObject, client: Client, pace: Pace): Promise<Page> {
	for (;;)
		try {
			const page = await pageOf(path, query, client, pace.size);
			pace.cameWith(charactersIn(page.value));
			return page;
		} catch (error) {
			if (!(error instanceof AnswerTooLong)) throw error;
			if (pace.slower()) continue;
			const page = await pageOf(path, query, client, pace.size, { withoutLongTexts: true });
			return { ...page, value: page.value.map(withProblem) };
		}
}

const pageOf = async (
	path: string,
	query: IDataObject,
	client: Client,
	size: number,
	how: { withoutLongTexts?: true } = {},
): Promise<Page> =>
	await client.send<Page & IDataObject>({
		path,
		query,
		headers: prefer(`odata.maxpagesize=${size}`),
		answer: (body) => isData(body) && Array.isArray(body.value),
		...how,
	});

/** Characters of the bodies. */
export const charactersIn = (rows: IDataObject[]): number =>
	rows.reduce((sum, { body }) => sum + String((body as IDataObject | undefined)?.content ?? '').length, 0);

/** Where a link of Graph’s leads. One that Graph has forgotten fails with what `client.isGone` knows. */
export const followLink = async (link: string, client: Client, pace: Pace): Promise<Page> =>
	await firstPage(pathOf(link, client), {}, client, pace);

/**
 * The link to go on from, and whether it is the last one of its round.
 *
 * @throws {ServiceError} without any, and for one that leads elsewhere: kept, it would fail each look to come
 */
export function linkOf(
	{ '@odata.nextLink': next, '@odata.deltaLink': last }: Page,
	client: Client,
): { link: string; isLast: boolean } {
	const link = next ?? last;
	if (link === undefined) throw withoutEnd();
	pathOf(link, client);
	return { link, isLast: next === undefined };
}

/** The sign-in goes with it, so it must lead to where the credential says. @throws {ServiceError} */
function pathOf(link: string, client: Client): string {
	const found = pathIn(link, client);
	if (found !== undefined) return found;
	throw new ServiceError({
		service: 'Outlook',
		message: 'The place to go on from is at another address than the credential’s cloud',
		remedy:
			'Was the credential changed to another cloud? Then begin anew: leave the cursor empty. Else something between n8n and Microsoft, such as a proxy, changes its answers.',
	});
}

/** What of a link comes after the address of the credential’s cloud; undefined when it leads elsewhere. */
export function pathIn(link: string, client: Client): string | undefined {
	const base = graphUrlOf(client.credential);
	return link.startsWith(`${base}/`) ? link.slice(base.length) : undefined;
}

const withoutEnd = (): ServiceError =>
	new ServiceError({
		service: 'Outlook',
		message: 'Outlook’s answer did not say where to go on',
		remedy: 'The next look tries again. If it comes again, switch the workflow off and on.',
		canRetry: true,
	});
