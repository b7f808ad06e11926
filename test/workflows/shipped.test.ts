import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowFile } from '../../scripts/engine';

const folder = join(__dirname, '../../workflows');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

/** n8n puts credentials that are there into an imported workflow by itself: the first click would write. */
test.each(files)('%s: a sync in it is a preview', (file) => {
	const { nodes } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowFile;
	const syncs = nodes.filter(({ parameters }) => parameters.operation === 'sync');
	for (const { parameters } of syncs) expect(parameters.mode).toBe('preview');
});
