import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** n8n-core reads its settings once, on import: import this first. Nothing outside a folder of its own is touched. */
process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'mailops-n8n-'));
process.env.N8N_ENCRYPTION_KEY ??= 'only-for-this-run';
process.env.N8N_LOG_LEVEL ??= 'silent';
process.env.N8N_RESTRICT_FILE_ACCESS_TO ??= ['../../workflows/data', '../../output']
	.map((folder) => join(__dirname, folder))
	.join(';');
