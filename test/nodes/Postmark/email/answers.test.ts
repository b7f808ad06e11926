import { json, tinyServer, type TinyServer } from '../../../core/support/tinyServer';
import { NODE, runNode } from '../../../support/runNode';

interface Sent {
	To: string;
}
const accepted = ({ To }: Sent) => ({
	To,
	SubmittedAt: '2026-11-26',
	MessageID: `id of ${To}`,
	ErrorCode: 0,
	Message: 'OK',
});
const REFUSED = { ErrorCode: 406, Message: 'Inactive recipient' };

/** What the service makes of the emails of a batch. */
let answer: (emails: Sent[]) => unknown;
let postmark: TinyServer;
beforeAll(async () => {
	postmark = await tinyServer((_request, response, body) =>
		json(response, answer(JSON.parse(body) as Sent[])),
	);
});
afterAll(async () => await postmark.close());

beforeEach(() => (postmark.seen.length = 0));

async function send(to: string[]) {
	const run = await runNode(
		{
			type: 'postmark',
			parameters: {
				resource: 'email',
				operation: 'send',
				from: 'a@b.example',
				to: '={{ $json.to }}',
				subject: 's',
				text: 't',
			},
			credentials: { mailOpsPostmarkServerApi: { serverToken: 'token', baseUrl: postmark.url } },
			settings: { onError: 'continueErrorOutput' },
		},
		to.map((address) => ({ to: address })),
		{ mode: 'trigger' },
	);
	return {
		done: Object.fromEntries(
			run
				.items(NODE)
				.map(({ json: row, pairedItem }) => [(pairedItem as { item: number }).item, row.MessageID]),
		),
		failed: run
			.json(NODE, 1)
			.map(({ to: address, details }) => [address, (details as { outcome: string }).outcome]),
	};
}

const PEOPLE = ['ana@x.example', 'Ben <ben@x.example>', 'cem@x.example, dan@x.example'];

test('answers in another order: each email gets its own', async () => {
	answer = (emails) => emails.map(accepted).reverse();
	const { done, failed } = await send(PEOPLE);
	expect(failed).toEqual([]);
	expect(Object.values(done)).toEqual(
		PEOPLE.map((to) => expect.stringContaining(to.replace(/^Ben <|>$/g, ''))),
	);
});

test('an answer too few: those that name theirs count, of the others nobody knows', async () => {
	answer = (emails) => [accepted(emails[2]!), accepted(emails[0]!)];
	const { done, failed } = await send(PEOPLE);
	expect(Object.keys(done)).toEqual(['0', '2']);
	expect(failed).toEqual([[PEOPLE[1], 'unknown']]);
	expect(postmark.seen.filter(({ path }) => path === '/email/batch')).toHaveLength(1);
});

test('an answer too many, and a refusal that names nobody', async () => {
	answer = (emails) => [REFUSED, ...emails.map(accepted)];
	expect(await send(PEOPLE)).toMatchObject({ failed: [], done: { 0: 'id of ana@x.example' } });
	answer = (emails) => [accepted(emails[0]!), REFUSED];
	expect((await send(PEOPLE)).failed).toEqual([
		[PEOPLE[1], 'unknown'],
		[PEOPLE[2], 'unknown'],
	]);
});

test('as many answers as emails, and a refusal among them, is the order of the emails', async () => {
	answer = (emails) => [accepted(emails[0]!), REFUSED, accepted(emails[2]!)];
	expect((await send(PEOPLE)).failed).toEqual([[PEOPLE[1], 'refused']]);
});
