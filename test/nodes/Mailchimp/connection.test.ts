import { credentialFor, useSandbox } from '../../support/services';
import { NODE, runNode } from '../../support/runNode';
import { operationNode, perform, WHO } from './operations';

const sandbox = useSandbox();

const questions = () =>
	sandbox.current.requests.list({ service: 'mailchimp' }).filter(({ query }) => query === WHO).length;

test('who the user is, is asked once, and after a refusal again only when some minutes have gone by', async () => {
	sandbox.current.faults.add({
		service: 'mailchimp',
		path: /\/3\.0\/?$/,
		kind: 'status',
		status: 403,
		times: 1,
	});
	const run = async () => await perform(sandbox.current, 'audience.getAll');
	await run();
	expect(questions()).toBe(1);
	await run();
	expect(questions()).toBe(1);
	const later = Date.now() + 6 * 60_000;
	const now = jest.spyOn(Date, 'now').mockImplementation(() => later);
	try {
		await run();
		await run();
	} finally {
		now.mockRestore();
	}
	expect(questions()).toBe(2);
});

test('two keys of one user share ten connections', async () => {
	const { mailchimp, faults } = sandbox.current;
	const second = `${'f'.repeat(32)}-us6`;
	mailchimp.account.addKey(second);
	const node = operationNode(sandbox.current, 'member.get', { member: '={{ $json.email }}' });
	const [type, data] = Object.entries(node.credentials!)[0]!;
	const withKey = (apiKey: string) => ({ ...node, credentials: { [type]: { ...data, apiKey } } });
	const people = Array.from({ length: 20 }, (_, at) => ({ email: `p${at}@example.com` }));
	await perform(sandbox.current, 'member.upsert', { emailAddress: '={{ $json.email }}' }, people);
	// Whose the key is, is asked once, before this.
	await runNode(withKey(second), people.slice(0, 1));
	faults.add({
		service: 'mailchimp',
		method: 'GET',
		path: /\/members\//,
		kind: 'slow',
		ms: 300,
		times: 100,
	});
	mailchimp.connections.peak = 0;
	await Promise.all([mailchimp.apiKey, second].map(async (key) => await runNode(withKey(key), people)));
	// How many are under way together, a busy machine decides; never more than the user may have.
	expect(mailchimp.connections.peak).toBeLessThanOrEqual(10);
	expect(mailchimp.connections.refused).toBe(0);
});

test('a key that was pasted with the end of its line signs in as its test does', async () => {
	const node = operationNode(sandbox.current, 'audience.getAll');
	const [type, data] = Object.entries(node.credentials!)[0]!;
	const pasted = { ...node, credentials: { [type]: { ...data, apiKey: ` ${String(data.apiKey)}\r\n` } } };
	expect((await runNode(pasted, [{}])).json(NODE)).toHaveLength(1);
});

test('a key and a token of one user share ten connections', async () => {
	const { mailchimp, faults } = sandbox.current;
	const node = operationNode(sandbox.current, 'member.get', { member: '={{ $json.email }}' });
	const people = Array.from({ length: 20 }, (_, at) => ({ email: `p${at}@example.com` }));
	await perform(sandbox.current, 'member.upsert', { emailAddress: '={{ $json.email }}' }, people);
	const byToken = {
		...node,
		parameters: { ...node.parameters, authentication: 'oAuth2' },
		credentials: credentialFor(sandbox.current, 'mailOpsMailchimpOAuth2Api'),
	};
	for (const by of [node, byToken]) await runNode(by, people.slice(0, 1));
	faults.add({
		service: 'mailchimp',
		method: 'GET',
		path: /\/members\//,
		kind: 'slow',
		ms: 300,
		times: 100,
	});
	mailchimp.connections.peak = 0;
	await Promise.all([node, byToken].map(async (by) => await runNode(by, people)));
	expect(mailchimp.connections.peak).toBeLessThanOrEqual(10);
	expect(mailchimp.connections.refused).toBe(0);
});
