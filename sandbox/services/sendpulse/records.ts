export type Variable = string | number | boolean | null;

export interface Contact {
	email: string;
	phone: string;
	status: keyof typeof STATUSES;
	variables: Record<string, Variable>;
}

/** The description has the numbers without their meaning; these are the sandbox's own, and a client must not depend on them. */
export const STATUSES = { 0: 'New', 1: 'Active', 3: 'Unsubscribed' } as const;

export interface MailingList {
	id: number;
	name: string;
	created: string;
	/** By address in lower case. */
	contacts: Map<string, Contact>;
}

export interface Campaign {
	id: number;
	name: string;
	subject: string;
	senderName: string;
	senderEmail: string;
	html: string;
	lists: number[];
	segment?: number;
	at: number;
	/** As it came; empty for at once. */
	sendDate: string;
	/** 13 and 26 are in the description (copying addresses, draft), 3 in public clients (sent); 5 is the sandbox's own for cancelled. */
	status: 13 | 26 | 3 | 5;
	count: number;
	files: string[];
}

export interface Template {
	name: string;
	html: string;
	lang: string;
	created: string;
}

export interface Tag {
	id: number;
	name: string;
	color: string;
	/** Addresses and numbers that have it. */
	on: Set<string>;
}

export interface Person {
	name?: string;
	email: string;
}

export interface SmtpEmail {
	id: string;
	at: number;
	subject: string;
	from: Person;
	to: Person[];
	cc: Person[];
	bcc: Person[];
	replyTo?: Person;
	html?: string;
	text?: string;
	template?: { id: string; variables: Record<string, unknown> };
	attachments: Array<{ name: string; content: Buffer }>;
}

export const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+$/;
export const nowStamp = (at = Date.now()): string =>
	new Date(at).toISOString().slice(0, 19).replace('T', ' ');
