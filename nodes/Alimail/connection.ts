import { createHash } from 'node:crypto';
import { type ErrorResolution } from '../../core/http/classify';
import { isData, type HttpResponse, type RequestLine } from '../../core/http/response';
import { cursorPagination, offsetPagination } from '../../core/http/pagination';
import { service } from '../../core/http/service';
import { NAMES_OF_RIGHTS, permissionOf, type Permission } from './permissions';
import { baseUrlOf } from './sites';
import { TOKEN } from './token';

/**
 * For all apps of one mail domain: 20 by default, 40 at most (the public administration tool
 * glama.ai/mcp/servers/mfc-open/alimail-admin-mcp; github.com/eryajf/go-alimail, client.go, has 40).
 */
export const REQUESTS_PER_SECOND = 20;

/** Enough side by side to use the whole rate when an answer takes up to 0.6 seconds. */
const IN_FLIGHT = 24;
/** When answers take longer, since each request opens a connection: enough for the whole rate at 1.5 seconds. */
const MOST_IN_FLIGHT = 64;

export const alimail = service({
	name: 'Alimail',
	credential: 'mailOpsAlimailApi',
	baseUrl: baseUrlOf,
	limits: ({ requestsPerSecond }) => ({
		concurrency: IN_FLIGHT,
		maxConcurrency: MOST_IN_FLIGHT,
		perSecond: Math.max(1, Number(requestsPerSecond) || REQUESTS_PER_SECOND),
	}),
	account: (credential) => {
		const domain = String(credential.domain ?? '')
			.trim()
			.toLowerCase();
		return `${baseUrlOf(credential)} ${domain || createHash('sha256').update(String(credential.appId)).digest('hex').slice(0, 16)}`;
	},
	signIn: { by: 'token', ...TOKEN },
	mapError: explain,
});

/** `GET /v2/users`: cursor and size, 100 at most. */
export const userPages = cursorPagination({
	rows: 'users',
	cursor: 'cursor',
	size: 'size',
	next: 'nextCursor',
	hasMore: 'hasMore',
	maxSize: 100,
});

/** `GET /v2/departments/{id}/departments`: offset and limit, 100 at most. */
export const departmentPages = offsetPagination({
	rows: 'departments',
	offset: 'offset',
	limit: 'limit',
	total: 'total',
	maxSize: 100,
});

/**
 * Alimail's error bodies are `{detailErrorCode, message, developerMessage}`; the list of its codes is not public, so the
 * meaning comes from the status and the words are passed on.
 */
function explain({ status, body }: HttpResponse, asked: RequestLine): Partial<ErrorResolution> | undefined {
	if (status < 300) return undefined;
	const facts = isData(body) ? words(body) : {};
	return status === 403 ? { ...facts, ...lacking(permissionOf(asked)) } : facts;
}

function lacking(permission: Permission | undefined): Pick<ErrorResolution, 'message' | 'remedy'> {
	const where = 'In the Alimail admin console, open Advanced Features, API Open Platform, the app, and tick';
	const limited = 'It may also be limited to a range of departments.';
	if (permission === undefined)
		return {
			message: 'The Alimail app lacks a permission',
			remedy: `${where} what this request needs. ${limited}`,
		};
	const { module, right } = permission;
	return {
		message: `The Alimail app lacks the permission to ${right} ${module}`,
		remedy: `${where} ${module} (${NAMES_OF_RIGHTS[right]}). ${limited}`,
	};
}

function words(body: Record<string, unknown>): Partial<ErrorResolution> {
	const said = [body.message, body.developerMessage].filter(
		(text) => typeof text === 'string' && text !== '',
	);
	return {
		...(typeof body.detailErrorCode === 'string' ? { code: body.detailErrorCode } : {}),
		...(said.length > 0 ? { said: [...new Set(said)].join(' – ') } : {}),
		...(typeof body.requestId === 'string' ? { requestId: body.requestId } : {}),
	};
}
