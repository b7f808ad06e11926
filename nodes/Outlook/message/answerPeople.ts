import type { IDataObject } from 'n8n-workflow';

/** Lists of people as Graph writes them; one that is absent counts as empty. */
export interface AnswerPeople {
	toRecipients?: IDataObject[];
	ccRecipients?: IDataObject[];
	bccRecipients?: IDataObject[];
}

/** What of the message that is answered decides who gets the answer. */
export interface Answered {
	from?: IDataObject;
	replyTo?: IDataObject[];
	toRecipients?: IDataObject[];
}

interface Given {
	isToAll: boolean;
	/** The draft that Outlook made: the sender, and for an answer to all the other people too. */
	draft: AnswerPeople;
	answered: Answered;
	/** Who was entered. */
	entered: AnswerPeople;
}

/**
 * Who an answer goes to. Who was entered in To, else the Reply-To of the message, takes the sender's place: Graph
 * leaves Reply-To to who answers (https://learn.microsoft.com/graph/api/message-createreplyall). Everybody else that
 * Outlook put in stays, CC and BCC come on top, and nobody stands in twice.
 */
export function peopleOfAnswer({ isToAll, draft, answered, entered }: Given): Required<AnswerPeople> {
	const { toRecipients: own = [], ccRecipients: cc = [], bccRecipients: bcc = [] } = entered;
	const { from, replyTo = [], toRecipients: others = [] } = answered;
	const first = own.length > 0 ? own : replyTo;
	const { toRecipients: made = [], ccRecipients: copies = [], bccRecipients: hidden = [] } = draft;
	// Who got the message in To stays, also when he is its sender or its Reply-To.
	const stays = new Set(others.map(keyOf));
	const replaced = new Set([from, ...replyTo].map(keyOf).filter((key) => !stays.has(key)));
	const rest = isToAll ? made.filter((one) => !replaced.has(keyOf(one))) : [];
	const seen = new Set<string>();
	const once = (list: IDataObject[]) =>
		list.filter((one) => {
			const isNew = !seen.has(keyOf(one));
			seen.add(keyOf(one));
			return isNew;
		});
	return {
		toRecipients: once(first.length > 0 ? [...first, ...rest] : made),
		ccRecipients: once([...copies, ...cc]),
		bccRecipients: once([...hidden, ...bcc]),
	};
}

const keyOf = (one: IDataObject | undefined): string =>
	String((one?.emailAddress as IDataObject | undefined)?.address ?? '').toLowerCase();
