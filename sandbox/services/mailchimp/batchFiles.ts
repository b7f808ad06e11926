import type { FastifyInstance } from 'fastify';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Batch } from './batchRuns';
import type { MailchimpSettings } from './settings';
import type { MailchimpState } from './state';
import { tarGz, type TarFile } from './tar';

/** Results in one file of the archive. */
const FILE = 100;
/** How long an address of the file is good; asking for the batch again gives a new one. */
const SECONDS = 600;

/** Where the results are: a store of another company, whose address is its own permission. */
export function resultsAddress(state: MailchimpState, { id }: Batch): string {
	const query = new URLSearchParams({ 'X-Amz-Date': state.stamp(), 'X-Amz-Expires': String(SECONDS) });
	return `${state.host}/batch-results/${id}-response.tar.gz?${query.toString()}`;
}

export function mountResults(app: FastifyInstance, state: MailchimpState): void {
	app.get<{ Params: { file: string }; Querystring: Record<string, string> }>(
		'/batch-results/:file',
		async (request, reply) => {
			const refuse = async (status: number, code: string) =>
				await reply
					.code(status)
					.type('application/xml')
					.send(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
			// As S3 does with a signed address: a second sign-in is an error (docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html).
			if (request.headers.authorization !== undefined) return await refuse(400, 'InvalidArgument');
			const batch = state.batches.all.get(request.params.file.replace(/-response\.tar\.gz$/, ''));
			const age = state.now().getTime() - Date.parse(request.query['X-Amz-Date'] ?? '');
			if (batch?.status !== 'finished' || !(age < SECONDS * 1000)) return await refuse(403, 'AccessDenied');
			return await reply.type('application/gzip').send(archiveOf(batch, state.settings.batchFile));
		},
	);
}

/** The results of a finished batch. The order of the operations is not kept. */
function archiveOf(batch: Batch, like: MailchimpSettings['batchFile']): Buffer {
	const results = batch.results.toReversed();
	if (like === 'lacksOne') results.pop();
	const files: TarFile[] = [{ name: './', text: '' }];
	for (let at = 0; at < Math.max(1, results.length); at += FILE)
		files.push({
			name: `./${batch.id}-${at / FILE}.json`,
			text: JSON.stringify(results.slice(at, at + FILE)),
		});
	const last = files.at(-1) as TarFile;
	if (like === 'climbs') last.name = '../../etc/cron.d/results.json';
	if (like === 'absolute') last.name = '/etc/cron.d/results.json';
	if (like === 'link') Object.assign(last, { text: '', link: '/etc/passwd' });
	if (like === 'noJson') last.text = '<html>Sorry</html>';
	if (like === 'noList') last.text = '{"message":"Sorry"}';
	const whole = tarGz(files);
	if (like === 'cutOff') return whole.subarray(0, whole.length / 2);
	if (like === 'noGzip') return Buffer.from('<html>Sorry</html>');
	if (like === 'noTar') return gzipSync('x'.repeat(2000));
	if (like === 'endsEarly') return gzipSync(gunzipSync(whole).subarray(0, 1100));
	return whole;
}
