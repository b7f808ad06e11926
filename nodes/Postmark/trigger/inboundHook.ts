import type { Client } from '../../../core/http/client';
import { invalidInput } from '../../../core/errors';
import { maskedAddress, withoutSecret, withSecret } from '../../../core/webhook/address';
import type { Secret } from '../../../core/webhook/auth';

/**
 * A server hands inbound emails to one address, which is a setting of the server
 * (https://postmarkapp.com/developer/api/server-api). Its sign-in stands in the address itself
 * (https://postmarkapp.com/developer/webhooks/webhooks-overview#protecting-your-webhook).
 */
export class InboundHook {
	constructor(
		private readonly client: Client,
		/** The trigger's address. */
		private readonly url: string,
		/** What stands in both addresses of one node in n8n, the one for tests and the one for production. */
		private readonly nodeId: string | undefined,
	) {}

	async isInStep(secret: Secret | undefined): Promise<boolean> {
		return secret !== undefined && (await this.current()) === withSecret(this.url, secret);
	}

	/**
	 * @returns the address to put back when the trigger stops, '' for none.
	 * @throws {ServiceError} when the server hands its emails to somebody else's address, unless that may be replaced.
	 */
	async take(
		secret: Secret,
		{ replace, isTest, previous }: { replace: boolean; isTest: boolean; previous: string | undefined },
	): Promise<string> {
		const current = await this.current();
		const isOurs = withoutSecret(current) === this.address;
		const isSibling =
			!isOurs &&
			this.nodeId !== undefined &&
			isAt(current, new URL(this.url).host) &&
			current.includes(`/${this.nodeId}/`);
		if (current !== '' && !isOurs && !isSibling && !replace) throw taken(current);
		await this.put(withSecret(this.url, secret));
		if (isOurs) return previous ?? '';
		// A test borrows the address from the active workflow; what a broken-off test left behind is nobody's.
		return isSibling && !isTest ? '' : current;
	}

	/** Whether the server hands its emails to this address, with whatever sign-in. */
	async isHere(): Promise<boolean> {
		return withoutSecret(await this.current()) === this.address;
	}

	/** Puts back what was there before, unless somebody has set another address since. */
	async giveBack(previous: string | undefined): Promise<void> {
		if (await this.isHere()) await this.put(previous ?? '');
	}

	private get address(): string {
		return withoutSecret(this.url);
	}

	private async current(): Promise<string> {
		return (await this.client.get<{ InboundHookUrl?: string | null }>('/server')).InboundHookUrl ?? '';
	}

	private async put(InboundHookUrl: string): Promise<void> {
		await this.client.send({
			method: 'PUT',
			path: '/server',
			answer: ['ID', 'Name'],
			body: { InboundHookUrl },
		});
	}
}

/** A copy of the workflow on another n8n has the same ids: only the host tells whose address it is. */
const isAt = (address: string, host: string): boolean =>
	URL.canParse(address) && new URL(address).host === host;

const taken = (current: string) =>
	invalidInput(
		'Events',
		`This Postmark server hands its inbound emails to another address already: ${maskedAddress(current)}`,
		"Use a server of its own for this workflow, or add the option 'Replace Inbound Webhook' if the other address is no longer needed.",
	);
