import type { IDataObject } from 'n8n-workflow';
import { isData, type HttpResponse } from '../../core/http/response';
import type { Part, PartsInOne } from '../../core/http/parts';
import { decoded, inOneName, isDirectory, mailboxIn } from './mailbox';

/** https://learn.microsoft.com/graph/json-batching */
const MOST = 20;
/** Items wait side by side for the turns of many mailboxes, in whatever order they come. */
const READY = 2_000;
/** What goes by itself, because a batch is no place for it. */
const LARGE = 100_000;

/** So many requests Outlook works on at a time, those of a batch too (https://learn.microsoft.com/graph/throttling-limits, Outlook). */
export const AT_ONCE = 4;

/**
 * Twenty requests in one, each with its own answer. Outlook works on four of a batch at a time, which is as many as it
 * takes: so a batch needs the places of them all, and a run has one under way for each mailbox.
 */
export const parts: PartsInOne = {
	size: MOST,
	concurrency: 1,
	places: (all) => Math.min(AT_ONCE, all.length),
	ready: READY,
	group: (part) => (travelsAlone(part) ? undefined : whoseIn(part.path)),
	wrap: (all) => ({
		path: '/$batch',
		body: { requests: all.map((part, at) => ({ id: String(at), ...asRequest(part) })) },
	}),
	unwrap(answer, all) {
		const answers = Array.from<HttpResponse | undefined>({ length: all.length });
		const { responses } = (isData(answer.body) ? answer.body : {}) as { responses?: unknown };
		for (const response of Array.isArray(responses) ? (responses as IDataObject[]) : []) {
			const at = Number(response.id);
			if (Number.isInteger(at) && at >= 0 && at < all.length) answers[at] = asResponse(response);
		}
		return answers;
	},
};

/** A mailbox, or the directory for what is about a user and not the mailbox. */
function whoseIn(path: string): string | undefined {
	const mailbox = isDirectory(path) ? 'directory' : mailboxIn(path);
	return mailbox && inOneName(decoded(mailbox));
}

/** Lists are large and follow links of their own; so are messages with files. */
function travelsAlone({ method, path, query, body }: Part): boolean {
	if (whoseIn(path) === undefined || path.includes('?')) return true;
	if (method === 'GET')
		return path === '/users' || query?.$top !== undefined || /\/(delta|calendarView|instances)$/.test(path);
	return body !== undefined && JSON.stringify(body).length > LARGE;
}

function asRequest({ method, path, query, headers, body }: Part): object {
	const search = query === undefined ? '' : new URLSearchParams(query as Record<string, string>).toString();
	const { 'Content-Type': type, Prefer: prefer, 'client-request-id': id } = headers as Record<string, string>;
	const kept = {
		...(type === undefined ? {} : { 'Content-Type': type }),
		...(prefer ? { Prefer: prefer } : {}),
		...(id ? { 'client-request-id': id } : {}),
	};
	return {
		method,
		url: search === '' ? path : `${path}?${search.replaceAll('+', '%20')}`,
		headers: kept,
		...(body === undefined ? {} : { body }),
	};
}

function asResponse({ status, headers, body }: IDataObject): HttpResponse {
	const lower = Object.entries((headers ?? {}) as IDataObject).map(([name, value]) => [
		name.toLowerCase(),
		value,
	]);
	return { status: Number(status), headers: Object.fromEntries(lower) as IDataObject, body: body ?? '' };
}
