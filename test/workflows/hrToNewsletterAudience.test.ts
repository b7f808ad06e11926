import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeMember } from '../../sandbox/services/mailchimp/memberRules';
import { Engine, type Run, type WorkflowFile } from '../../scripts/engine';
import { applying } from '../../scripts/hrWorkflow';
import { credentialFor, postmarkCredential, useSandbox } from '../support/services';

const sandbox = useSandbox();
const file = join(__dirname, '../../workflows/hr-to-newsletter-audience.json');
const HEADER = 'Employee No,Name,Email,Department,Job Title,Mobile,Location,Manager Email,Status,Start Date';
const row = (name: string, department: string, status = 'Active') =>
	`E-${name},${name} 安,${name}@example.net,${department},,,,,${status},2020-01-01`;

async function night(
	rows: string[],
	edit = (workflow: WorkflowFile) => applying(workflow, 100),
): Promise<Run> {
	const path = join(process.env.N8N_USER_FOLDER!, 'newsletter.csv');
	writeFileSync(path, `\ufeff${[HEADER, ...rows].join('\r\n')}\r\n`);
	const engine = new Engine();
	engine.addCredential(
		'Mailchimp',
		credentialFor(sandbox.current, 'mailOpsMailchimpApi').mailOpsMailchimpApi,
	);
	engine.addCredential('Postmark', postmarkCredential(sandbox.current).mailOpsPostmarkServerApi);
	const run = await engine.run(edit(JSON.parse(readFileSync(file, 'utf8')) as WorkflowFile), {
		start: 'Try It Now',
		items: [{ json: { exportFile: path } }],
	});
	expect(run.error).toBeUndefined();
	return run;
}

const audience = () => sandbox.current.mailchimp.audience;
const members = () =>
	[...audience().members.values()].map(({ email_address: email, status, merge_fields: fields, id }) => [
		email,
		status,
		fields.FNAME,
		audience()
			.tagsOf(id)
			.map(({ name }) => name)
			.sort()
			.join(),
	]);
const digests = () => sandbox.current.postmark.messages.map(({ subject }) => subject);

test('the audience follows the list: joiners with the tag of their department, movers, leavers', async () => {
	await night([row('ana', 'R&D/Core'), row('ben', 'Sales'), row('cem', 'Sales', 'Left')]);
	expect(members()).toEqual(
		expect.arrayContaining([
			['ana@example.net', 'subscribed', 'ana 安', 'Dept: R&D,Staff'],
			['ben@example.net', 'subscribed', 'ben 安', 'Dept: Sales,Staff'],
		]),
	);
	expect(members()).toHaveLength(2);
	expect(digests()).toEqual(['Newsletter audience: 2 created.']);
	await night([row('ana', 'Legal'), row('ben', 'Sales')]);
	expect(members()).toEqual(
		expect.arrayContaining([['ana@example.net', 'subscribed', 'ana 安', 'Dept: Legal,Staff']]),
	);
	await night([row('ana', 'Legal'), row('ben', 'Sales')]);
	expect(digests()).toHaveLength(2);
});

test('customers in the same audience are none of its business, and who unsubscribed stays so', async () => {
	const { mailchimp } = sandbox.current;
	for (const [email_address, status] of [
		['customer@example.net', 'subscribed'],
		['ana@example.net', 'unsubscribed'],
	])
		writeMember(mailchimp, audience(), undefined, {
			given: { email_address, status },
			expects: 'new',
			skipMergeValidation: true,
			source: 'user',
		});
	await night([row('ana', 'Sales'), row('ben', 'Sales')]);
	const statuses = Object.fromEntries(members().map(([email, status]) => [email, status]));
	expect(statuses).toEqual({
		'customer@example.net': 'subscribed',
		'ana@example.net': 'unsubscribed',
		'ben@example.net': 'subscribed',
	});
});

test('a list that is cut off takes nobody out, and the owner is told', async () => {
	await night(['ana', 'ben', 'cem', 'dev', 'eve'].map((name) => row(name, 'Sales')));
	await night([row('ana', 'Sales')]);
	expect(members().map(([, status]) => status)).toEqual(Array<string>(5).fill('subscribed'));
	expect(digests()[1]).toMatch(/held back|Nothing was changed/);
});

test('as it comes it only shows what it would do', async () => {
	await night([row('ana', 'Sales')], (workflow) => workflow);
	expect(members()).toEqual([]);
	expect(digests()).toEqual([expect.stringMatching(/^Newsletter audience: Preview/)]);
});
