export interface Suppression {
	EmailAddress: string;
	SuppressionReason: 'HardBounce' | 'SpamComplaint' | 'ManualSuppression';
	Origin: 'Recipient' | 'Customer' | 'Admin';
	CreatedAt: string;
}

/** Addresses nothing is sent to, by stream: a bounce in one stream does not stop the other. */
export class Suppressions {
	private byStream = new Map<string, Map<string, Suppression>>();

	/** Answers false when the address is suppressed already; the first reason stays. */
	add(stream: string, suppression: Suppression): boolean {
		const key = suppression.EmailAddress.toLowerCase();
		const list = this.byStream.get(stream) ?? new Map<string, Suppression>();
		this.byStream.set(stream, list);
		if (list.has(key)) return false;
		list.set(key, suppression);
		return true;
	}

	get(stream: string, address: string): Suppression | undefined {
		return this.byStream.get(stream)?.get(address.toLowerCase());
	}

	remove(stream: string, address: string): boolean {
		return this.byStream.get(stream)?.delete(address.toLowerCase()) ?? false;
	}

	in(stream: string): Suppression[] {
		return [...(this.byStream.get(stream)?.values() ?? [])];
	}

	get size(): number {
		return [...this.byStream.values()].reduce((sum, list) => sum + list.size, 0);
	}

	/** All of them, as `[stream, suppression]`. */
	get entries(): Array<[stream: string, suppression: Suppression]> {
		return [...this.byStream].flatMap(([stream, list]) =>
			[...list.values()].map((one): [string, Suppression] => [stream, one]),
		);
	}
}
