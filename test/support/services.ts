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

export function alimailCredential(sandbox: Sandbox, more: ICredentialDataDecryptedObject = {}) {
	return {
		mailOpsAlimailApi: {
			site: 'custom',
			baseUrl: sandbox.alimail.url,
			appId: sandbox.alimail.appId,
			appSecret: sandbox.alimail.appSecret,
			requestsPerSecond: 1000,
			...more,
		},
	};
}

export function postmarkCredential(sandbox: Sandbox, more: ICredentialDataDecryptedObject = {}) {
	return {
		mailOpsPostmarkServerApi: {
			serverToken: sandbox.postmark.serverToken,
			baseUrl: sandbox.postmark.url,
			...more,
		},
	};
}
