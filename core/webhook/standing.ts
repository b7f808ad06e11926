import type { IHookFunctions, ITriggerFunctions } from 'n8n-workflow';
import type { Secret } from './auth';

/** Where a trigger can be called, and how it proves itself. */
export interface Address {
	url: string;
	secret: Secret;
}

/** As much of it as a trigger remembers. */
type Remembered = { [name in keyof Address]?: Address[name] | undefined };

/**
 * Where each trigger stands that this process has switched on.
 *
 * n8n 2.41 gives `trigger()` a copy of what the trigger remembers that is older than its `create()`: after n8n has got another
 * address it still names the old one, where nobody is, or somebody else.
 */
const standing = new Map<string, Address>();

const nameOf = (context: IHookFunctions | ITriggerFunctions): string =>
	`${context.getWorkflow().id} ${context.getNode().id}`;

/** A test of the editor has an address of its own, and is over before anybody looks back. */
export const isTest = (context: IHookFunctions): boolean => context.getMode() === 'manual';

/** When it was switched on, or found to be so. */
export function standsNow(context: IHookFunctions, { url, secret }: Remembered): void {
	if (!isTest(context) && url !== undefined && secret !== undefined)
		standing.set(nameOf(context), { url, secret });
}

export function standsNoMore(context: IHookFunctions): void {
	if (!isTest(context)) standing.delete(nameOf(context));
}

/** Whether this process has switched the trigger on, so that where it stands is known for certain. */
export const isStanding = (context: ITriggerFunctions): boolean => standing.has(nameOf(context));

/** For `trigger()`: as it is now, or as the trigger remembers it. */
export function standingAddress(
	context: ITriggerFunctions,
	{ url, secret }: Remembered,
): Address | undefined {
	return standing.get(nameOf(context)) ?? (url && secret ? { url, secret } : undefined);
}
