import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { InstalledN8n } from './install';
import { freePort, type Environment } from './processes';

/** An n8n together with the folder that holds its database, its key and the packs installed in it. */
export interface N8nHome {
	n8n: InstalledN8n;
	userFolder: string;
	/** Folders that workflows may read files from and write files to; n8n refuses every other. */
	filesFolder: string;
	/** n8n's own settings beyond those that every n8n here has, such as which database it uses. */
	settings?: Environment;
}

/** n8n's settings: reachable from this computer only, silent towards the outside, community nodes allowed. */
export async function environment(home: N8nHome, more: Environment = {}): Promise<Environment> {
	mkdirSync(join(home.userFolder, '.n8n'), { recursive: true });
	return {
		...home.n8n.env,
		N8N_USER_FOLDER: home.userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_RESTRICT_FILE_ACCESS_TO: home.filesFolder,
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		// Every n8n process opens a broker for its code runner; a port of its own lets several run side by side.
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		// These look things up on n8n's own servers, and a trial has no use for them.
		N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,agents',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
		...home.settings,
		...more,
	};
}
