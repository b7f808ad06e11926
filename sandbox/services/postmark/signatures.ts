import type { Given } from '../../shell/table/table';
import { isAddress } from './addresses';
import { checkPublic, checkSubdomain, renewKey } from './domains';
import { PostmarkError } from './errors';
import { type Domain, type Signature, domainOf, freshSignature } from './senders';
import type { PostmarkState } from './state';
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
	show: (signature, { state }) => detailed(signature, dnsOf(signature, state)),
	removed: ({ EmailAddress }) => `Signature ${EmailAddress} removed.`,
	actions: {
		// Both are older than domains, and still there (github.com/ActiveCampaign/postmark-gem, lib/postmark/account_api_client.rb).
		verifyspf: {
			method: 'POST',
			act: (signature, { state }) => detailed(signature, dnsOf(signature, state)),
		},
		requestnewdkim: {
			method: 'POST',
			act(signature, { state }) {
				renewKey(dnsOf(signature, state));
				return { ErrorCode: 0, Message: `A new DKIM key was requested for ${signature.EmailAddress}.` };
			},
		},
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
		create: (n) => ({ FromEmail: `shop${n}@example.com`, Name: `Shop ${n}` }),
		change: { Name: 'Renamed', ReplyToEmail: 'reply@own.example' },
		changes: ['ReplyToEmailAddress'],
	},
};

/** What its domain has in DNS. */
const dnsOf = (signature: Signature, state: PostmarkState): Domain =>
	state.senders.domain(domainOf(signature.EmailAddress)) ?? signature.dns;

const detailed = (
	signature: Signature,
	{
		CustomTrackingDomain: _,
		CustomTrackingDomainCNAMEValue: __,
		CustomTrackingVerified: ___,
		...domain
	}: Domain,
) => ({
	...domain,
	...brief(signature),
	ConfirmationPersonalNote: signature.ConfirmationPersonalNote,
	ReturnPathDomain: signature.ReturnPathDomain || domain.ReturnPathDomain,
});

function checkSignature(given: Given, { state }: Asked, old: Signature | undefined): void {
	if (old && !given.Name) throw new PostmarkError(520, "The field 'Name' is required.");
	const from = old?.EmailAddress ?? String(given.FromEmail);
	if (!old) {
		checkPublic(domainOf(from));
		if (state.senders.signature(from)) {
			throw new PostmarkError(504, `There is a sender signature for '${from}' already.`);
		}
	}
	checkSubdomain(String(given.ReturnPathDomain ?? ''), domainOf(from));
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
