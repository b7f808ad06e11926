import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import type { ErrorResolution } from '../../core/http/classify';
import type { Client } from '../../core/http/client';
import type { WriteRequest } from '../../core/http/request';
import type { HttpResponse } from '../../core/http/response';
import { isData } from '../../core/http/response';
import { ServiceError } from '../../core/errors';
import { offsetPagination, type Paginator } from '../../core/http/pagination';
import { service } from '../../core/http/service';
import { isNoWebhook, meaningOf } from './errors';

/** Whether it is the token that validates without sending (https://postmarkapp.com/developer/user-guide/send-email-with-api). */
export const isTestToken = (token: unknown): boolean => String(token).trim() === 'POSTMARK_API_TEST';

/**
 * Postmark publishes no request rate (https://postmarkapp.com/support/article/1056). Four requests side by side are
 * what its own examples use without being slowed down; a 429 closes the gate for all of them.
 */
const IN_FLIGHT = 4;

/** Wanted of every request, also of one without a body (https://postmarkapp.com/developer/api/overview#error-codes, 409). */
const headers = { 'Content-Type': 'application/json' };

/** Sends, reads and looks after one server's mail, with that server's token. */
export const postmark = service({
	name: 'Postmark',
	credential: 'mailOpsPostmarkServerApi',
	baseUrl,
	limits: () => ({ concurrency: IN_FLIGHT }),
	account: (credential) => accountOf(credential, credential.serverToken),
	mapError: (answer, _, { serverToken }) => explain(answer, 'server', isTestToken(serverToken)),
	isGone,
	headers,
});

/** Looks after servers, domains and sender signatures, with the account's token. */
export const postmarkAccount = service({
	name: 'Postmark',
	credential: 'mailOpsPostmarkAccountApi',
	baseUrl,
	limits: () => ({ concurrency: IN_FLIGHT }),
	account: (credential) => accountOf(credential, credential.accountToken),
	mapError: (answer) => explain(answer, 'account'),
	isGone,
	headers,
});

/** What an answer holds that only says yes (https://postmarkapp.com/developer/api/overview#error-codes). */
export const ACCEPTED = ['ErrorCode', 'Message'] as const;

/** Postmark's codes for "there is none of that ID" (https://postmarkapp.com/developer/api/overview#error-codes). */
const NOT_THERE = new Set(['12', '501', '510', '701', '812', '1001', '1101', '1226']);

function isGone({ facts }: ServiceError): boolean {
	return (facts.code !== undefined && NOT_THERE.has(facts.code)) || isNoWebhook(facts.said);
}

/** Deletes a record. Postmark says yes with a sentence, and no with a code of its own when there is none. */
export async function removeRecord(
	client: Client,
	path: string,
	more: Pick<WriteRequest<IDataObject>, 'reconcile'> = {},
): Promise<void> {
	await client.delete(path, { answer: ACCEPTED, ...more });
}

/** Postmark's lists: `count` (500 at most) and `offset`, both required. */
export const listOf = (rows: string): Paginator =>
	offsetPagination({ rows, offset: 'offset', limit: 'count', total: 'TotalCount', maxSize: 500 });

/** The failure behind one message's own answer in a batch: HTTP says 200 there, and ErrorCode says what happened. */
export function messageError(code: number, said: string, isTest = false): ServiceError {
	return new ServiceError({
		service: 'Postmark',
		code: String(code),
		said,
		...meaningOf(code, said, isTest),
	});
}

/** Where the API is, without a slash at the end. */
export function baseUrl(credential: ICredentialDataDecryptedObject): string {
	return String(credential.baseUrl || 'https://api.postmarkapp.com').replace(/\/+$/, '');
}

/** Tells accounts apart without keeping their tokens. The same token at another address is another account. */
function accountOf(credential: ICredentialDataDecryptedObject, token: unknown): string {
	return `${baseUrl(credential)} ${createHash('sha256').update(String(token)).digest('hex').slice(0, 16)}`;
}

function explain(
	{ status, body }: HttpResponse,
	token: 'server' | 'account',
	isTest = false,
): Partial<ErrorResolution> | undefined {
	if (!isData(body) || status < 300) return undefined;
	const code = Number(body.ErrorCode);
	const said = typeof body.Message === 'string' ? body.Message : undefined;
	if (!Number.isFinite(code)) return said === undefined ? undefined : { said };
	const facts = { code: String(code), ...(said === undefined ? {} : { said }) };
	if (code === 10 && !isTest)
		return {
			...facts,
			message: `Postmark does not know this ${token} token`,
			remedy: `Copy the ${token} API token again from Postmark into the credential. A server token and an account token are not the same: each has its own credential.`,
		};
	if (code === 100)
		return {
			...facts,
			action: 'rateLimited',
			outcome: 'refused',
			canRetry: true,
			...meaningOf(code, said ?? ''),
		};
	return { ...facts, ...meaningOf(code, said ?? '', isTest) };
}
