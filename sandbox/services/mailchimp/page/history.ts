import type { Audience } from '../audience';
import type { CampaignActivity, Member } from '../records';
import type { MailchimpService } from '../service';

/** Something that happened to a member. */
export interface Moment {
	at: string;
	what: string;
	/** What it was about: a campaign, a tag, a note. */
	about: string;
}

const ACTIONS: Record<string, string> = {
	subscribed: 'Subscribed',
	unsub: 'Unsubscribed',
	bounce: 'Mail bounced',
};

export const DEEDS: Record<CampaignActivity['action'], string> = {
	open: 'Opened',
	click: 'Clicked',
	bounce: 'Bounced',
	unsubscribe: 'Unsubscribed',
};

/**
 * What happened to a member, newest first, put together from what is kept anyway: the activity, the tags it has, its notes and
 * events, and the campaigns it got.
 */
export function historyOf(service: MailchimpService, audience: Audience, member: Member): Moment[] {
	const all = [
		...member.activity.map(({ action, timestamp, title }) => ({
			at: timestamp,
			what: ACTIONS[action] ?? action,
			about: title ?? '',
		})),
		...audience.tagsOf(member.id).map(({ name, hashes }) => ({
			at: hashes.get(member.id) ?? '',
			what: 'Tagged',
			about: name,
		})),
		...[...member.notes.values()].map(({ created_at: at, note }) => ({ at, what: 'Note', about: note })),
		...member.events.map(({ occurred_at: at, name, properties }) => ({
			at,
			what: 'Event',
			about: [name, ...Object.entries(properties).map(([key, value]) => `${key}: ${String(value)}`)].join(
				', ',
			),
		})),
		...campaignsOf(service, audience, member),
		{ at: member.last_changed, what: 'Last changed', about: '' },
	];
	// Of what happened in the same second, the later.
	return all.toReversed().sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function campaignsOf({ campaigns }: MailchimpService, audience: Audience, { id }: Member): Moment[] {
	return [...campaigns.values()].flatMap(({ recipients, settings, activity, send_time: sent }) => {
		const did = activity.get(id);
		if (did === undefined || recipients.list_id !== audience.id) return [];
		const subject = String(settings.subject_line ?? '');
		return [
			{ at: sent, what: 'Campaign sent', about: subject },
			...did.map(({ action, timestamp, url, type, reason }) => ({
				at: timestamp,
				what: DEEDS[action],
				about: [subject, url ?? type ?? reason ?? ''].filter(Boolean).join(': '),
			})),
		];
	});
}
