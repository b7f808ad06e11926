import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import workflow from '../../workflows/bulk-personal-mail.json';
import { Engine, type WorkflowFile } from '../../scripts/engine';
import { credentialFor, useSandbox } from '../support/services';

const file = workflow as unknown as WorkflowFile;
const sandbox = useSandbox();
const OWNER = 'anna@contoso.example';
const service = () => sandbox.current.outlook;
const inFolder = (name: string) => join(process.env.N8N_USER_FOLDER!, name);

beforeEach(() => {
	// How fast a mailbox may send is the matter of other tests.
	service().settings.messagesPerMinute = 100_000;
	writeFileSync(inFolder('letter.pdf'), 'the letter');
});

const row = (number: number, email = `p${number}@elsewhere.example`) =>
	`${email},Person ${number},${String(number).padStart(5, '0')}`;

async function send(rows: string[], settings: object = {}) {
	writeFileSync(inFolder('people.csv'), `\ufeff${['Email,Name,Number', ...rows].join('\r\n')}\r\n`);
	const engine = new Engine();
	const credential = credentialFor(sandbox.current, 'mailOpsOutlookOAuth2Api', {
		messagesPerMinute: 100_000,
	});
	engine.addCredential('Outlook', credential.mailOpsOutlookOAuth2Api);
	const json = {
		listFile: inFolder('people.csv'),
		attachmentFile: inFolder('letter.pdf'),
		...settings,
	};
	const run = await engine.run(file, { start: 'Send Now', items: [{ json }] });
	if (run.error) throw run.error;
	return run;
}

/** Mails to the people of the list. */
const addressed = () =>
	letters()
		.map(({ to }) => to[0])
		.sort();
const letters = () => service().post.sent.filter(({ to }) => to[0] !== OWNER);
const told = () => service().post.sent.filter(({ to }) => to[0] === OWNER);

test('five hundred people get a mail each with words of their own and the file, in few requests', async () => {
	const numbers = Array.from({ length: 500 }, (_, at) => at);
	const run = await send(numbers.map((number) => row(number)));
	expect(letters().map(({ to }) => to[0])).toHaveLength(500);
	expect(new Set(letters().map(({ to }) => to[0])).size).toBe(500);
	const seventh = letters().find(({ to }) => to[0] === 'p7@elsewhere.example')!;
	expect(JSON.stringify(seventh.props.body)).toContain(
		'Dear Person 7,\\n\\nyour membership number is 00007.',
	);
	for (const { attachments } of letters())
		expect(attachments.map(({ props, content }) => [props.name, String(content)])).toEqual([
			['letter.pdf', 'the letter'],
		]);
	expect(run.items('Sent')).toHaveLength(500);
	expect(told()).toEqual([]);
	// A draft and a send for each, many in one request: how many, the machine decides.
	expect(sandbox.current.requests.list().length).toBeLessThan(500);
	expect(service().throttled).toEqual([]);
});

test('an address that is there twice gets one; run again, only who is new gets it', async () => {
	await send([row(1), row(2), row(1, ' P1@Elsewhere.example ')]);
	expect(letters()).toHaveLength(2);
	await send([row(1), row(2), row(3)]);
	expect(addressed()).toEqual(['p1@elsewhere.example', 'p2@elsewhere.example', 'p3@elsewhere.example']);
});

test('what cannot be sent is told with its reason, the rest goes out', async () => {
	const run = await send([row(1), row(2, 'nobody'), row(3, ''), row(4)]);
	expect(addressed()).toEqual(['p1@elsewhere.example', 'p4@elsewhere.example']);
	expect(run.items('Not Sent')).toHaveLength(2);
	expect(told()).toMatchObject([{ props: { subject: 'Not sent: 2 of 4 mails' } }]);
	const words = JSON.stringify(told()[0]!.props.body);
	for (const said of ['nobody: ', 'a row without an address: ', 'run the workflow again'])
		expect(words).toContain(said);
});

test('the daily limit: who is left comes out, and gets the mail in the next run', async () => {
	service().settings.recipientsPerDay = 3;
	const rows = [1, 2, 3, 4, 5].map((number) => row(number));
	// Not even the mail that tells it may leave: the execution fails, with the reason.
	await expect(send(rows)).rejects.toMatchObject({
		message: expect.stringContaining('Not sent: daily limit'),
	});
	expect(service().mailbox().messages.in('drafts')).toEqual([]);
	expect(letters()).toHaveLength(3);
	service().settings.recipientsPerDay = 10_000;
	await send(rows);
	expect(
		letters()
			.map(({ to }) => to[0])
			.sort(),
	).toEqual(rows.map((_, at) => `p${at + 1}@elsewhere.example`));
});

test('without the file nothing is sent', async () => {
	await send([row(1)], { attachmentFile: inFolder('missing.pdf') });
	expect(letters()).toEqual([]);
	expect(JSON.stringify(told()[0]!.props.body)).toContain('p1@elsewhere.example: ');
});
