import type { Given } from '../../shell/table/table';
import { isAddress } from './addresses';
import { checkPublic, checkReturnPath } from './domains';
import { PostmarkError } from './errors';
import { type Signature, domainOf, freshSignature } from './senders';
import type { Asked, PostmarkTable } from './table';

const text = (max: number) => ({ type: 'string', max }) as const;
const address = {
	// The note's limit is on the page; the others are the sandbox's own.
	...text(255),
	check: (value: string) => (isAddress(value) ? undefined : 'is not a valid email address'),
};

/** `/senders` (postmarkapp.com/developer/api/sender-signatures-api). */
export const signatures: PostmarkTable<Signature> = {
	path: '/senders',
	id: { parameter: 'signatureid', field: 'ID', next: ({ state }) => state.newId() },
	by: 'account',
	noun: 'sender signature',
	rows: 'SenderSignatures',
	codes: { query: 500, nothing: 502, required: 520, limit: 521, invalid: 522, missing: 501 },
	records: ({ state }) => state.senders.signatures,
	verbs: ['list', 'create', 'get', 'put', 'remove'],
	fields: {
		FromEmail: { ...address, required: true, fixed: true },
		Name: { ...text(255), required: true },
		ReplyToEmail: address,
		ReturnPathDomain: { type: 'string' },
		ConfirmationPersonalNote: text(400),
	},
	check: checkSignature,
	make({ ID, FromEmail, ...given }) {
		const signature = freshSignature(Number(ID), String(FromEmail));
		change(signature, given);
		return signature;
	},
	change,
	brief,
	// With what its domain has in DNS.
	show(signature, { state }) {
		const name = domainOf(signature.EmailAddress);
		const domain = state.senders.domain(name) ?? signature.dns;
		return {
			...domain,
			...brief(signature),
			ConfirmationPersonalNote: signature.ConfirmationPersonalNote,
			ReturnPathDomain: signature.ReturnPathDomain || domain.ReturnPathDomain,
		};
	},
	removed: ({ EmailAddress }) => `Signature ${EmailAddress} removed.`,
	actions: {
		resend: {
			method: 'POST',
			act(signature) {
				const { Confirmed, EmailAddress } = signature;
				if (Confirmed) {
					throw new PostmarkError(506, `The sender signature '${EmailAddress}' is confirmed already.`);
				}
				signature.asked += 1;
				return {
					ErrorCode: 0,
					Message: `Confirmation email for Sender Signature ${EmailAddress} was re-sent.`,
				};
			},
		},
	},
	examples: {
		create: (n) => ({ FromEmail: `shop${n}@own.example`, Name: `Shop ${n}` }),
		change: { Name: 'Renamed', ReplyToEmail: 'reply@own.example' },
		changes: ['ReplyToEmailAddress'],
	},
};

function checkSignature(given: Given, { state }: Asked, old: Signature | undefined): void {
	if (old && !given.Name) throw new PostmarkError(520, "The field 'Name' is required.");
	const from = old?.EmailAddress ?? String(given.FromEmail);
	if (!old) {
		checkPublic(domainOf(from));
		if (state.senders.signature(from)) {
			throw new PostmarkError(504, `There is a sender signature for '${from}' already.`);
		}
	}
	checkReturnPath(String(given.ReturnPathDomain ?? ''), domainOf(from));
}

function change(signature: Signature, given: Given): void {
	const { Name, ReplyToEmail, ReturnPathDomain, ConfirmationPersonalNote } = given as Record<
		string,
		string | undefined
	>;
	signature.Name = Name ?? signature.Name;
	signature.ReplyToEmailAddress = ReplyToEmail ?? signature.ReplyToEmailAddress;
	signature.ReturnPathDomain = ReturnPathDomain ?? signature.ReturnPathDomain;
	signature.ConfirmationPersonalNote = ConfirmationPersonalNote ?? signature.ConfirmationPersonalNote;
}

function brief({ ID, Name, EmailAddress, ReplyToEmailAddress, Confirmed }: Signature) {
	return { ID, Domain: domainOf(EmailAddress), EmailAddress, ReplyToEmailAddress, Name, Confirmed };
}
