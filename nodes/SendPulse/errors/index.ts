import type { ErrorFacts } from '../../../core/errors';
import type { ErrorResolution } from '../../../core/http/classify';
import { isData, type HttpResponse, type RequestLine } from '../../../core/http/response';
import { meaning, meaningOf } from './meanings';

const TOO_MANY: Partial<ErrorResolution> = {
	action: 'rateLimited',
	outcome: 'refused',
	canRetry: true,
	message: 'SendPulse is receiving too many requests',
	remedy:
		'Run it again later. Check the plan in the credential: it tells how many requests a minute and a day are allowed.',
};

const TOO_FAST = 2_020_202_020;

function wordsOf(body: unknown): { code?: number; said?: string } {
	if (!isData(body)) return {};
	const code = Number(body.error_code ?? NaN);
	const said = typeof body.message === 'string' && body.message !== '' ? body.message : undefined;
	return { ...(Number.isFinite(code) ? { code } : {}), ...(said === undefined ? {} : { said }) };
}

/** What an answer with another status than 2xx means. */
export function explain({
	status,
	body,
}: HttpResponse): (Partial<ErrorResolution> & { isOwn?: boolean }) | undefined {
	const { code, said } = wordsOf(body);
	// It is also said with HTTP 200.
	if (status < 300 && code !== TOO_FAST) return undefined;
	const facts = {
		...(code === undefined ? {} : { code: String(code) }),
		...(said === undefined ? {} : { said }),
	};
	if (code === TOO_FAST || (status === 429 && said !== undefined))
		return { ...facts, isOwn: true, ...TOO_MANY };
	return { ...facts, ...meaningOf(code, said) };
}

/**
 * A no that comes with HTTP 200: `result: false`, `is_error`, an error code. Of a read, `result` and `success` are what was
 * asked for, and a code alone may be a part of it.
 */
export function refusal({ body }: HttpResponse, { method }: RequestLine): Partial<ErrorFacts> | undefined {
	if (!isData(body)) return undefined;
	const { code, said } = wordsOf(body);
	if (code === TOO_FAST) return undefined;
	const saysNo = method !== 'GET' && (body.result === false || body.success === false);
	const isError = Boolean(body.is_error) || (code !== undefined && (method !== 'GET' || said !== undefined));
	if (!saysNo && !isError) return undefined;
	return {
		...(code === undefined ? {} : { code: String(code) }),
		...(said === undefined ? {} : { said }),
		...(meaningOf(code, said) ??
			meaning('SendPulse says that it did not do this', 'Check the values of the fields above.')),
	};
}
