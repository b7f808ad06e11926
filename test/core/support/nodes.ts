import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import type { NodeUnderTest } from '../../support/runNode';
import { alimailCredential, postmarkCredential } from '../../support/services';

/** What a test changes of a node: its parameters, its settings tab, its credential. */
export interface Changes {
	parameters?: Record<string, unknown>;
	settings?: Partial<INode>;
	credential?: ICredentialDataDecryptedObject;
}

/** Alimail → User → Create: one write a item, whose result can be looked up by address. */
export function createUser(sandbox: Sandbox, changes: Changes = {}): NodeUnderTest {
	return alimail(sandbox, {
		...changes,
		parameters: {
			resource: 'user',
			operation: 'create',
			email: '={{ $json.email }}',
			name: '={{ $json.name }}',
			department: { __rl: true, mode: 'id', value: sandbox.alimail.directory.root.id },
			...changes.parameters,
		},
	});
}

/** Alimail → User → Get: one read an item. */
export function getUser(sandbox: Sandbox, changes: Changes = {}): NodeUnderTest {
	return alimail(sandbox, {
		...changes,
		parameters: {
			resource: 'user',
			operation: 'get',
			user: { __rl: true, mode: 'email', value: '={{ $json.email }}' },
			...changes.parameters,
		},
	});
}

export function alimail(
	sandbox: Sandbox,
	{ parameters = {}, settings = {}, credential = {} }: Changes,
): NodeUnderTest {
	return {
		type: 'alimail',
		parameters: parameters as never,
		credentials: alimailCredential(sandbox, credential),
		settings,
	};
}

/** Postmark → Email → Send: up to 500 items in one request, which cannot be taken back. */
export function sendEmail(
	sandbox: Sandbox,
	{ parameters = {}, settings = {}, credential = {} }: Changes = {},
): NodeUnderTest {
	return {
		type: 'postmark',
		parameters: {
			resource: 'email',
			operation: 'send',
			from: 'People Team <people@yunhe.example>',
			to: '={{ $json.email }}',
			subject: 'Welcome',
			html: '<p>Hello</p>',
			...parameters,
		} as never,
		credentials: postmarkCredential(sandbox, credential),
		settings,
	};
}

export const person = (no: number) => ({ email: `person${no}@yunhe.example`, name: `Person ${no}` });

/** `person0` … in order. */
export const people = (count: number) => Array.from({ length: count }, (_, no) => person(no));

/** The addresses of everyone who was sent an email, in order of arrival. */
export const recipients = (sandbox: Sandbox) =>
	sandbox.postmark.messages.map(({ to }) => to.map(({ Email }) => Email).join(', '));
