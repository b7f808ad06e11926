import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';

/** A sandbox for the tests of one file, fresh before each test. */
export function useSandbox(options: Parameters<typeof startSandbox>[0] = {}): { current: Sandbox } {
	const held = {} as { current: Sandbox };
	beforeAll(async () => {
		held.current = await startSandbox(options);
	});
	beforeEach(() => held.current.reset());
	afterAll(async () => await held.current.close());
	return held;
}

/**
 * What signs in to the sandbox, in the form that a node of a test takes it: `{ [type]: data }`.
 * @param type a credential type that a stand-in brings, such as `mailOpsPostmarkServerApi`
 * @param more fields that this test wants otherwise
 */
export function credentialFor<const Type extends string>(
	sandbox: Sandbox,
	type: Type,
	more: ICredentialDataDecryptedObject = {},
): Record<Type, ICredentialDataDecryptedObject> {
	const found = sandbox.credentials().find((one) => one.type === type);
	if (!found) throw new Error(`No stand-in of the sandbox brings a credential of the type ${type}.`);
	return { [type]: { ...found.data, ...more } } as Record<Type, ICredentialDataDecryptedObject>;
}

/** Its rate is not held back, so that only tests about the rate wait for it. */
export function alimailCredential(sandbox: Sandbox, more: ICredentialDataDecryptedObject = {}) {
	return credentialFor(sandbox, 'mailOpsAlimailApi', { requestsPerSecond: 1000, ...more });
}

export function postmarkCredential(sandbox: Sandbox, more: ICredentialDataDecryptedObject = {}) {
	return credentialFor(sandbox, 'mailOpsPostmarkServerApi', more);
}
