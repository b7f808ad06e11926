import type { ErrorFacts } from '../../../core/errors';
import { isData } from '../../../core/http/response';

type Meaning = Pick<ErrorFacts, 'message' | 'remedy'>;
const PORTAL = 'Microsoft Entra admin center (App registrations, your app';

/**
 * What the sign-in says no with
 * (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
 */
const MEANINGS: Record<string, Meaning> = {
	50011: {
		message: 'The redirect address is not one of the app’s',
		remedy: `Copy the OAuth Redirect URL of this credential into the ${PORTAL}, Authentication) as a redirect URI of the type Web, letter for letter.`,
	},
	50034: {
		message: 'The user is not in this tenant',
		remedy: 'Check the tenant in the credential, and sign in with an account of that tenant.',
	},
	50053: {
		message: 'The account is locked after too many sign-ins',
		remedy: 'Wait, or have an administrator unlock it, then connect the account again.',
	},
	50057: {
		message: 'The user is disabled',
		remedy: 'Have an administrator enable the account, or connect another one.',
	},
	50059: {
		message: 'No tenant was named',
		remedy:
			'Enter the ID of your tenant, or one of its domains, in the credential: “common” does not do for an app.',
	},
	50076: {
		message: 'The sign-in needs a second factor',
		remedy: 'Open the credential and connect the account again: the second factor is asked for there.',
	},
	50079: {
		message: 'The user has to set up a second factor first',
		remedy: 'Sign in to Microsoft 365 once in the browser, set it up, and connect the account again.',
	},
	50105: {
		message: 'The user is not allowed to use this app',
		remedy: 'Have an administrator assign the user to the app (Enterprise applications, Users and groups).',
	},
	50126: { message: 'The user name or password is wrong', remedy: 'Connect the account again.' },
	50173: {
		message: 'The sign-in has ended: the password was changed, or an administrator signed the user out',
		remedy: 'Open the credential and connect the account again.',
	},
	50194: {
		message: 'The app is for one organization only, and was asked through “common”',
		remedy: 'Enter the ID of your tenant in the credential.',
	},
	53003: {
		message: 'A rule of your organization (Conditional Access) blocks this sign-in',
		remedy: 'Ask an administrator to allow the app, or n8n’s address, in Conditional Access.',
	},
	65001: {
		message: 'Nobody has agreed to the app’s permissions yet',
		remedy: `Connect the account again and agree. What an app does without a user, an administrator agrees to in the ${PORTAL}, API permissions, Grant admin consent).`,
	},
	65004: {
		message: 'The permissions were declined',
		remedy: 'Connect the account again and agree, or tick fewer permissions in the credential.',
	},
	70008: {
		message: 'The sign-in has ended: it was not used for too long',
		remedy: 'Open the credential and connect the account again.',
	},
	70011: {
		message: 'One of the permissions that were asked for does not exist',
		remedy: 'Check the permissions in the credential.',
	},
	700016: {
		message: 'The tenant has no such app',
		remedy: `Check the Client ID and the tenant in the credential: both stand in the ${PORTAL}, Overview).`,
	},
	700025: {
		message: 'The app is registered as a public client, and takes no secret',
		remedy: `Register the redirect URI as the type Web in the ${PORTAL}, Authentication).`,
	},
	700027: {
		message: 'Microsoft does not accept the certificate',
		remedy: `Upload the certificate that belongs to the private key to the ${PORTAL}, Certificates & secrets), and check that it has not ended.`,
	},
	700082: {
		message: 'The sign-in has ended: it was not used for too long',
		remedy: 'Open the credential and connect the account again.',
	},
	7000112: {
		message: 'The app is switched off',
		remedy: 'Have an administrator enable it (Enterprise applications, Properties).',
	},
	7000215: {
		message: 'The client secret is wrong',
		remedy: `Copy the secret’s Value, not its ID, from the ${PORTAL}, Certificates & secrets). It is shown only when it is new.`,
	},
	7000222: {
		message: 'The client secret has ended',
		remedy: `Make a new one in the ${PORTAL}, Certificates & secrets) and enter its Value in the credential.`,
	},
	90002: {
		message: 'There is no such tenant',
		remedy: 'Check the tenant in the credential, and that the cloud is the right one.',
	},
	90094: {
		message: 'An administrator has to agree to the permissions',
		remedy: `Have an administrator agree in the ${PORTAL}, API permissions, Grant admin consent).`,
	},
	90095: {
		message: 'An administrator has to agree to the permissions',
		remedy: `Have an administrator agree in the ${PORTAL}, API permissions, Grant admin consent).`,
	},
};

/** What a refused sign-in means, with Microsoft's code; undefined when it is none of Microsoft's. */
export const signInMeaning = (body: unknown): SignInMeaning | undefined =>
	isData(body) ? meaningIn(String(body.error_description ?? '')) : undefined;

type SignInMeaning = Meaning & { code: string; said: string };

/** The same of words that the answer is somewhere in. */
export function meaningIn(words: string): SignInMeaning | undefined {
	const found = /AADSTS(\d+)[^"\r\n]*/.exec(words);
	if (found === null) return undefined;
	const code = found[1]!;
	return {
		code: `AADSTS${code}`,
		said: found[0].split(/\s*(?:Trace ID|Correlation ID|Timestamp)\b/)[0]!,
		...(MEANINGS[code] ?? {
			message: 'Microsoft refused the sign-in',
			remedy: 'Do what Microsoft’s own words below say, or give its code to your administrator.',
		}),
	};
}
