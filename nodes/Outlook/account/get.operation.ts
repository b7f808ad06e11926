import type { IDataObject } from 'n8n-workflow';
import { ServiceError } from '../../../core/errors';
import type { Client } from '../../../core/http/client';
import { perItem } from '../../../core/node/operation';
import { certificateEnd } from '../assertion';
import { isApp } from '../mailbox';
import { usesOf } from '../permissions';
import { claimsIn } from '../token';

/** What n8n’s window of the credential has no room for: it shows of a test that it went well, and no more. */
export const get = perItem({
	name: 'Get',
	value: 'get',
	action: 'Get the account',
	description: 'See who signs in, and what is allowed',
	fields: [],
	read: () => ({}),
	call: async (_, client) => (isApp(client) ? await ofApp(client) : await ofPerson(client)),
});

/** A token that is only good for other things may not read its owner, and says enough by itself. */
async function whoIs(client: Client, path: string, query: IDataObject): Promise<IDataObject> {
	try {
		return await client.get(path, query);
	} catch (error) {
		if (error instanceof ServiceError && error.facts.status === 403) return {};
		throw error;
	}
}

async function ofPerson(client: Client): Promise<IDataObject> {
	const { id, displayName, mail, userPrincipalName } = await whoIs(client, '/me', {
		$select: 'id,displayName,mail,userPrincipalName',
	});
	const credential = client.signedInWith;
	const { scope, refresh_token: renewal } = (credential.oauthTokenData ?? {}) as IDataObject;
	const claims = claimsIn(credential);
	return {
		signedInAs: 'person',
		id: id ?? claims.oid,
		displayName,
		mail,
		userPrincipalName,
		...ofToken(claims, String(claims.scp ?? scope ?? '').split(/\s+/)),
		isRenewed: renewal !== undefined,
	};
}

/** What is asked for does not matter: it makes n8n fetch a token, which tells the rest. */
async function ofApp(client: Client): Promise<IDataObject> {
	await whoIs(client, '/users', { $top: 1, $select: 'id' });
	const credential = client.signedInWith;
	const claims = claimsIn(credential);
	return {
		signedInAs: 'app',
		appName: claims.app_displayname,
		clientId: credential.clientId,
		...ofToken(claims, Array.isArray(claims.roles) ? (claims.roles as string[]) : []),
		certificateEnds:
			credential.signInWith === 'certificate'
				? certificateEnd(String(credential.certificate ?? '').trim()).toISOString()
				: null,
	};
}

function ofToken(claims: IDataObject, permissions: string[]): IDataObject {
	const { may, shared, mayNot } = usesOf(permissions);
	const seconds = Number(claims.exp);
	return {
		tenantId: claims.tid,
		permissions: permissions.filter((one) => one !== ''),
		allowed: may,
		allowedInSharedMailboxes: shared,
		notAllowed: mayNot,
		tokenEnds: Number.isFinite(seconds) ? new Date(seconds * 1_000).toISOString() : null,
	};
}
