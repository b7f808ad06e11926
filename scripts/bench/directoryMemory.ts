import { Client, type SearchResult } from 'ldapts';
import type { Authority } from '../directory/certificates';
import { openLdapCompany } from '../directory/company';
import { LDAP_ADMIN, LDAP_BASE, OpenLdapServer } from '../directory/openldap';
import { Engine } from '../engine';
import { HeapWatch } from './heapWatch';
import { runNode } from './run';
import type { Row } from './table';

const STAFF = `ou=people,${LDAP_BASE}`;
const SIZES = [10_000, 100_000];
const PAGE = 1_000;
const SAMPLES = 20;
const MOST_MB = 8;
const CREDENTIAL = 'mailOpsActiveDirectoryApi';
const ATTRIBUTES = [
	...['entryUUID', 'uid', 'cn', 'mail', 'givenName', 'sn', 'departmentNumber', 'title'],
	...['telephoneNumber', 'employeeNumber'],
];

/** Get Many of a real OpenLDAP, which is given 100,000 entries in seconds; a domain controller needs minutes for 10,000. */
export async function readingMany(authority: Authority): Promise<Row[]> {
	const beyond: number[] = [];
	for (const size of SIZES) {
		const server = await OpenLdapServer.start(authority, { ldif: openLdapCompany(size) });
		try {
			beyond.push(await ofGetMany(server, authority, size));
		} finally {
			await server.remove();
		}
	}
	const sizes = SIZES.map((size) => size.toLocaleString('en')).join(' → ');
	return [
		{
			what: `LDAP (OpenLDAP): memory of Get Many beyond the items, ${sizes} people with ${ATTRIBUTES.length} attributes`,
			ours: `${beyond.map((megabytes) => Math.max(0, megabytes).toFixed(1)).join(' → ')} MB`,
			target: `under ${MOST_MB} MB, flat`,
			ok: beyond.every((megabytes) => megabytes < MOST_MB),
		},
	];
}

async function ofGetMany(server: OpenLdapServer, authority: Authority, size: number): Promise<number> {
	const engine = new Engine('dist');
	engine.addCredential(CREDENTIAL, {
		servers: server.address,
		security: 'ldaps',
		account: LDAP_ADMIN.name,
		password: LDAP_ADMIN.password,
		authorities: authority.certificate,
	});
	const watch = new HeapWatch();
	const every = Math.ceil(size / PAGE / SAMPLES);
	const stop = onPages((page) => {
		if (page % every === 0) watch.look();
	});
	try {
		const { run } = await runNode(
			engine,
			'n8n-nodes-mailops.activeDirectory',
			{
				resource: 'user',
				operation: 'getAll',
				returnAll: true,
				filters: { base: STAFF },
				attributes: ATTRIBUTES,
			},
			[{}],
			{ [CREDENTIAL]: { id: CREDENTIAL, name: CREDENTIAL } },
		);
		const beyond = watch.beyond();
		// Only now, so that the items are there while what is left is looked at.
		const found = run.items('Node').length;
		if (found !== size) throw new Error(`${found} people were read instead of ${size}`);
		return beyond;
	} finally {
		stop();
	}
}

/**
 * Calls back when a page is asked for, when it is there, and when the node is at its last entry: then all that the node
 * may hold of it is there twice, as an entry and as items. @returns what ends that
 */
function onPages(look: (page: number) => void): () => void {
	const ldapts = Client.prototype;
	const { search } = ldapts;
	let pages = 0;
	ldapts.search = async function (this: Client, ...query: Parameters<typeof search>) {
		if (query[0] !== STAFF) return await search.apply(this, query);
		const page = ++pages;
		look(page);
		const found = await search.apply(this, query);
		look(page);
		const last = found.searchEntries.at(-1);
		if (last !== undefined) onReadingOf(last, () => look(page));
		return found;
	};
	return () => void (ldapts.search = search);
}

/** Calls back when the DN of the entry is read for the first time. */
function onReadingOf(entry: SearchResult['searchEntries'][number], look: () => void): void {
	const { dn } = entry;
	let isRead = false;
	Object.defineProperty(entry, 'dn', {
		enumerable: true,
		get() {
			if (!isRead) look();
			isRead = true;
			return dn;
		},
	});
}
