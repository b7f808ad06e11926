import type { IDataObject, INodeType } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import { Engine } from '../../../scripts/engine';
import { nodeUnderTest } from '../../support/runNode';
import { credentialFor } from '../../support/services';

/** What a menu or a table of the node's form offers, with these values in the form. */
export async function menu(
	sandbox: Sandbox,
	kind: 'listSearch' | 'loadOptions' | 'resourceMapping',
	method: string,
	form: IDataObject = {},
	search?: string,
): Promise<unknown> {
	const engine = new Engine();
	const credentials = credentialFor(sandbox, 'mailOpsMailchimpApi');
	for (const [name, data] of Object.entries(credentials)) engine.addCredential(name, data);
	const type: INodeType = engine.nodeType('n8n-nodes-mailops.mailchimp');
	const node = nodeUnderTest({
		type: 'mailchimp',
		parameters: { authentication: 'apiKey', ...form } as never,
		credentials,
	});
	const methods = type.methods![kind] as Record<string, (this: unknown, search?: string) => Promise<unknown>>;
	const found = await methods[method]!.call(engine.editor(node), search);
	return kind === 'listSearch' ? (found as { results: unknown }).results : found;
}
