import { type Sandbox, startSandbox } from '../../sandbox';
import { BUILT_IN, builtIn } from '../../scripts/bench/mailchimpBuiltIn';
import { runNode } from '../../scripts/bench/run';
import { Engine } from '../../scripts/engine';
import { operationNode } from '../nodes/Mailchimp/operations';
import { runNode as runOurs } from '../support/runNode';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());
beforeEach(() => {
	sandbox.reset();
	sandbox.mailchimp.settings.passOverUnknown = false;
});

const LIST = 'a1b2c3d4e5';
const create = {
	resource: 'member',
	operation: 'create',
	list: LIST,
	email: '={{ $json.email }}',
	status: 'subscribed',
	options: { tags: 'Blue', language: 'de' },
	mergeFieldsUi: { mergeFieldsValues: [{ name: 'FNAME', value: 'Ana 安' }] },
};

async function byTheirs(email: string) {
	const engine = new Engine('source', { [BUILT_IN]: builtIn(sandbox.url) });
	engine.addCredential('mailchimpApi', { apiKey: sandbox.mailchimp.apiKey });
	const credentials = { mailchimpApi: { id: 'mailchimpApi', name: 'mailchimpApi' } };
	return await runNode(engine, BUILT_IN, create, [{ email }], credentials);
}

/** What of a contact does not tell who it is, or when it came. */
function stored(email: string) {
	const { audience } = sandbox.mailchimp;
	const { email_type, status, merge_fields, language, vip, id } = audience.find(email)!;
	return {
		email_type,
		status,
		merge_fields,
		language,
		vip,
		tags: audience.tagsOf(id).map(({ name }) => name),
	};
}

test('n8n’s own node and this pack’s store the same, where the stand-in passes over what Mailchimp does', async () => {
	sandbox.mailchimp.settings.passOverUnknown = true;
	await byTheirs('theirs@example.net');
	expect(sandbox.mailchimp.unknownFields).toEqual(['listId']);
	await runOurs(
		operationNode(sandbox, 'member.create', {
			emailAddress: 'ours@example.net',
			tags: 'Blue',
			options: { language: 'de', mergeFieldsJson: '{ "FNAME": "Ana 安" }' },
		}),
		[{}],
	);
	expect(stored('ours@example.net')).toEqual(stored('theirs@example.net'));
	expect(stored('ours@example.net')).toMatchObject({ tags: ['Blue'], language: 'de' });
});

test('the field that n8n’s own node makes up is refused otherwise, as any misspelt one', async () => {
	await expect(byTheirs('theirs@example.net')).rejects.toMatchObject({
		message: expect.stringMatching(/^Bad request/),
	});
	expect(sandbox.mailchimp.audience.members.size).toBe(0);
});
