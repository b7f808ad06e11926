import { HookContext } from 'n8n-core';

/** What triggers write into n8n's log as warnings while they are switched on and off; empty before each test. */
export function useWarnings(): string[] {
	const warnings: string[] = [];
	beforeEach(() => {
		warnings.length = 0;
		const warn = (message: string) => void warnings.push(message);
		Object.defineProperty(HookContext.prototype, 'logger', {
			configurable: true,
			value: { ...console, warn },
		});
	});
	afterEach(() => void Reflect.deleteProperty(HookContext.prototype, 'logger'));
	return warnings;
}
