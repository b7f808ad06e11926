import { Transform, type Readable } from 'node:stream';

/** A stream that ends with an error when it is longer than `maxBytes` or not through after `timeoutMs`. */
export function bounded(
	source: Readable,
	maxBytes: number,
	timeoutMs: number,
	tooLong: () => Error,
): Readable {
	let length = 0;
	const counted = new Transform({
		transform(part: Buffer, _encoding, done) {
			length += part.length;
			if (length > maxBytes) done(tooLong());
			else done(null, part);
		},
	});
	const timer = setTimeout(() => counted.destroy(new Error('The file took too long')), timeoutMs);
	counted.once('close', () => {
		clearTimeout(timer);
		source.destroy();
	});
	source.once('error', (error) => counted.destroy(error));
	return source.pipe(counted);
}
