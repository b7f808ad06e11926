import { gzipSync } from 'node:zlib';

const BLOCK = 512;

/** A tar archive of small text files, packed with gzip. */
export function tarGz(files: ReadonlyArray<[name: string, text: string]>): Buffer {
	const parts = files.flatMap(([name, text]) => {
		const data = Buffer.from(text);
		return [header(name, data.length), data, Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK)];
	});
	return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]));
}

/** POSIX ustar: name, mode, owner, size and sum at fixed places, numbers in octal. */
function header(name: string, size: number): Buffer {
	const block = Buffer.alloc(BLOCK);
	const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits - 1, '0')}\0`;
	block.write(name, 0, 100);
	block.write(octal(0o644, 8), 100);
	block.write(octal(0, 8), 108);
	block.write(octal(0, 8), 116);
	block.write(octal(size, 12), 124);
	block.write(octal(0, 12), 136);
	block.write(' '.repeat(8), 148);
	block.write(name.endsWith('/') ? '5' : '0', 156);
	block.write('ustar\x0000', 257);
	let sum = 0;
	for (const byte of block) sum += byte;
	block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
	return block;
}
