import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { offsetPagination } from '../../core/http/pagination';
import { service } from '../../core/http/service';
import { lookUp } from '../../core/lookUp';
import { explain, refusal } from './errors';
import { baseUrlOf, TOKEN, usesKey } from './token';

/** What a plan allows (sendpulse.com/integrations/api), beside ten requests a second for all. */
export const PLANS: Record<string, { perMinute: number; perDay: number }> = {
	free: { perMinute: 1_000, perDay: 500_000 },
	paid: { perMinute: 2_000, perDay: 1_000_000 },
	enterprise: { perMinute: 3_000, perDay: 3_000_000 },
};

export const planOf = ({ plan }: ICredentialDataDecryptedObject) =>
	lookUp(PLANS, String(plan)) ?? PLANS.free!;

/** Codes that say: there is none of that (any more). */
const NOT_THERE = new Set(['17', '213', '290', '303', '602', '703', '704', '802', '1003']);

export const sendPulse = service({
	name: 'SendPulse',
	credential: 'mailOpsSendPulseApi',
	baseUrl: baseUrlOf,
	limits: (credential) => ({
		concurrency: 4,
		maxConcurrency: 20,
		perSecond: Math.max(1, Number(credential.requestsPerSecond) || 10),
		...planOf(credential),
	}),
	account: (credential) => {
		const id = usesKey(credential) ? credential.apiKey : credential.clientId;
		return `${baseUrlOf(credential)} ${createHash('sha256').update(String(id)).digest('hex').slice(0, 16)}`;
	},
	forecast: ({ beyondToday }) => ({ isToFit: beyondToday === 'refuse' }),
	signIn: { by: 'token', ...TOKEN },
	mapError: explain,
	refusedBy2xx: refusal,
	isGone: ({ facts: { code } }) => code !== undefined && NOT_THERE.has(code),
});

/** Plain lists without a total: a short page is the last. */
export const pages = offsetPagination({ rows: '', offset: 'offset', limit: 'limit', maxSize: 100 });

/** Bounces of a day stand beside their number. */
export const bouncePages = offsetPagination({
	rows: 'emails',
	offset: 'offset',
	limit: 'limit',
	maxSize: 100,
});

/** What an answer holds that only says yes. */
export const DONE = ['result'] as const;
