import { Limits } from './rate';
import {
	type Campaign,
	type MailingList,
	nowStamp,
	type SmtpEmail,
	type Tag,
	type Template,
} from './records';
import { Reports } from './reports';
import type { SendPulseSettings } from './settings';

/** The list that is there from the start. */
export const FIRST_LIST = 756_589;

export const FIRST_TAG = 2_506;

/** All that an account holds. */
export class Account {
	readonly lists = new Map<number, MailingList>();
	/** Addresses in lower case. */
	readonly blacklist = new Set<string>();
	/** Confirmed senders by address. */
	readonly senders = new Map<string, string>();
	/** Those that wait for their code. */
	readonly unconfirmed = new Map<string, { name: string; code: string; codeAt: number }>();
	readonly templates = new Map<string, Template>();
	/** By id, the oldest first. */
	readonly campaigns = new Map<number, Campaign>();
	/** Test emails of campaigns, which are no campaigns. */
	tests: Array<{ to: string; subject: string }> = [];
	/** Whom the SMTP service has asked to come back. */
	invitations: string[] = [];
	readonly tags = new Map<number, Tag>();
	/** Events of Automation 360, in the order in which they came. */
	readonly events: Array<Record<string, unknown>> = [];
	/** What was given to the verifier; each time takes from the plan. */
	readonly verified: { addresses: string[]; lists: number[] } = { addresses: [], lists: [] };
	readonly tokens = new Map<string, number>();
	emails: SmtpEmail[] = [];
	readonly limits: Limits;
	readonly reports: Reports;
	private lastId = 0;

	constructor(readonly settings: SendPulseSettings) {
		this.limits = new Limits(() => settings);
		this.reports = new Reports(() => settings);
		this.reset();
	}

	readonly newId = (): number => {
		this.lastId += 1;
		return 100_000 + this.lastId;
	};

	/** A list to choose in a menu. */
	private sow(): void {
		const contact = {
			email: 'reader@example.com',
			phone: '',
			status: 1 as const,
			variables: { Name: 'Reader' },
		};
		const contacts = new Map([[contact.email, contact]]);
		this.tags.set(FIRST_TAG, { id: FIRST_TAG, name: 'customer', color: '#f0f4f6', on: new Set() });
		this.lists.set(FIRST_LIST, { id: FIRST_LIST, name: 'Newsletter', created: nowStamp(), contacts });
	}

	reset(): void {
		this.campaigns.clear();
		this.tags.clear();
		this.events.length = 0;
		this.verified.addresses = [];
		this.verified.lists = [];
		this.tests = [];
		this.invitations = [];
		this.lists.clear();
		this.blacklist.clear();
		this.tokens.clear();
		this.emails = [];
		this.lastId = 0;
		this.limits.clear();
		this.reports.clear();
		this.senders.clear();
		this.senders.set('shop@example.com', 'Example Shop');
		this.senders.set('people@yunhe.example', 'People Team');
		this.unconfirmed.clear();
		this.templates.clear();
		this.templates.set('7001', {
			name: 'Welcome',
			html: '<p>Hello {{name}}</p>',
			lang: 'en',
			created: nowStamp(),
		});
		this.sow();
	}
}
