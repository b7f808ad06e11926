import { classifyResponse, type ClassifiedRequest } from '../../../core/http/classify';
import { isData } from '../../../core/http/response';

const rules = {
	service: 'Example',
	mapError: ({ body }: { body: unknown }) =>
		isData(body) && body.code ? { code: String(body.code) } : undefined,
};
const meaning = (status: number, body: unknown, request: Partial<ClassifiedRequest> = {}) =>
	classifyResponse(
		{ status, headers: {}, body },
		{ method: 'POST', path: '/things', idempotent: false, answer: ['id'], ...request },
		rules,
	);
const PROXY = 'upstream connect error or disconnect/reset before headers';

describe('a refusal of a write counts only when the service has spoken', () => {
	test.each([403, 409, 425, 429, 503])('%i', (status) => {
		expect(meaning(status, { code: 'busy' })).toMatchObject({ outcome: 'refused' });
		for (const foreign of [PROXY, '<html>', '', { message: 'no Route matched' }])
			expect(meaning(status, foreign)).toMatchObject({ outcome: 'unknown' });
		// What may be repeated is; only what is said in the end depends on it.
		expect(meaning(status, PROXY, { idempotent: true })).toMatchObject({ outcome: 'unknown' });
		expect(meaning(status, PROXY, { method: 'GET', idempotent: true })).toMatchObject({ outcome: 'refused' });
	});

	test.each([101, 304, 408, 499, 500, 502, 504])('%i is never sure', (status) => {
		expect(meaning(status, PROXY)).toMatchObject({ outcome: 'unknown' });
	});

	test.each([400, 401, 404, 413, 422])('%i turned the request away, whoever said it', (status) => {
		expect(meaning(status, '<html>')).toMatchObject({ outcome: 'refused' });
	});
});

describe('a success looks like one', () => {
	test.each([
		['empty', ''],
		['{}', {}],
		['an error', { error: 'no' }],
		['a page', '<html>'],
		['a list', [{ id: 1 }]],
	])('%s in place of the object that was made: nobody knows', (_, body) => {
		expect(meaning(200, body)).toMatchObject({
			outcome: 'unknown',
			message: expect.stringContaining('Example'),
		});
		expect(meaning(200, body)!.remedy).toBeTruthy();
	});

	test('what it should hold, a list where one is due, and nothing where nothing is due', () => {
		expect(meaning(200, { id: 1, error: null })).toBeUndefined();
		expect(meaning(200, [], { answer: 'list' })).toBeUndefined();
		expect(meaning(204, '', { answer: 'anything' })).toBeUndefined();
		expect(meaning(200, { error: 'no' }, { answer: 'anything' })).toMatchObject({ outcome: 'unknown' });
	});

	test('JSON that stops half way is no text', () => {
		const headers = { 'content-type': 'application/json; charset=utf-8' };
		const request = { method: 'DELETE', path: '/things/1', idempotent: true, answer: 'nothing' } as const;
		const half = { status: 200, headers, body: '{"id":"47' };
		expect(classifyResponse(half, request, rules)).toMatchObject({ outcome: 'unknown', action: 'retry' });
		expect(classifyResponse({ ...half, body: '' }, request, rules)).toBeUndefined();
		expect(classifyResponse({ ...half, body: {} }, request, rules)).toBeUndefined();
		expect(
			classifyResponse({ ...half, headers: {} }, { ...request, answer: 'anything' }, rules),
		).toBeUndefined();
	});

	test('a 2xx by which a service says no is a refusal', () => {
		const refusing = { ...rules, refusedBy2xx: () => ({ code: '704', message: 'The list is closed' }) };
		const request = { method: 'POST', path: '/', idempotent: false, answer: 'anything' } as const;
		expect(
			classifyResponse({ status: 200, headers: {}, body: { result: false } }, request, refusing),
		).toMatchObject({ action: 'fail', outcome: 'refused', code: '704', message: 'The list is closed' });
	});
});
