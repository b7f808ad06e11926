import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { type Sandbox, startSandbox } from '../../sandbox';
import { writeMember } from '../../sandbox/services/mailchimp/memberRules';
import { BUILT_IN, builtIn } from '../../scripts/bench/mailchimpBuiltIn';
import { runNode, type Timed } from '../../scripts/bench/run';
import { Engine } from '../../scripts/engine';
import { operationNode, perform } from '../nodes/Mailchimp/operations';
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

const jsonOf = ({ run }: Timed): IDataObject[] => run.items('Node').map(({ json }) => json);

async function theirs(parameters: INodeParameters, json: IDataObject = {}) {
	const engine = new Engine('source', { [BUILT_IN]: builtIn(sandbox.url) });
	engine.addCredential('mailchimpApi', { apiKey: sandbox.mailchimp.apiKey });
	const credentials = { mailchimpApi: { id: 'mailchimpApi', name: 'mailchimpApi' } };
	return await runNode(engine, BUILT_IN, { list: LIST, ...parameters }, [json], credentials);
}

const byTheirs = async (email: string) => await theirs(create, { email });

/** A contact of each node, the same before either has touched it. */
function withTwo(): void {
	const { mailchimp } = sandbox;
	for (const email of ['theirs@example.net', 'ours@example.net'])
		writeMember(mailchimp, mailchimp.audience, undefined, {
			given: { email_address: email, status: 'subscribed', tags: ['Blue', 'Red'] },
			expects: 'new',
			skipMergeValidation: true,
			source: 'user',
		});
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

test('a change by either node leaves the same behind', async () => {
	withTwo();
	await perform(sandbox, 'member.update', {
		member: 'ours@example.net',
		status: 'unsubscribed',
		options: { emailType: 'text', language: 'de', vip: true, mergeFieldsJson: '{ "LNAME": "安" }' },
	});
	sandbox.mailchimp.settings.passOverUnknown = true;
	await theirs({
		resource: 'member',
		operation: 'update',
		email: 'theirs@example.net',
		updateFields: {
			status: 'unsubscribed',
			emailType: 'text',
			language: 'de',
			vip: true,
			mergeFieldsUi: { mergeFieldsValues: [{ name: 'LNAME', value: '安' }] },
		},
	});
	expect(stored('ours@example.net')).toEqual(stored('theirs@example.net'));
	expect(stored('ours@example.net')).toMatchObject({
		status: 'unsubscribed',
		email_type: 'text',
		language: 'de',
		vip: true,
		merge_fields: { LNAME: '安' },
		tags: ['Blue', 'Red'],
	});
});

test('tags that either node puts on and takes off are the same', async () => {
	withTwo();
	const tags = { resource: 'memberTag', email: 'theirs@example.net' };
	await theirs({ ...tags, operation: 'create', tags: ['Green', '研发'] });
	await theirs({ ...tags, operation: 'delete', tags: ['Red'] });
	await perform(sandbox, 'member.changeTags', {
		member: 'ours@example.net',
		add: 'Green, 研发',
		remove: 'Red',
	});
	expect(stored('ours@example.net').tags).toEqual(['Blue', 'Green', '研发']);
	expect(stored('theirs@example.net')).toEqual(stored('ours@example.net'));
});

test('whom either node deletes is gone for good', async () => {
	withTwo();
	await theirs({ resource: 'member', operation: 'delete', email: 'theirs@example.net' });
	expect(sandbox.mailchimp.audience.members.size).toBe(1);
	await perform(sandbox, 'member.deletePermanently', { member: 'ours@example.net', confirmed: true });
	expect(sandbox.mailchimp.audience.members.size).toBe(0);
	expect(sandbox.mailchimp.audience.forgotten.size).toBe(2);
});

test('both nodes read the same contacts, all of them and one', async () => {
	withTwo();
	const withoutLinks = (rows: IDataObject[]) => rows.map(({ _links, ...row }) => row);
	const many = await theirs({ resource: 'member', operation: 'getAll', returnAll: true, options: {} });
	const { rows } = await perform(sandbox, 'member.getAll', { returnAll: true });
	expect(rows).toHaveLength(2);
	expect(withoutLinks(jsonOf(many))).toEqual(rows);
	const one = await theirs({ resource: 'member', operation: 'get', email: 'ours@example.net', options: {} });
	const ours = await perform(sandbox, 'member.get', { member: 'ours@example.net' });
	expect(withoutLinks(jsonOf(one))).toEqual(ours.rows);
});
