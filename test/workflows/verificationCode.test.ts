import type { IDataObject, IN8nHttpFullResponse, WorkflowExecuteMode } from 'n8n-workflow';
import type { WorkflowFile } from '../../scripts/engine';
import { postmarkCredential, useSandbox } from '../support/services';
import workflow from '../../workflows/verification-code.json';
import { EngineWithTables } from './dataTables';

const file = workflow as unknown as WorkflowFile;
const sandbox = useSandbox();
const ANA = 'ana@example.net';
const TABLE = 'mailops codes';

/** n8n as the caller sees it: what the Respond to Webhook node answers. */
class Answering extends EngineWithTables {
	readonly answers = new Map<string, IN8nHttpFullResponse>();

	override prepare(workflowFile: WorkflowFile, mode: WorkflowExecuteMode, executionId: string) {
		const prepared = super.prepare(workflowFile, mode, executionId);
		prepared.hooks.addHandler(
			'sendResponse',
			(response) => void this.answers.set(executionId, response as IN8nHttpFullResponse),
		);
		return prepared;
	}
}

let engine: Answering;
let calls = 0;
beforeEach(() => {
	engine = new Answering();
	engine.addCredential('Postmark', postmarkCredential(sandbox.current).mailOpsPostmarkServerApi);
	engine.addCredential('Code Secret', { hmacSecret: 'a long random text' });
});
afterEach(() => void jest.restoreAllMocks());

async function call(start: string, body: IDataObject) {
	const executionId = `code ${++calls}`;
	const items = [{ json: { headers: {}, body } }];
	const { error } = await engine.run(file, { start, items, mode: 'webhook', executionId });
	expect(error).toBeUndefined();
	const { statusCode, body: answer } = engine.answers.get(executionId)!;
	return { status: statusCode, answer };
}
const ask = async (email: unknown = ANA) => await call('Code Wanted', { email } as IDataObject);
const check = async (code: unknown, email = ANA) =>
	(await call('Code Entered', { email, code } as IDataObject)).answer as unknown as { valid: boolean };
const codes = () =>
	sandbox.current.postmark.messages.map(({ text = '' }) => /code is (\d{6})\n/.exec(text)![1]!);
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** Lets minutes pass. */
function later(minutes: number): void {
	const now = Date.now();
	jest.spyOn(Date, 'now').mockImplementation(() => now + minutes * 60_000);
}

test('a code is mailed, and is right once', async () => {
	expect(await ask()).toEqual({ status: 200, answer: { sent: true } });
	expect(sandbox.current.postmark.messages[0]!.to.map(({ Email }) => Email)).toEqual([ANA]);
	const [code] = codes();
	expect(await check(wrong(code!))).toEqual({ valid: false });
	expect(await check(code, 'ben@example.net')).toEqual({ valid: false });
	expect(await check(` ${code!.slice(0, 3)} ${code!.slice(3)}`, 'ANA@example.net ')).toEqual({ valid: true });
	expect(await check(code)).toEqual({ valid: false });
});

test('of two checks at the same moment one is right', async () => {
	await ask();
	const [code] = codes();
	const found = await Promise.all([check(code), check(code), check(code)]);
	expect(found.filter(({ valid }) => valid)).toHaveLength(1);
});

test.each([
	[9, true],
	[11, false],
])('after %i minutes it is right: %s', async (minutes, valid) => {
	await ask();
	later(minutes);
	expect(await check(codes()[0])).toEqual({ valid });
});

test('the code stands nowhere but in the mail: not in the answer, not in the table, not in n8n’s list of executions', async () => {
	const { answer } = await ask();
	const [code] = codes();
	await check(code);
	expect(JSON.stringify([answer, ...engine.answers.values()])).not.toContain(code);
	const kept = JSON.stringify(engine.data.rows(TABLE).map(({ email, kind, proof }) => [email, kind, proof]));
	expect(kept).not.toContain(code);
	expect(workflow.settings).toMatchObject({
		saveDataErrorExecution: 'none',
		saveDataSuccessExecution: 'none',
	});
});

test('after five wrong codes even the right one is wrong, until another is mailed', async () => {
	await ask();
	for (let i = 0; i < 5; i++) await check(wrong(codes()[0]!));
	expect(await check(codes()[0])).toEqual({ valid: false });
	later(2);
	await ask();
	expect(await check(codes()[1])).toEqual({ valid: true });
});

test('many guesses at once are no more than five', async () => {
	await ask();
	const code = codes()[0]!;
	const guesses = Array.from({ length: 20 }, () => wrong(code));
	await Promise.all(guesses.map(async (guess) => await check(guess)));
	expect(await check(code)).toEqual({ valid: false });
});

test('a new code takes the place of the old one', async () => {
	await ask();
	later(2);
	await ask();
	const [old, young] = codes();
	expect(await check(old)).toEqual({ valid: old === young });
	expect(await check(young)).toEqual({ valid: old !== young });
});

test('one a minute and five an hour are mailed to an address; others are not held up', async () => {
	const TOO_OFTEN = { status: 429, answer: expect.objectContaining({ sent: false }) };
	const answers = await Promise.all([ask(), ask(), ask()]);
	expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
	expect(await ask()).toEqual(TOO_OFTEN);
	expect((await ask('ben@example.net')).status).toBe(200);
	for (let minutes = 2; minutes <= 8; minutes += 2) {
		jest.restoreAllMocks();
		later(minutes);
		expect((await ask()).status).toBe(200);
	}
	jest.restoreAllMocks();
	later(30);
	expect(await ask()).toEqual(TOO_OFTEN);
	jest.restoreAllMocks();
	later(61);
	expect((await ask()).status).toBe(200);
});

test.each([[''], ['ana'], [undefined], ['ana@example.net, ben@example.net'], [{ a: 1 }]])(
	'%j is asked for no code',
	async (email) => {
		expect(await call('Code Wanted', { email } as IDataObject)).toMatchObject({ status: 400 });
		expect(codes()).toEqual([]);
	},
);

test.each([[undefined], [''], ['12345'], ['1234567'], ['abcdef'], [{ a: 1 }]])(
	'%j is no code',
	async (code) => {
		await ask();
		expect(await check(code)).toEqual({ valid: false });
		expect(engine.data.rows(TABLE).filter(({ kind }) => kind === 'try')).toEqual([]);
	},
);

test('when Postmark refuses, the caller hears why, and may ask again at once', async () => {
	sandbox.current.postmark.bounce({ email: ANA });
	expect(await ask()).toMatchObject({ status: 502, answer: { sent: false, error: expect.any(String) } });
	expect((await ask()).status).toBe(502);
	expect(engine.data.rows(TABLE)).toEqual([]);
});

test('when its answer gets lost, the code is right all the same', async () => {
	sandbox.current.faults.add({ service: 'postmark', path: '/email/batch', kind: 'resetAfter' });
	expect(await ask()).toMatchObject({ status: 202, answer: { sent: 'unknown' } });
	expect(await check(codes()[0])).toEqual({ valid: true });
});
