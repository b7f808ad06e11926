import type { ICredentialDataDecryptedObject, IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { useQuotas } from '../../../core/http/limiter';
import { shareLimits } from '../../../core/http/workers';
import type { Sandbox } from '../../../sandbox';
import type { Item } from '../../../sandbox/services/outlook/records';
import { NODE, runNode } from '../../support/runNode';
import { credentialFor } from '../../support/services';

export const ERROR_OUTPUT: Partial<INode> = { onError: 'continueErrorOutput' };
export const byId = (value: string | number) => ({ __rl: true, mode: 'id', value: String(value) });

interface More {
	items?: Array<Partial<INodeExecutionData>>;
	settings?: Partial<INode>;
	credential?: ICredentialDataDecryptedObject;
	/** Signed in as an app instead of a person. */
	asApp?: boolean;
}

/** `message.send` and its parameters, through the engine. The pace of a mailbox is held back only where a test says so. */
export async function run(sandbox: Sandbox, operation: string, parameters: object = {}, more: More = {}) {
	const { items = [{}], settings, credential, asApp = false } = more;
	const [resource, value] = operation.split('.');
	const type = asApp ? 'mailOpsOutlookAppOAuth2Api' : 'mailOpsOutlookOAuth2Api';
	return await runNode(
		{
			type: 'outlook',
			parameters: {
				authentication: asApp ? 'app' : 'user',
				resource,
				operation: value,
				...parameters,
			} as never,
			credentials: credentialFor(sandbox, type, { messagesPerMinute: 100_000, ...credential }),
			...(settings ? { settings } : {}),
		},
		items.map((item) => ({ json: {}, ...item })),
	);
}

/** The same, which must work: its rows. */
export async function rows(sandbox: Sandbox, operation: string, parameters: object = {}, more: More = {}) {
	const done = await run(sandbox, operation, parameters, more);
	if (done.error) throw done.error;
	return done.json(NODE) as Array<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any
}

/** The same, which must fail: what is said of the first item. */
export async function problem(sandbox: Sandbox, operation: string, parameters: object = {}, more: More = {}) {
	const done = await run(sandbox, operation, parameters, { ...more, settings: ERROR_OUTPUT });
	expect(done.items(NODE, 0)).toEqual([]);
	return done.json(NODE, 1)[0] as { error: string; details: Record<string, unknown> };
}

/** Requests that went over the wire, as `POST /v1.0/$batch`. */
export const asked = (sandbox: Sandbox): string[] =>
	sandbox.requests.list().map(({ method, path }) => `${method} ${path}`);

/** For tests that together upload more than one mailbox takes in five minutes. */
export function withRoomForFiles(): void {
	const room = { used: 0, take: async () => 0 };
	beforeEach(() => useQuotas((account) => (account.endsWith(' bytes') ? room : undefined)));
	afterEach(shareLimits);
}

/** Attaches to a message of the stand-in. @param kind `fileAttachment`, `itemAttachment` or `referenceAttachment` */
export function attach(item: Item, kind: string, props: IDataObject, content = ''): void {
	const id = `a${item.attachments.size}`;
	item.attachments.set(id, {
		id,
		props: { '@odata.type': `#microsoft.graph.${kind}`, ...props },
		content: Buffer.from(content),
	});
}
