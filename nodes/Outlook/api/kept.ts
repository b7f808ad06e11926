import type { Client } from '../../../core/http/client';
import { whose } from '../mailbox';

const MINUTE_MS = 60_000;

/**
 * How long what Outlook has said is good for, by what it is: a minute for lists that people change, so that somebody who types
 * a few letters, or a run with many items, asks once. What this node changes itself is forgotten at once.
 */
export const LIVES_MS = {
	calendarGroups: MINUTE_MS,
	calendars: MINUTE_MS,
	categories: MINUTE_MS,
	contactFolders: MINUTE_MS,
	folders: MINUTE_MS,
	timeZones: 24 * 60 * MINUTE_MS,
	/** Whose they are, an administrator seldom changes. */
	userIds: 60 * MINUTE_MS,
	users: MINUTE_MS,
} as const;

/** Answers about so many mailboxes and kinds are kept at most; the oldest goes first. */
export const MOST = 200;

/** What is asked for: by whom, in whose mailbox ('' for the own one, and for what is in none). */
export interface Question {
	kind: keyof typeof LIVES_MS;
	mailbox: string;
	client: Pick<Client, 'account' | 'credential'>;
	/** Which of several answers of a kind. */
	detail?: string;
}

const answers = new Map<string, { at: number; answer: Promise<unknown> }>();

const nameOf = ({ kind, mailbox, client }: Question): string =>
	`${[client.account, whose(mailbox, client), kind].join('\n')}\n`;

/**
 * An answer, asked for once in its life for all who want it. One that could not be had is not kept.
 *
 * @param mostAgeMs for who wants a newer one
 */
export async function kept<T>(
	question: Question,
	ask: () => Promise<T>,
	mostAgeMs: number = LIVES_MS[question.kind],
): Promise<T> {
	const name = nameOf(question) + (question.detail ?? '');
	const now = Date.now();
	const known = answers.get(name);
	if (known !== undefined && known.at + mostAgeMs > now) return (await known.answer) as T;
	answers.delete(name);
	const answer = ask();
	answers.set(name, { at: now, answer });
	for (const oldest of answers.keys()) {
		if (answers.size <= MOST) break;
		answers.delete(oldest);
	}
	try {
		return await answer;
	} catch (error) {
		if (answers.get(name)?.answer === answer) answers.delete(name);
		throw error;
	}
}

/** Forgets all answers of a kind, whatever their detail. */
function forget(question: Question): void {
	const start = nameOf(question);
	for (const name of answers.keys()) if (name.startsWith(start)) answers.delete(name);
}

/** Does what makes answers of a kind wrong, and forgets them, also when nobody knows whether it was done. */
export const changing =
	(kind: Question['kind']) =>
	async <T>(mailbox: string, client: Question['client'], work: () => Promise<T>): Promise<T> => {
		try {
			return await work();
		} finally {
			forget({ kind, mailbox, client });
		}
	};
