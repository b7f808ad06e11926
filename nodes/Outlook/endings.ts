import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { certificateEnd } from './assertion';
import { claimsOf } from './token';

const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

const minute = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ');
const day = (at: Date): string => at.toISOString().slice(0, 10);

/** When a person's token ends, and what happens then. '' for one that does not say. */
export function tokenEnd({ access_token: token, refresh_token: renewal }: IDataObject): string {
	const seconds = Number(claimsOf(token)?.exp);
	if (!Number.isFinite(seconds)) return '';
	const then =
		renewal === undefined
			? 'nothing renews it: connect the account again, and let the permission offline_access stand'
			: 'it is renewed by itself';
	return ` The token ends at ${minute(new Date(seconds * 1_000))} UTC; ${then}.`;
}

/** When what an app proves itself with ends, as far as that can be known. */
export function proofEnd(
	{ signInWith, certificate }: ICredentialDataDecryptedObject,
	now = Date.now(),
): string {
	if (signInWith !== 'certificate')
		return ' When its client secret ends, only the app registration says (Certificates & secrets): make a new one before.';
	const end = certificateEnd(String(certificate ?? '').trim());
	const days = Math.floor((end.getTime() - now) / DAY_MS);
	if (days > SOON_DAYS) return ` Its certificate ends on ${day(end)}.`;
	return ` Its certificate ends on ${day(end)}, in ${days} days: make a new one, upload it to the app registration, and enter it here.`;
}
