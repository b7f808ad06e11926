import type { IDataObject } from 'n8n-workflow';
import { Engine, type WorkflowFile } from '../../scripts/engine';
import workflow from '../../workflows/unsubscribe-everywhere.json';
import { credentialFor, postmarkCredential, useSandbox } from '../support/services';

const file = workflow as unknown as WorkflowFile;
const sandbox = useSandbox();
const ANA = 'ana@example.net';

/** What the trigger gives. */
const left = (email: string, more: IDataObject = {}) => ({
	type: 'unsubscribe',
	list_id: 'a1b2c3d4e5',
	action: 'unsub',
	reason: 'manual',
	email,
	...more,
});

async function tell(...items: IDataObject[]): Promise<void> {
	const engine = new Engine();
	engine.addCredential('Postmark', postmarkCredential(sandbox.current).mailOpsPostmarkServerApi);
	engine.addCredential(
		'Mailchimp',
		credentialFor(sandbox.current, 'mailOpsMailchimpApi').mailOpsMailchimpApi,
	);
	const run = await engine.run(file, {
		start: 'Somebody Left',
		items: items.map((json) => ({ json })),
		mode: 'webhook',
	});
	expect(run.error).toBeUndefined();
}

const stoppedIn = (email: string) => {
	const [server] = sandbox.current.postmark.servers;
	return [...server!.streams.keys()].filter((stream) => server!.suppressions.get(stream, email));
};
const mails = () => sandbox.current.postmark.messages;

test.each([
	['unsubscribed', left('Ana@example.net')],
	['complained', left(ANA, { reason: 'abuse' })],
	['was found afterwards', left(ANA, { caught_up: true })],
])('who %s gets no newsletter by Postmark any more, and still gets receipts', async (_, event) => {
	await tell(event);
	expect(stoppedIn(ANA)).toEqual(['broadcast']);
	expect(mails()).toEqual([]);
});

test('who was archived by somebody else has not unsubscribed', async () => {
	await tell(left(ANA, { action: 'delete' }));
	expect(stoppedIn(ANA)).toEqual([]);
});

test('many go in few requests, each address once, and twice is no harm', async () => {
	const many = Array.from({ length: 60 }, (_, i) => left(`${i % 30}@example.net`));
	await tell(...many);
	await tell(left('0@example.net'));
	expect(sandbox.current.requests.count({ service: 'postmark', method: 'POST' })).toBe(2);
	expect(stoppedIn('29@example.net')).toEqual(['broadcast']);
	expect(mails()).toEqual([]);
});

test('what Postmark refuses is told to the owner in one mail, with what to do', async () => {
	sandbox.current.faults.add({
		service: 'postmark',
		path: /suppressions/,
		kind: 'status',
		status: 422,
		body: { ErrorCode: 1226, Message: 'The stream was not found.' },
	});
	await tell(left(ANA), left('ben@example.net'));
	expect(stoppedIn(ANA)).toEqual([]);
	expect(mails().map(({ subject }) => subject)).toEqual(['Unsubscribes that could not be carried on: 2']);
	expect(mails()[0]!.text).toContain('ana@example.net: ');
});
