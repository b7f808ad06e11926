import { ask } from './client';

/** What somebody bad would write into a field, for pages to show as it is. */
export const attack = `<script>alert("x")</script><img src=x onerror='y'>`;

/** Looks whether pages show {@link attack} and escape it; a mail as HTML is in the one frame, which has no rights. */
export async function expectEscaped(url: string, paths: readonly string[]): Promise<void> {
	for (const path of paths) {
		const { status, text } = await ask(`${url}${path}`);
		expect([path, status]).toEqual([path, 200]);
		expect(text).not.toContain('<script>alert');
		expect(text).not.toContain('<img src=x');
		expect(text.match(/<iframe/g) ?? []).toHaveLength(/view=(html|phone)/.test(path) ? 1 : 0);
		expect([path, text.includes('alert(')]).toEqual([path, true]);
	}
}
