import type { ICredentialDataDecryptedObject, IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { Run } from '../../../scripts/engine';
import { LDAP_ADMIN, LDAP_BASE } from '../../../scripts/directory/openldap';
import { ADMIN, BASE } from '../../../scripts/directory/samba';
import { Directory } from '../../../nodes/ActiveDirectory/connection';
import { readSettings } from '../../../nodes/ActiveDirectory/settings';
import { NODE, runNode } from '../runNode';
import { directoryServers } from './servers';

export { ADMIN, BASE, LDAP_ADMIN, LDAP_BASE };

/** The credential of the shared domain controller, as a user would fill it in. */
export const adCredential = (more: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject => ({
	servers: directoryServers().activeDirectory.address,
	security: 'ldaps',
	account: ADMIN.name,
	password: ADMIN.password,
	authorities: directoryServers().authority.certificate,
	...more,
});

export const ldapCredential = (
	more: ICredentialDataDecryptedObject = {},
): ICredentialDataDecryptedObject => ({
	...adCredential(),
	servers: directoryServers().openLdap.address,
	account: LDAP_ADMIN.name,
	password: LDAP_ADMIN.password,
	...more,
});

/** A connection as a run has one, closed after the test. */
export function connectedTo(credential: ICredentialDataDecryptedObject): Directory {
	const directory = new Directory(readSettings(credential));
	open.push(directory);
	return directory;
}

const open: Directory[] = [];
afterEach(async () => {
	await Promise.all(open.splice(0).map(async (directory) => await directory.close()));
});

/** One operation of the node over these items, in n8n's own engine. */
export async function runDirectory(
	parameters: INodeParameters,
	items: IDataObject[] = [{}],
	how: { credential?: ICredentialDataDecryptedObject; settings?: Partial<INode> } = {},
): Promise<Run & { rows: IDataObject[]; failures: IDataObject[] }> {
	const run = await runNode(
		{
			type: 'activeDirectory',
			parameters,
			credentials: { mailOpsActiveDirectoryApi: how.credential ?? adCredential() },
			settings: { onError: 'continueErrorOutput', ...how.settings },
		},
		items,
	);
	if (run.error) throw Object.assign(new Error(run.error.message), { description: run.error.description });
	return Object.assign(run, { rows: run.json(NODE), failures: run.json(NODE, 1) });
}
