type Standing = 'confirmed' | 'unconfirmed' | 'unknown';

/** Who may stand in From: every address of a confirmed domain, and single signatures. */
export class Senders {
	private domains = new Set<string>();
	private signatures = new Map<string, boolean>();

	constructor(domains: string[]) {
		for (const domain of domains) this.addDomain(domain);
	}

	addDomain(domain: string): void {
		this.domains.add(domain.toLowerCase());
	}

	addSignature(address: string, confirmed = true): void {
		this.signatures.set(address.toLowerCase(), confirmed);
	}

	standing(address: string): Standing {
		const lower = address.toLowerCase();
		const signature = this.signatures.get(lower);
		if (signature !== undefined) return signature ? 'confirmed' : 'unconfirmed';
		return this.domains.has(lower.slice(lower.lastIndexOf('@') + 1)) ? 'confirmed' : 'unknown';
	}
}
