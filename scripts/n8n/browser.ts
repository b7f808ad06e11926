import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { run } from './processes';

const places = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome-stable',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Starts a Chromium without a window and with a new, empty profile.
 * Where none is installed it is installed, if that can be done without asking: as root on Debian or Ubuntu.
 *
 * @throws Error that says what to install
 */
export async function openBrowser(tell: (line: string) => void): Promise<Browser> {
	const executablePath = find() ?? (await install(tell));
	return await chromium.launch({
		executablePath,
		// Chromium refuses to run its own sandbox as root, and in a container there is often only root.
		chromiumSandbox: process.getuid?.() !== 0,
		args: [
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}

function find(): string | undefined {
	return [process.env.MAILOPS_CHROMIUM ?? '', ...places].find((place) => place !== '' && existsSync(place));
}

async function install(tell: (line: string) => void): Promise<string> {
	const mayInstall =
		process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && existsSync('/etc/debian_version');
	if (mayInstall) {
		tell('Installing Chromium with apt-get, once…');
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		const apt = async (...args: string[]) =>
			await run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args], {
				env,
				purpose: 'Installing Chromium',
			});
		await apt('update');
		await apt('install', '-y', '--no-install-recommends', 'chromium');
		const installed = find();
		if (installed !== undefined) return installed;
	}
	throw new Error(
		'A Chromium or Chrome browser is needed and none was found. Install one (on Debian: apt-get install -y chromium) ' +
			'or set MAILOPS_CHROMIUM to the path of its program.',
	);
}
