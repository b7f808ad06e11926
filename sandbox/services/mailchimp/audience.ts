import { randomBytes } from 'node:crypto';
import { MailchimpError, notFound } from './errors';
import { type Category, type Member, type MergeField, type Segment, type Webhook, hashOf } from './records';

export interface AudienceInfo {
	name: string;
	contact: Record<string, string>;
	permission_reminder: string;
	use_archive_bar: boolean;
	campaign_defaults: Record<string, string>;
	notify_on_subscribe: string;
	notify_on_unsubscribe: string;
	email_type_option: boolean;
	double_optin: boolean;
	marketing_permissions: boolean;
}

/** The merge fields of a new audience; the address itself is no field of the list. */
const USUAL: Array<[tag: string, name: string, type: string, options: MergeField['options']]> = [
	['FNAME', 'First Name', 'text', { size: 25 }],
	['LNAME', 'Last Name', 'text', { size: 25 }],
	['ADDRESS', 'Address', 'address', { default_country: 164 }],
	['PHONE', 'Phone Number', 'phone', { phone_format: 'none' }],
	['BIRTHDAY', 'Birthday', 'birthday', { date_format: 'MM/DD' }],
];

export const newId = () => randomBytes(5).toString('hex');

/** One audience, which the API calls a list. */
export class Audience {
	readonly members = new Map<string, Member>();
	/** Hashes of those who were deleted for good. */
	readonly forgotten = new Set<string>();
	readonly mergeFields = new Map<string | number, MergeField>();
	readonly categories = new Map<string | number, Category>();
	readonly segments = new Map<string | number, Segment>();
	readonly webhooks = new Map<string | number, Webhook>();
	/** What a contact can consent to, once marketing permissions are on. */
	readonly permissions = [
		{ marketing_permission_id: 'a1e0000001', text: 'Email' },
		{ marketing_permission_id: 'a1e0000002', text: 'Direct Mail' },
		{ marketing_permission_id: 'a1e0000003', text: 'Customized online advertising' },
	];

	constructor(
		readonly id: string,
		readonly webId: number,
		readonly createdAt: string,
		public info: AudienceInfo,
	) {
		USUAL.forEach(([tag, name, type, options], at) => {
			this.mergeFields.set(at + 1, {
				merge_id: at + 1,
				tag,
				name,
				type,
				required: false,
				default_value: '',
				public: at < 2,
				display_order: at + 2,
				options: { ...options },
				help_text: '',
				list_id: id,
			});
		});
	}

	/** By its hash, its address or its contact ID: the path takes all three. */
	find(key: string): Member | undefined {
		const byHash = this.members.get(key.toLowerCase());
		if (byHash) return byHash;
		if (key.includes('@')) return this.members.get(hashOf(key));
		return [...this.members.values()].find(({ contact_id }) => contact_id === key);
	}

	/** @throws {MailchimpError} 404 */
	member(key: string): Member {
		const found = this.find(key);
		if (!found) throw notFound();
		return found;
	}

	/** The static segment of a name. */
	tag(name: string): Segment | undefined {
		const wanted = name.toLowerCase();
		for (const segment of this.segments.values()) {
			if (segment.type === 'static' && segment.name.toLowerCase() === wanted) return segment;
		}
		return undefined;
	}

	tagsOf(hash: string): Segment[] {
		return [...this.segments.values()].filter(({ type, hashes }) => type === 'static' && hashes.has(hash));
	}

	/** @throws {MailchimpError} 400 for a name the service does not take */
	setTag(hash: string, name: string, active: boolean, id: () => number, at: string): void {
		const trimmed = name.trim();
		if (trimmed === '' || trimmed.length > 100)
			throw new MailchimpError(400, 'Bad Request', 'A tag name must have from 1 to 100 characters.');
		let tag = this.tag(trimmed);
		if (!tag && !active) return;
		if (!tag) this.segments.set((tag = newTag(id(), trimmed, at)).id, tag);
		if (active && !tag.hashes.has(hash)) tag.hashes.set(hash, at);
		if (!active) tag.hashes.delete(hash);
		tag.updated_at = at;
	}

	interests(): string[] {
		return [...this.categories.values()].flatMap(({ interests }) => [...interests.keys()].map(String));
	}

	count(...statuses: string[]): number {
		let sum = 0;
		for (const { status } of this.members.values()) if (statuses.includes(status)) sum += 1;
		return sum;
	}
}

export function newTag(id: number, name: string, at: string): Segment {
	return {
		id,
		name,
		type: 'static',
		options: { match: 'any', conditions: [] },
		created_at: at,
		updated_at: at,
		hashes: new Map(),
	};
}
