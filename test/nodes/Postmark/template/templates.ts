import type { INode } from 'n8n-workflow';
import type { Sandbox } from '../../../../sandbox';
import type { NodeUnderTest } from '../../../support/runNode';
import { postmarkCredential } from '../../../support/services';

type Stored = Sandbox['postmark']['servers'][number]['templates']['all'][number];

let ids = 1_000;

/** A template that is on the server already. */
export function putTemplate(sandbox: Sandbox, changes: Partial<Stored> = {}): Stored {
	const server = sandbox.postmark.servers[0]!;
	const template: Stored = {
		TemplateId: ++ids,
		Name: 'Welcome email',
		Alias: 'welcome',
		Subject: 'Welcome, {{name}}',
		HtmlBody: '<p>Hello <b>{{name}}</b> of {{company.city}}</p>{{#each items}}<i>{{title}}</i>{{/each}}',
		TextBody: null,
		TemplateType: 'Standard',
		LayoutTemplate: null,
		AssociatedServerId: server.id,
		Active: true,
		...changes,
	};
	server.templates.put(template);
	return template;
}

export const byAlias = (value: string) => ({ __rl: true, mode: 'alias', value });

export const postmarkNode = (
	sandbox: Sandbox,
	parameters: Record<string, unknown>,
	settings: Partial<INode> = {},
	credential: Parameters<typeof postmarkCredential>[1] = {},
): NodeUnderTest => ({
	type: 'postmark',
	parameters: parameters as NodeUnderTest['parameters'],
	credentials: postmarkCredential(sandbox, credential),
	settings,
});

/** Template → an operation, with the template “welcome” chosen. */
export const templateNode = (
	sandbox: Sandbox,
	operation: string,
	form: Record<string, unknown> = {},
	settings: Partial<INode> = {},
) =>
	postmarkNode(sandbox, { resource: 'template', operation, template: byAlias('welcome'), ...form }, settings);

/** Email → Send With Template, with the template “welcome” and each item's own address. */
export const sendTemplateNode = (
	sandbox: Sandbox,
	form: Record<string, unknown> = {},
	settings: Partial<INode> = {},
	credential: Parameters<typeof postmarkCredential>[1] = {},
) =>
	postmarkNode(
		sandbox,
		{
			resource: 'email',
			operation: 'sendWithTemplate',
			template: byAlias('welcome'),
			from: 'People Team <people@yunhe.example>',
			to: '={{ $json.to }}',
			...form,
		},
		settings,
		credential,
	);
