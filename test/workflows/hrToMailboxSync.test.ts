import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine, type Run, type WorkflowFile } from '../../scripts/engine';
import { applying } from '../../scripts/hrWorkflow';
import { alimailCredential, postmarkCredential, useSandbox } from '../support/services';

const sandbox = useSandbox();
const file = join(__dirname, '../../workflows/hr-to-mailbox-sync.json');
const HEADER = 'Employee No,Name,Email,Department,Job Title,Mobile,Location,Manager Email,Status,Start Date';
const boss = 'E1,王伟,boss@yunhe.example,Board,CEO,,,,Active,2020-01-01';
const report =
	'E2,"Bauer <Ana> & Co",ana@yunhe.example,R&D/Core,Engineer,,,boss@yunhe.example,Active,2026-11-01';

async function night(...rows: string[]): Promise<Run> {
	const path = join(process.env.N8N_USER_FOLDER!, 'export.csv');
	writeFileSync(path, `\ufeff${[HEADER, ...rows].join('\r\n')}\r\n`);
	return await runOn(path);
}

/** @param settings what the Settings node reads of the first item */
async function runOn(path: string, settings: object = {}, edit = applying): Promise<Run> {
	const engine = new Engine();
	engine.addCredential('Alimail', alimailCredential(sandbox.current).mailOpsAlimailApi);
	engine.addCredential('Postmark', postmarkCredential(sandbox.current).mailOpsPostmarkServerApi);
	const workflow = JSON.parse(readFileSync(file, 'utf8')) as WorkflowFile;
	return await engine.run(edit(workflow, 100), {
		start: 'Try It Now',
		items: [{ json: { exportFile: path, ...settings } }],
	});
}

const mails = () =>
	sandbox.current.postmark.messages.map(({ to, subject, html, text }) => ({
		to: to.map(({ Email }) => Email).join(),
		subject,
		html: html ?? '',
		text: text ?? '',
	}));

test('new colleagues: mailboxes, a letter to the manager with a password that works, one digest', async () => {
	const run = await night(boss, report);
	expect(run.error).toBeUndefined();
	expect(sandbox.current.alimail.users().map(({ email }) => email)).toEqual([
		'boss@yunhe.example',
		'ana@yunhe.example',
	]);
	const letters = mails().filter(({ subject }) => subject.startsWith('New in your team'));
	expect(letters.map(({ to }) => to)).toEqual(['it-helpdesk@yunhe.example', 'boss@yunhe.example']);
	expect(letters[1]!.subject).toBe('New in your team: Bauer <Ana> & Co');
	expect(letters[1]!.html).toContain('Bauer &#60;Ana&#62; &#38; Co');
	expect(letters[1]!.html).toMatch(/<code>[^<]{16,}<\/code>/);
	expect(mails().filter(({ subject }) => subject === 'Mailbox sync: 2 created.')).toHaveLength(1);
});

test('a letter that cannot be sent is told to IT, with the reason; all others go out', async () => {
	sandbox.current.postmark.bounce({ email: 'boss@yunhe.example' });
	const run = await night(boss, report);
	expect(run.error).toBeUndefined();
	const told = mails().find(({ subject }) => subject === 'Welcome mails that could not be sent: 1');
	expect(told).toMatchObject({ to: 'it-helpdesk@yunhe.example' });
	expect(told!.text).toContain('boss@yunhe.example: New in your team: Bauer <Ana> & Co.');
	expect(told!.text).toContain('Postmark no longer delivers to boss@yunhe.example');
	expect(mails()).toHaveLength(3);
});

test('an export without rows freezes nobody, and IT is told', async () => {
	await night(boss, report);
	const before = mails().length;
	const run = await night();
	expect(run.error).toBeUndefined();
	expect(sandbox.current.alimail.users().map(({ status }) => status)).toEqual(['NORMAL', 'NORMAL']);
	const [digest, ...more] = mails().slice(before);
	expect(more).toEqual([]);
	expect(digest!.subject).toMatch(/^Mailbox sync: Nothing was changed/);
	expect(digest!.text).toContain('The list has no rows');
});

test('an export that is not there stops the workflow with an error', async () => {
	const run = await runOn(join(process.env.N8N_USER_FOLDER!, 'missing.csv'));
	expect(run.error).toBeDefined();
	expect(sandbox.current.requests.count({})).toBe(0);
});

test('the same export again changes nothing and mails nobody', async () => {
	await night(boss, report);
	const before = mails().length;
	await night(boss, report);
	expect(mails()).toHaveLength(before);
});
