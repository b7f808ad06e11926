import type { FastifyRequest } from 'fastify';
import { parseAddress } from './addresses';
import { readBody } from './body';
import { checkPublic, checkReturnPath } from './domains';
import { PostmarkError } from './errors';
import { readPage } from './paging';
import type { Resource } from './resource';
import { type Signature, freshDomain } from './senders';
import type { PostmarkState } from './state';

const CHANGEABLE = {
	Name: 'string',
	ReplyToEmail: 'string',
	ReturnPathDomain: 'string',
	ConfirmationPersonalNote: 'string',
} as const;
/** The note's limit is on the page; the others are the sandbox's own. */
const LIMITS = { Name: 255, FromEmail: 255, ReplyToEmail: 255, ConfirmationPersonalNote: 400 };

type Fields = Partial<Record<keyof typeof CHANGEABLE | 'FromEmail', string>>;
type WithId = { Params: { id: string } };

/** `/senders` with the account token (postmarkapp.com/developer/api/sender-signatures-api). */
export const signatures: Resource = ({ app, state, account }) => {
	app.get('/senders', async (request) => {
		account(request);
		const { count, offset } = readPage(request, state, [], 500);
		const all = [...state.senders.signatures.values()];
		return { TotalCount: all.length, SenderSignatures: all.slice(offset, offset + count).map(brief) };
	});

	app.post('/senders', async (request) => {
		account(request);
		const given = read(request, state, { ...CHANGEABLE, FromEmail: 'string' });
		const { Name, FromEmail } = given;
		if (!FromEmail) throw new PostmarkError(520, "The field 'FromEmail' is required.");
		if (!Name) throw new PostmarkError(520, "The field 'Name' is required.");
		checkAddress(FromEmail, 'FromEmail');
		checkPublic(domainOf(FromEmail));
		if (state.senders.signature(FromEmail)) {
			throw new PostmarkError(504, `There is a sender signature for '${FromEmail}' already.`);
		}
		check(given, FromEmail);
		const signature = state.senders.addSignature(FromEmail, false, Name);
		change(signature, given);
		return show(signature, state);
	});

	app.get<WithId>('/senders/:id', async (request) => show(find(request, account, state), state));

	app.put<WithId>('/senders/:id', async (request) => {
		const signature = find(request, account, state);
		const given = read(request, state, CHANGEABLE);
		if (!given.Name) throw new PostmarkError(520, "The field 'Name' is required.");
		check(given, signature.EmailAddress);
		change(signature, given);
		return show(signature, state);
	});

	app.delete<WithId>('/senders/:id', async (request) => {
		const signature = find(request, account, state);
		state.senders.removeSignature(signature);
		return { ErrorCode: 0, Message: `Signature ${signature.EmailAddress} removed.` };
	});

	app.post<WithId>('/senders/:id/resend', async (request) => {
		const signature = find(request, account, state);
		if (signature.Confirmed) {
			throw new PostmarkError(506, `The sender signature '${signature.EmailAddress}' is confirmed already.`);
		}
		signature.asked += 1;
		return {
			ErrorCode: 0,
			Message: `Confirmation email for Sender Signature ${signature.EmailAddress} was re-sent.`,
		};
	});
};

function find(
	request: FastifyRequest<WithId>,
	account: (request: FastifyRequest) => void,
	state: PostmarkState,
): Signature {
	account(request as FastifyRequest);
	const signature = state.senders.signatures.get(Number(request.params.id));
	if (!signature)
		throw new PostmarkError(501, `There is no sender signature with the id '${request.params.id}'.`);
	return signature;
}

function read(request: FastifyRequest, state: PostmarkState, fields: Parameters<typeof readBody>[2]): Fields {
	const given = readBody(request, state, fields) as Fields;
	if (Object.keys(given).length === 0)
		throw new PostmarkError(502, 'No sender signature data was submitted.');
	return given;
}

function check(given: Fields, address: string): void {
	for (const [field, limit] of Object.entries(LIMITS)) {
		if ((given[field as keyof Fields]?.length ?? 0) > limit) {
			throw new PostmarkError(521, `The field '${field}' is longer than ${limit} characters.`);
		}
	}
	if (given.ReplyToEmail) checkAddress(given.ReplyToEmail, 'ReplyToEmail');
	checkReturnPath(given.ReturnPathDomain ?? '', domainOf(address));
}

function checkAddress(value: string, field: string): void {
	try {
		if (parseAddress(value, field).Email === value) return;
	} catch (error) {
		if (!(error instanceof PostmarkError)) throw error;
	}
	throw new PostmarkError(522, `The field '${field}' is not a valid email address: '${value}'.`);
}

function change(signature: Signature, given: Fields): void {
	signature.Name = given.Name ?? signature.Name;
	signature.ReplyToEmailAddress = given.ReplyToEmail ?? signature.ReplyToEmailAddress;
	signature.ReturnPathDomain = given.ReturnPathDomain ?? signature.ReturnPathDomain;
	signature.ConfirmationPersonalNote = given.ConfirmationPersonalNote ?? signature.ConfirmationPersonalNote;
}

function brief({ ID, Name, EmailAddress, ReplyToEmailAddress, Confirmed }: Signature) {
	return { ID, Domain: domainOf(EmailAddress), EmailAddress, ReplyToEmailAddress, Name, Confirmed };
}

/** With what its domain has in DNS. */
function show(signature: Signature, state: PostmarkState) {
	const name = domainOf(signature.EmailAddress);
	const domain = state.senders.domain(name) ?? freshDomain(0, name);
	return {
		...domain,
		...brief(signature),
		ConfirmationPersonalNote: signature.ConfirmationPersonalNote,
		ReturnPathDomain: signature.ReturnPathDomain || domain.ReturnPathDomain,
	};
}

function domainOf(address: string): string {
	return address.slice(address.lastIndexOf('@') + 1);
}
