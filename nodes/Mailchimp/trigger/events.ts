import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';
import stringify from 'safe-stable-stringify';

/** What Mailchimp can report of an audience, in its own words (https://mailchimp.com/developer/marketing/api/list-webhooks/add-webhook/). */
export const EVENTS = ['campaign', 'cleaned', 'profile', 'subscribe', 'unsubscribe', 'upemail'] as const;
/** Newer than the others: only asked for when one is wanted. */
export const SMS_EVENTS = ['sms_campaign', 'sms_subscribe', 'sms_unsubscribe', 'upsms'] as const;

export type EventType = (typeof EVENTS)[number] | (typeof SMS_EVENTS)[number];

/** An event as Mailchimp posts it: `data` has what it is about. */
export interface Event {
	type: string;
	/** `2026-11-26 10:00:00`, UTC. */
	fired_at: string;
	data: IDataObject;
	/** When the contact changed last, in epoch milliseconds, where it was found by looking and not posted. */
	changed?: number;
}

/** A post says when it was fired, a contact when it changed: seconds lie between them. A longer gap tells twice and loses nothing. */
export const APART_MS = 10_000;

/** Values are nested two or three deep. */
const DEEPEST = 10;

/**
 * A form as PHP writes nested values: `data[merges][FNAME]=Ana`. A name that could reach what every object has is left out.
 *
 * @returns undefined for what is no event
 */
export function parseForm(text: string): Event | undefined {
	const form: IDataObject = {};
	for (const [name, value] of new URLSearchParams(text)) {
		const path = name.replaceAll(']', '').split('[', DEEPEST);
		if (path.some((part) => part === '__proto__' || part === 'constructor' || part === 'prototype')) continue;
		put(form, path, value);
	}
	const { type, fired_at: firedAt, data } = form;
	if (typeof type !== 'string' || typeof data !== 'object' || data === null) return undefined;
	return { type, fired_at: String(firedAt ?? ''), data: data as IDataObject };
}

function put(into: IDataObject, [name = '', ...rest]: string[], value: string): void {
	// `data[choices][]` stands for the next place of a list.
	const key = name === '' ? String(Object.keys(into).length) : name;
	if (rest.length === 0) into[key] = value;
	else {
		const inner = into[key];
		const next: IDataObject = typeof inner === 'object' && inner !== null ? (inner as IDataObject) : {};
		into[key] = next;
		put(next, rest, value);
	}
}

/** Epoch milliseconds; NaN when it cannot be read. */
export const firedAt = ({ fired_at: text }: Event): number => Date.parse(`${text.replace(' ', 'T')}Z`);

/** Who or what it is about: the ID that a contact keeps for life, or a campaign's. A post of a cleaned address has no more than that. */
export const subjectOf = ({ type, data }: Event): string =>
	type === 'cleaned'
		? String(data.email ?? '').toLowerCase()
		: String(data.id ?? data.new_id ?? data.email ?? data.campaign_id ?? '');

/** What a change and the post of it have in common, whatever a contact's record and a form make of the values. */
export const changeIdOf = (event: Event): string =>
	[event.fired_at, subjectOf(event), event.data.action, event.data.status].join(' ');

/**
 * What makes a post that one: its repeats are the same, and there is no other mark. Times are of whole seconds, in which a
 * contact can change twice: the values tell one from the other.
 */
export const idOf = (event: Event): string =>
	`${changeIdOf(event)} ${createHash('sha256').update(stringify(event.data)).digest('base64url')}`;

/** The item of an event: flat, with the merge fields by their tags; or as Mailchimp posted it. */
export function itemOf({ type, fired_at: at, data, changed }: Event, simplify: boolean): IDataObject {
	const told = changed !== undefined ? { caught_up: true } : {};
	if (!simplify) return { type, fired_at: at, data, ...told };
	const { merges, ...rest } = data;
	const time = Date.parse(`${at.replace(' ', 'T')}Z`);
	return {
		type,
		fired_at: Number.isNaN(time) ? at : new Date(time).toISOString(),
		...rest,
		...(typeof merges !== 'object' || merges === null
			? {}
			: { merge_fields: withoutAddress(merges as IDataObject) }),
		...told,
	};
}

/** Mailchimp lists the address among the merge fields; it stands in `email`. */
function withoutAddress({ EMAIL: _address, ...fields }: IDataObject): IDataObject {
	return fields;
}
