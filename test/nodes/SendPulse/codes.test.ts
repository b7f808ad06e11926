import { explain, refusal } from '../../../nodes/SendPulse/errors';
import { useSandbox } from '../../support/services';
import { NODE } from '../../support/runNode';
import { byId, problem, run } from './support';

/** The table of SendPulse's own client, and what its descriptions and pages have beyond that. */
const CODES = [
	...[
		8, 10, 11, 12, 13, 14, 17, 19, 20, 21, 31, 32, 97, 201, 203, 211, 213, 290, 299, 303, 400, 401, 403, 422,
	],
	...[502, 503, 550, 573, 602, 701, 703, 704, 707, 708, 711, 720, 721, 722, 731, 791, 799, 800, 802, 832],
	...[901, 902, 903, 904, 905, 906, 999, 1003, 1004, 1005, 1101, 1104, 2900, 3030303030],
];
const POST = { method: 'POST', path: '/x' };
const GET = { method: 'GET', path: '/x' };
const answer = (status: number, body: object) => ({ status, headers: {}, body });

test.each(CODES)('code %d has a plain sentence and a remedy, whether HTTP says 200 or not', (code) => {
	const body = { is_error: 1, error_code: code, message: 'Their words' };
	const facts = {
		code: String(code),
		said: 'Their words',
		message: expect.stringMatching(/^(?!SendPulse says that it did not).{12}/),
		remedy: expect.stringMatching(/.{12}/),
	};
	expect(refusal(answer(200, body), POST)).toMatchObject(facts);
	expect(refusal(answer(200, body), GET)).toMatchObject(facts);
	expect(explain(answer(422, { ...body, is_error: undefined }))).toMatchObject(facts);
});

test.each([200, 422, 429])('2020202020 closes the gate when HTTP says %d', (status) => {
	const body = { error_code: 2020202020, message: 'Too many' };
	expect(refusal(answer(status, body), POST)).toBeUndefined();
	expect(explain(answer(status, body))).toMatchObject({
		action: 'rateLimited',
		outcome: 'refused',
		isOwn: true,
	});
});

test.each([
	['Sender is not valid', 'From'],
	['Forbidden by the DMARC policy of the domain', 'From'],
	['Message size limit exceeded', 'Attachments'],
	['Limit is exceeded. Max count: 100', undefined],
	['Your tariff plan has ended', undefined],
])('422 “%s” is told in words of its own', (said, field) => {
	const found = explain(answer(422, { error_code: 422, message: said }))!;
	expect(found.message).not.toContain('does not take a value');
	expect(found.field).toBe(field);
});

test('what a read has asked for is no refusal', () => {
	for (const body of [{ result: false }, { success: false }, { error_code: 5 }, [{ error_code: 5 }]])
		expect(refusal(answer(200, body), GET)).toBeUndefined();
});

describe('in the node', () => {
	const sandbox = useSandbox();
	const refuse = (status: number, body: object) =>
		sandbox.current.faults.add({
			service: 'sendpulse',
			path: /^\/(?!oauth)/,
			kind: 'status',
			status,
			body,
			times: 1,
		});

	test('an error that comes with HTTP 200 to a read fails the item', async () => {
		refuse(200, { is_error: 1, error_code: 213, message: 'Book not found' });
		const { error, details } = await problem(sandbox.current, 'mailingList.getCost', { list: byId(756589) });
		expect(error).toBe('SendPulse has no such mailing list');
		expect(details).toMatchObject({ code: '213', outcome: 'refused' });
	});

	test('too many a second, said with HTTP 200, is waited for', async () => {
		refuse(200, { error_code: 2020202020, message: 'Too many' });
		const done = await run(sandbox.current, 'mailingList.getCost', { list: byId(756589) });
		expect(done.json(NODE)).toMatchObject([{ sent_emails_qty: 1 }]);
	});
});
