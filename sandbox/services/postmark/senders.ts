import { createHash, randomBytes } from 'node:crypto';

type Standing = 'confirmed' | 'unconfirmed' | 'unknown';

/** As `GET /domains/{id}` answers it (postmarkapp.com/developer/api/domains-api). */
export interface Domain {
	ID: number;
	Name: string;
	SPFVerified: boolean;
	SPFHost: string;
	SPFTextValue: string;
	DKIMVerified: boolean;
	WeakDKIM: boolean;
	DKIMHost: string;
	DKIMTextValue: string;
	DKIMPendingHost: string;
	DKIMPendingTextValue: string;
	DKIMRevokedHost: string;
	DKIMRevokedTextValue: string;
	SafeToRemoveRevokedKeyFromDNS: boolean;
	DKIMUpdateStatus: 'Pending' | 'Verified';
	ReturnPathDomain: string;
	ReturnPathDomainVerified: boolean;
	ReturnPathDomainCNAMEValue: string;
	/** Newer than the description (github.com/ActiveCampaign/postmark-php, src/Postmark/Models/PostmarkDomainDetails.php). */
	CustomTrackingDomain: string;
	CustomTrackingDomainCNAMEValue: string;
	CustomTrackingVerified: boolean;
}

export interface Signature {
	ID: number;
	Name: string;
	EmailAddress: string;
	ReplyToEmailAddress: string;
	Confirmed: boolean;
	ConfirmationPersonalNote: string;
	ReturnPathDomain: string;
	/** What its domain should have in DNS, while that is no domain of the account. */
	dns: Domain;
	/** How often the mail that asks for confirmation was sent. */
	asked: number;
}

/** Who may stand in From: every address of a verified domain, and confirmed single signatures. */
export class Senders {
	readonly domains = new Map<number, Domain>();
	readonly signatures = new Map<number, Signature>();

	constructor(
		domains: string[],
		private readonly newId: () => number,
	) {
		for (const domain of domains) this.addDomain(domain);
	}

	addDomain(name: string, verified = true): Domain {
		const domain = freshDomain(this.newId(), name);
		if (verified) {
			acceptKey(domain);
			domain.ReturnPathDomain = `pm-bounces.${name}`;
			domain.ReturnPathDomainVerified = true;
		}
		this.domains.set(domain.ID, domain);
		return domain;
	}

	addSignature(address: string, confirmed = true, name = ''): Signature {
		const signature = { ...freshSignature(this.newId(), address), Name: name, Confirmed: confirmed };
		if (confirmed) signature.asked = 0;
		this.signatures.set(signature.ID, signature);
		return signature;
	}

	/** What its owner does with the link in the mail. */
	confirm(address: string): void {
		const signature = this.signature(address);
		if (signature) signature.Confirmed = true;
	}

	domain(name: string): Domain | undefined {
		return [...this.domains.values()].find((one) => same(one.Name, name));
	}

	signature(address: string): Signature | undefined {
		return [...this.signatures.values()].find((one) => same(one.EmailAddress, address));
	}

	standing(address: string): Standing {
		const domain = this.domain(domainOf(address));
		if (domain?.DKIMVerified) return 'confirmed';
		const signature = this.signature(address);
		if (signature?.Confirmed) return 'confirmed';
		return signature || domain ? 'unconfirmed' : 'unknown';
	}
}

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

export function domainOf(address: string): string {
	return address.slice(address.lastIndexOf('@') + 1);
}

/** An address nobody has confirmed yet: the mail that asks for it was sent once. */
export function freshSignature(id: number, address: string): Signature {
	return {
		ID: id,
		Name: '',
		EmailAddress: address,
		ReplyToEmailAddress: '',
		Confirmed: false,
		ConfirmationPersonalNote: '',
		ReturnPathDomain: '',
		dns: freshDomain(0, domainOf(address)),
		asked: 1,
	};
}

/** A domain nobody has set up in DNS yet. */
export function freshDomain(id: number, name: string): Domain {
	return {
		ID: id,
		Name: name,
		SPFVerified: true,
		SPFHost: name,
		SPFTextValue: 'v=spf1 a mx include:spf.mtasv.net ~all',
		DKIMVerified: false,
		WeakDKIM: false,
		DKIMHost: '',
		DKIMTextValue: '',
		...newKey(name),
		DKIMRevokedHost: '',
		DKIMRevokedTextValue: '',
		SafeToRemoveRevokedKeyFromDNS: false,
		DKIMUpdateStatus: 'Pending',
		ReturnPathDomain: '',
		ReturnPathDomainVerified: false,
		ReturnPathDomainCNAMEValue: 'pm.mtasv.net',
		CustomTrackingDomain: '',
		// Made up: which name it is, is not published.
		CustomTrackingDomainCNAMEValue: 'tracking.sandbox.example',
		CustomTrackingVerified: false,
	};
}

/** The values of a key that is to be put into DNS: made up, but of the right form. */
export function newKey(name: string): Pick<Domain, 'DKIMPendingHost' | 'DKIMPendingTextValue'> {
	const selector = createHash('sha256').update(randomBytes(16)).digest('hex').slice(0, 14);
	return {
		DKIMPendingHost: `${selector}pm._domainkey.${name}`,
		DKIMPendingTextValue: `k=rsa;p=${randomBytes(120).toString('base64')}`,
	};
}

/** The pending key was found in DNS: it is used from now on, the one before may be taken out. */
export function acceptKey(domain: Domain): void {
	if (!domain.DKIMPendingHost) return;
	domain.DKIMRevokedHost = domain.DKIMHost;
	domain.DKIMRevokedTextValue = domain.DKIMTextValue;
	domain.SafeToRemoveRevokedKeyFromDNS = domain.DKIMHost !== '';
	domain.DKIMHost = domain.DKIMPendingHost;
	domain.DKIMTextValue = domain.DKIMPendingTextValue;
	domain.DKIMPendingHost = '';
	domain.DKIMPendingTextValue = '';
	domain.DKIMVerified = true;
	domain.DKIMUpdateStatus = 'Verified';
}
