import type { IDataObject } from 'n8n-workflow';
import { gather } from '../../../../core/connection/gather';
import type { Client } from '../../../../core/http/client';
import type { ItemResult, RunFeedback } from '../../../../core/node/operation';
import type { Changes, Created, Fields, SyncTarget, Value } from '../../../../core/sync';
import { archiving } from '../../member/archive.operation';
import { addressKey } from '../../ids';
import { addOrUpdate, MOST_CONTACTS, type Contact } from '../../member/many';
import { byCheapestRoad } from '../../road';
import { mergeColumn } from './columns';
import type { ListedContact } from './contacts';
import { listOf, MARK, type ManagedTags } from './tags';

export interface TargetOptions {
	audience: string;
	newStatus: string;
	/** What becomes of leavers. */
	leaverChoice: string;
	skipMergeValidation: boolean;
	tags: ManagedTags;
	/** Contacts as they were read, by ID. */
	contactOf(id: string): ListedContact;
}

interface Message {
	contact: Contact;
	/** Whether the tags of the contact are all it is to have. */
	syncTags: boolean;
}

/** Leavers are archived in a batch when they are more than the connections hold at once: nobody waits for a sync. */
const BATCH_FROM = 11;

/** Carries a plan out: whatever is written of a contact travels with up to 499 others. */
export class AudienceTarget implements SyncTarget {
	readonly width: number;
	readonly inAnyOrder = true;
	private readonly write: (message: Message) => Promise<ItemResult>;
	private readonly archive: (member: string) => Promise<ItemResult>;

	constructor(
		client: Client,
		private readonly options: TargetOptions,
		feedback: RunFeedback,
	) {
		const { audience, skipMergeValidation: skip } = options;
		this.width = client.concurrency * MOST_CONTACTS;
		this.write = gather<Message, ItemResult>({
			size: MOST_CONTACTS,
			concurrency: client.concurrency,
			group: ({ syncTags }) => String(syncTags),
			key: ({ contact }) => addressKey(contact.email_address),
			send: async (messages, group) =>
				await addOrUpdate(
					client,
					{ audience, skip, syncTags: group === 'true' },
					messages.map(({ contact }) => contact),
				),
		});
		this.archive = gather<string, ItemResult>({
			size: MOST_CONTACTS,
			concurrency: client.concurrency,
			send: async (members) =>
				await byCheapestRoad(
					members.map((member) => ({ audience, member })),
					client,
					feedback,
					BATCH_FROM,
					archiving,
				),
		});
	}

	async create({ email, tags, [MARK]: mark, ...fields }: Fields): Promise<Created> {
		const all = [...listOf(tags), ...listOf(mark)];
		const result = await this.put({
			contact: {
				email_address: String(email),
				status: this.options.newStatus,
				...profileOf(fields, {}),
				...(all.length > 0 ? { tags: all } : {}),
			},
			syncTags: false,
		});
		return { id: String(result.id) };
	}

	async update(id: string, changes: Changes): Promise<void> {
		await this.put(this.changed(id, changes));
	}

	async enable(id: string, changes: Changes): Promise<void> {
		const { contact, syncTags } = this.changed(id, changes);
		await this.put({ contact: { ...contact, status: this.options.newStatus }, syncTags });
	}

	async disable(id: string): Promise<void> {
		const { leaverChoice } = this.options;
		if (leaverChoice === 'archive') return void resultIn(await this.archive(id));
		const { email_address: address } = this.options.contactOf(id);
		await this.put({ contact: { email_address: address, status: 'unsubscribed' }, syncTags: false });
	}

	/** No choice of this sync deletes. */
	async delete(): Promise<never> {
		throw new Error('A contact is never deleted by a sync.');
	}

	private async put(message: Message): Promise<IDataObject> {
		return resultIn(await this.write(message));
	}

	private changed(id: string, changes: Changes): Message {
		const { tags, [MARK]: mark, ...others } = changes;
		const contact = this.options.contactOf(id);
		const values = Object.fromEntries(Object.entries(others).map(([field, { to }]) => [field, to]));
		const had = (contact.tags ?? []).map(({ name }) => name);
		const wanted = [...listOf(tags?.to), ...listOf(mark?.to)];
		const names = new Set(wanted.map((tag) => tag.toLowerCase()));
		const loses = tags === undefined ? [] : had.filter((tag) => this.loses(tag, names));
		const keeps =
			loses.length === 0 ? [] : had.filter((tag) => !loses.includes(tag) && !names.has(tag.toLowerCase()));
		return {
			contact: {
				email_address: contact.email_address,
				...profileOf(values, contact.merge_fields ?? {}),
				...(tags === undefined && mark === undefined ? {} : { tags: [...keeps, ...wanted] }),
			},
			syncTags: loses.length > 0,
		};
	}

	private loses(tag: string, wanted: ReadonlySet<string>): boolean {
		return this.options.tags.has(tag) && !wanted.has(tag.toLowerCase());
	}
}

function resultIn(result: ItemResult): IDataObject {
	if ('failed' in result) throw result.failed.with({ message: messageOf(result.failed) });
	return result.done;
}

const messageOf = ({ message, facts: { said } }: { message: string; facts: { said?: string } }): string =>
	said === undefined || said === '' ? message : `${message} (Mailchimp: ${said.replace(/\.$/, '')})`;

/** Values as a contact has them. An address goes as a whole, with the parts that it has already. */
function profileOf(fields: Record<string, Value | undefined>, old: IDataObject): IDataObject {
	const profile: IDataObject = {};
	const merge: IDataObject = {};
	for (const [id, value] of Object.entries(fields)) {
		if (value === undefined) continue;
		const column = mergeColumn(id);
		if (column === undefined) profile[id] = value;
		else if (column.part === undefined) merge[column.tag] = value;
		else
			merge[column.tag] = {
				...((merge[column.tag] ?? old[column.tag] ?? {}) as IDataObject),
				[column.part]: value,
			};
	}
	return { ...profile, ...(Object.keys(merge).length > 0 ? { merge_fields: merge } : {}) };
}
