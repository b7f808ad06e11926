import type { IDataObject } from 'n8n-workflow';

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
	/** Found by looking, and not posted. */
	caughtUp?: true;
}

/**
 * A form as PHP writes nested values: `data[merges][FNAME]=Ana`. A name that could reach what every object has is left out.
 *
 * @returns undefined for what is no event
 */
export function parseForm(text: string): Event | undefined {
	const form: IDataObject = {};
	for (const [name, value] of new URLSearchParams(text)) {
		const path = name.replaceAll(']', '').split('[');
		if (path.some((part) => part === '__proto__' || part === 'constructor' || part === 'prototype')) continue;
		put(form, path, value);
	}
	const { type, fired_at: firedAt, data } = form;
	if (typeof type !== 'string' || typeof data !== 'object' || data === null) return undefined;
	return { type, fired_at: String(firedAt ?? ''), data: data as IDataObject };
}

function put(into: IDataObject, [name = '', ...rest]: string[], value: string): void {
	if (rest.length === 0) into[name] = value;
	else {
		const inner = into[name];
		const next: IDataObject = typeof inner === 'object' && inner !== null ? (inner as IDataObject) : {};
		into[name] = next;
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

/** What makes an event that one: repeats of a call have the same, and there is no other mark. */
export const idOf = (event: Event): string =>
	[event.fired_at, subjectOf(event), event.data.action, event.data.status].join(' ');

/** The item of an event: flat, with the merge fields by their tags; or as Mailchimp posted it. */
export function itemOf({ type, fired_at: at, data, caughtUp }: Event, simplify: boolean): IDataObject {
	const told = caughtUp === true ? { caught_up: true } : {};
	if (!simplify) return { type, fired_at: at, data, ...told };
	const { merges, ...rest } = data;
	const time = Date.parse(`${at.replace(' ', 'T')}Z`);
	return {
		type,
		fired_at: Number.isNaN(time) ? at : new Date(time).toISOString(),
		...rest,
		...(merges === undefined ? {} : { merge_fields: withoutAddress(merges as IDataObject) }),
		...told,
	};
}

/** Mailchimp lists the address among the merge fields; it stands in `email`. */
function withoutAddress({ EMAIL: _address, ...fields }: IDataObject): IDataObject {
	return fields;
}
