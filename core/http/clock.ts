import type { IDataObject } from 'n8n-workflow';

const SECOND_MS = 1_000;

/** A service's clock, as far as the dates of its answers tell of it (RFC 9110 section 6.6.1: whole seconds). */
export class ServiceClock {
	/** How far n8n's clock is ahead, in milliseconds: the most it can be. 0 when nothing says that it is, or that it is behind. */
	private aheadMs = 0;

	/** @param sentAt when the request went out, by n8n's clock in epoch milliseconds */
	learn({ date }: IDataObject, sentAt: number, now = Date.now()): void {
		const told = Date.parse(String(date ?? ''));
		if (Number.isNaN(told)) return;
		const [least, most] = [sentAt - told - SECOND_MS, now - told];
		this.aheadMs = least < 0 && most >= 0 ? 0 : most;
	}

	/** A moment of n8n's clock by the service's, in epoch milliseconds: the earliest it can be. */
	at(moment: number): number {
		return moment - this.aheadMs;
	}
}
