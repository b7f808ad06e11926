import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from '../../../scripts/directory/certificates';
import { activeDirectoryCompany, openLdapCompany } from '../../../scripts/directory/company';
import { OpenLdapServer } from '../../../scripts/directory/openldap';
import { HOW_TO_INSTALL, missingPrograms } from '../../../scripts/directory/program';
import { SambaServer } from '../../../scripts/directory/samba';
import { LDAP_PEOPLE, PEOPLE, VARIABLE, type DirectoryServers } from './servers';
import { started } from './started';

/** Starts the servers that all suites share, once. The first run makes a domain with 10,000 people, which takes minutes. */
export default async function setup(): Promise<void> {
	const missing = missingPrograms();
	if (missing.length > 0)
		throw new Error(
			`These tests need ${missing.join(', ')}, which this machine does not have. ${HOW_TO_INSTALL}`,
		);
	process.env.MAILOPS_TEST_FOLDER = mkdtempSync(join(tmpdir(), 'mailops-test-'));
	const folder = mkdtempSync(join(tmpdir(), 'mailops-authority-'));
	started.folders.push(process.env.MAILOPS_TEST_FOLDER, folder);
	const authority = Authority.make(folder);
	const activeDirectory = await SambaServer.start(authority, { ldif: activeDirectoryCompany(PEOPLE) });
	started.servers.push(activeDirectory);
	const openLdap = await OpenLdapServer.start(authority, { ldif: openLdapCompany(LDAP_PEOPLE) });
	started.servers.push(openLdap);
	const servers: DirectoryServers = {
		activeDirectory: { address: activeDirectory.address },
		openLdap: { address: openLdap.address },
		authority: { folder, certificate: authority.certificate },
	};
	process.env[VARIABLE] = JSON.stringify(servers);
}
