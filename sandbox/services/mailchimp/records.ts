import { createHash } from 'node:crypto';

export type Status = 'subscribed' | 'unsubscribed' | 'cleaned' | 'pending' | 'transactional' | 'archived';
export type Source = 'user' | 'admin' | 'api';

export interface MergeField {
	merge_id: number;
	tag: string;
	name: string;
	type: string;
	required: boolean;
	default_value: string;
	public: boolean;
	display_order: number;
	options: {
		size?: number;
		choices?: string[];
		date_format?: string;
		phone_format?: string;
		default_country?: number;
	};
	help_text: string;
	list_id: string;
}

export interface Interest {
	id: string;
	name: string;
	display_order: number;
}

export interface Category {
	id: string;
	list_id: string;
	title: string;
	type: string;
	display_order: number;
	interests: Map<string | number, Interest>;
}

export interface Condition {
	condition_type?: string;
	field?: string;
	op?: string;
	value?: unknown;
}

/** A tag is a static segment. */
export interface Segment {
	id: number;
	name: string;
	type: 'static' | 'saved';
	options: { match: 'any' | 'all'; conditions: Condition[] };
	created_at: string;
	updated_at: string;
	/** Hashes of those in a static one, with when they came. */
	hashes: Map<string, string>;
}

export interface Note {
	id: number;
	created_at: string;
	created_by: string;
	updated_at: string;
	note: string;
}

export interface Happening {
	action: string;
	timestamp: string;
	campaign_id?: string;
	title?: string;
	url?: string;
	type?: string;
}

export interface MemberEvent {
	occurred_at: string;
	name: string;
	properties: Record<string, unknown>;
}

export interface Member {
	/** MD5 of the address in lower case. */
	id: string;
	email_address: string;
	unique_email_id: string;
	contact_id: string;
	web_id: number;
	email_type: string;
	status: Status;
	/** What an archived contact was. */
	before?: Status;
	unsubscribe_reason?: string;
	merge_fields: Record<string, unknown>;
	interests: Record<string, boolean>;
	permissions: Record<string, boolean>;
	ip_signup: string;
	timestamp_signup: string;
	ip_opt: string;
	timestamp_opt: string;
	unsubscribed_at?: string;
	last_changed: string;
	language: string;
	vip: boolean;
	location: { latitude: number; longitude: number };
	source: string;
	notes: Map<string | number, Note>;
	events: MemberEvent[];
	/** Oldest first. */
	activity: Happening[];
}

export interface Webhook {
	id: string;
	url: string;
	events: Record<string, boolean>;
	sources: Record<Source, boolean>;
	list_id: string;
	signing_secret?: string;
	/** Turned off by an answer of 410. */
	off?: boolean;
}

export interface Campaign {
	id: string;
	web_id: number;
	/** Of what has no parent, nothing. */
	parent_campaign_id: string;
	type: string;
	create_time: string;
	status: 'save' | 'paused' | 'schedule' | 'sending' | 'sent' | 'canceling' | 'canceled';
	send_time: string;
	emails_sent: number;
	recipients: Record<string, unknown> & { list_id?: string };
	settings: Record<string, unknown>;
	tracking: Record<string, unknown>;
	content: { html: string; plain_text: string };
	/** How often it went out: never more than once. */
	sends: number;
	/** Tests that were sent of it: to whom. */
	tests: string[][];
	/** What became of it with each who got it, by their hash, oldest first. */
	activity: Map<string, CampaignActivity[]>;
}

/** https://mailchimp.com/developer/marketing/api/email-activity-reports/ */
export interface CampaignActivity {
	action: 'open' | 'click' | 'bounce' | 'unsubscribe';
	timestamp: string;
	/** Of a click. */
	url?: string;
	/** Of a bounce: `hard` or `soft`. */
	type?: string;
	/** Why somebody unsubscribed. */
	reason?: string;
}

export interface Template {
	id: number;
	type: string;
	name: string;
	html: string;
	folder_id: string;
	active: boolean;
	date_created: string;
	date_edited: string;
}

/** Of campaigns, or of templates. */
export interface Folder {
	id: string;
	name: string;
}

export const hashOf = (address: string) => createHash('md5').update(address.toLowerCase()).digest('hex');

/** `2026-01-31T09:05:07+00:00`, as every time of the service. */
export const stampOf = (time: Date) => time.toISOString().replace(/\.\d{3}Z$/, '+00:00');

/** A contact who waits for an email of a classic automation. */
export interface QueuedEmail {
	id: string;
	workflow_id: string;
	email_id: string;
	list_id: string;
	email_address: string;
	next_send: string;
}

/** A file of the File Manager, without what is in it. */
export interface StoredFile {
	id: number;
	folder_id: number;
	type: 'image' | 'file';
	name: string;
	size: number;
	created_at: string;
	created_by: string;
}

/** What a store holds: a customer, product, order or cart, under an id of the shop's own. */
export type Goods = Record<string, unknown> & { id: string };

export interface Store extends Goods {
	list_id: string;
	customers: Map<string | number, Goods>;
	products: Map<string | number, Goods>;
	orders: Map<string | number, Goods>;
	carts: Map<string | number, Goods>;
}
