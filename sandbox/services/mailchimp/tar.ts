import { gzipSync } from 'node:zlib';

const BLOCK = 512;

export interface TarFile {
	/** A folder ends with a slash. */
	name: string;
	text: string;
	/** What a symbolic link leads to. */
	link?: string;
}

/** A tar archive of small text files, packed with gzip. */
export function tarGz(files: readonly TarFile[]): Buffer {
	const parts = files.flatMap((file) => {
		const data = Buffer.from(file.text);
		return [header(file, data.length), data, Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK)];
	});
	return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]));
}

const typeOf = ({ name, link }: TarFile) => (link !== undefined ? '2' : name.endsWith('/') ? '5' : '0');

/** POSIX ustar: name, mode, owner, size and sum at fixed places, numbers in octal. */
function header(file: TarFile, size: number): Buffer {
	const block = Buffer.alloc(BLOCK);
	const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits - 1, '0')}\0`;
	block.write(file.name, 0, 100);
	block.write(octal(0o644, 8), 100);
	block.write(octal(0, 8), 108);
	block.write(octal(0, 8), 116);
	block.write(octal(size, 12), 124);
	block.write(octal(0, 12), 136);
	block.write(' '.repeat(8), 148);
	block.write(typeOf(file), 156);
	block.write(file.link ?? '', 157, 100);
	block.write('ustar\x0000', 257);
	let sum = 0;
	for (const byte of block) sum += byte;
	block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
	return block;
}
