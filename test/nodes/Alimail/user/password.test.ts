import { generatePassword, passwordFault } from '../../../../nodes/Alimail/user/password';

test('a generated password has all kinds of characters, none twice, and is never the same', () => {
	const passwords = Array.from({ length: 20_000 }, generatePassword);
	expect(new Set(passwords).size).toBe(passwords.length);
	for (const password of passwords) {
		expect(passwordFault(password)).toBeUndefined();
		expect(new Set(password).size).toBe(16);
		expect(password).toMatch(/^(?=.*[A-Z])(?=.*[a-z])(?=.*[2-9])(?=.*[^A-Za-z0-9])[^IlO01]{16}$/);
	}
});
