import { ServiceError } from '../../../../core/errors';
import { done } from '../../../../core/node/operation';
import type { Contact } from '../../../../nodes/Mailchimp/member/many';
import { tellingApart } from '../../../../nodes/Mailchimp/member/tellingApart';

const contacts = (count: number): Contact[] =>
	Array.from({ length: count }, (_, i) => ({ email_address: `p${i}@example.com` }));

const shapeFault = new ServiceError({
	service: 'Mailchimp',
	message: 'Mailchimp refused the request',
	code: 'Invalid Resource',
	said: 'The resource submitted could not be validated. members: Schema describes object',
	status: 400,
});

/** Refuses what holds one of those at fault; remembers how many contacts each request had. */
function mailchimp(isAtFault: (address: string) => boolean, refusal = shapeFault) {
	const sizes: number[] = [];
	const tell = async (some: Contact[]) => {
		sizes.push(some.length);
		await Promise.resolve();
		if (some.some(({ email_address: address }) => isAtFault(address))) throw refusal;
		return new Map(some.map(({ email_address: address }) => [address, done({ address })]));
	};
	return { sizes, tell };
}

const fates = (answers: Map<string, object>) => ({
	done: [...answers.values()].filter((answer) => 'done' in answer).length,
	failed: [...answers].flatMap(([address, answer]) => ('failed' in answer ? [address] : [])),
});

test('nothing at fault is one request', async () => {
	const { sizes, tell } = mailchimp(() => false);
	expect(fates(await tellingApart(contacts(500), tell))).toEqual({ done: 500, failed: [] });
	expect(sizes).toEqual([500]);
});

test('of 500 contacts the three at fault fail alone', async () => {
	const wrong = new Set(['p0@example.com', 'p250@example.com', 'p499@example.com']);
	const { sizes, tell } = mailchimp((address) => wrong.has(address));
	expect(fates(await tellingApart(contacts(500), tell))).toEqual({ done: 497, failed: [...wrong] });
	expect(sizes.length).toBeLessThan(60);
});

test('where all are at fault it ends, with an answer for each that says so', async () => {
	const { sizes, tell } = mailchimp(() => true);
	const answers = await tellingApart(contacts(500), tell);
	expect(fates(answers).failed).toHaveLength(500);
	expect(sizes.length).toBeLessThanOrEqual(73);
	expect((answers.get('p499@example.com') as { failed: ServiceError }).failed.message).toMatch(
		/^Mailchimp refused \d+ contacts together: values of many of them have the wrong shape$/,
	);
});

test.each([
	['another refusal', { ...shapeFault.facts, code: 'Resource Not Found', status: 404 }],
	['another fault of the request', { ...shapeFault.facts, said: 'You may only add 500 members.' }],
	['an answer that got lost', { ...shapeFault.facts, outcome: 'unknown' as const }],
])('%s is not tried in parts', async (_, facts) => {
	const refusal = new ServiceError(facts);
	const { sizes, tell } = mailchimp(() => true, refusal);
	const answers = await tellingApart(contacts(4), tell);
	expect([...answers.values()]).toEqual(Array.from({ length: 4 }, () => ({ failed: refusal })));
	expect(sizes).toEqual([4]);
});
