import { Limits } from './rate';
import type { MailingList, SmtpEmail } from './records';
import type { SendPulseSettings } from './settings';

/** All that an account holds. */
export class Account {
	readonly lists = new Map<number, MailingList>();
	/** Addresses in lower case. */
	readonly blacklist = new Set<string>();
	/** Confirmed senders by address. */
	readonly senders = new Map<string, string>();
	readonly templates = new Map<string, { name: string; html: string }>();
	readonly tokens = new Map<string, number>();
	emails: SmtpEmail[] = [];
	readonly limits: Limits;
	private lastId = 0;

	constructor(readonly settings: SendPulseSettings) {
		this.limits = new Limits(() => settings);
		this.reset();
	}

	newId(): number {
		this.lastId += 1;
		return 100_000 + this.lastId;
	}

	reset(): void {
		this.lists.clear();
		this.blacklist.clear();
		this.tokens.clear();
		this.emails = [];
		this.lastId = 0;
		this.limits.clear();
		this.senders.clear();
		this.senders.set('shop@example.com', 'Example Shop');
		this.senders.set('people@yunhe.example', 'People Team');
		this.templates.clear();
		this.templates.set('7001', { name: 'Welcome', html: '<p>Hello {{name}}</p>' });
	}
}
