// The kernel in JupyterLab, as a person uses it: a result, a display that changes while a later cell runs, the stop button,
// an error, the launcher. Needs jupyter-lab and Chromium, and the kernel installed where Jupyter looks.
// usage: node lab.mjs FOLDER_FOR_PICTURES
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const pictures = process.argv[2] ?? join(here, '..', '..', 'target', 'ci', 'lab');
const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const token = 'only-on-this-machine';
const root = mkdtempSync(join(tmpdir(), 'tailrace-lab-'));
mkdirSync(pictures, { recursive: true });
const notices = join(root, '.settings', '@jupyterlab', 'apputils-extension');
mkdirSync(notices, { recursive: true });
writeFileSync(join(notices, 'notification.jupyterlab-settings'), '{"fetchNews": "false", "checkForUpdates": false}');
copyFileSync(join(here, 'lab.ipynb'), join(root, 'lab.ipynb'));

const port = await new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

const lab = spawn(
  'jupyter-lab',
  ['--no-browser', '--allow-root', '--ip=127.0.0.1', `--port=${port}`, '--ServerApp.port_retries=0',
    `--IdentityProvider.token=${token}`, `--ServerApp.root_dir=${root}`, '--expose-app-in-browser'],
  { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, JUPYTERLAB_SETTINGS_DIR: join(root, '.settings') } },
);
let log = '';
lab.stdout.on('data', (text) => { log += text; });
lab.stderr.on('data', (text) => { log += text; });

let browser;
let page;
try {
  const url = `http://127.0.0.1:${port}`;
  await until('the server answers', 90_000, async () => (await fetch(`${url}/api/status?token=${token}`)).ok);

  const specs = await (await fetch(`${url}/api/kernelspecs?token=${token}`)).json();
  const spec = specs.kernelspecs.tailrace;
  check(spec?.spec.display_name === 'Java (Tailrace)', 'Lab knows the kernel by its name');
  for (const logo of ['logo-32x32', 'logo-64x64', 'logo-svg']) {
    check((await fetch(`${url}${spec.resources[logo]}?token=${token}`)).ok, `Lab serves ${logo}`);
  }

  browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-gpu'] });
  page = await browser.newPage({ viewport: { width: 1100, height: 1300 } });
  await page.goto(`${url}/lab/tree/lab.ipynb?reset&token=${token}`);
  await page.waitForSelector('.jp-NotebookPanel .jp-CodeCell', { timeout: 60_000 });
  await until('the notebook has its kernel', 90_000, () => page.evaluate(() => {
    const kernel = globalThis.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel;
    return kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
  }));

  await run(page, 0);
  await output(page, 0, /Point\[x=3, y=4\.0\]/);
  await run(page, 1);
  await output(page, 1, /tick \d+/);

  await run(page, 2);
  await until('the endless cell runs', 20_000, async () => (await prompt(page, 2)).includes('*'));
  const before = await tick(page);
  await until('a view changes while a later cell runs', 20_000, async () => (await tick(page)) >= before + 5);
  check((await prompt(page, 2)).includes('*'), 'the endless cell still runs');
  await page.screenshot({ path: join(pictures, 'running.png') });

  await page.evaluate(() => globalThis.jupyterapp.commands.execute('notebook:interrupt-kernel'));
  await output(page, 2, /interrupted/i);

  await run(page, 3);
  await output(page, 3, /ArithmeticException.*by zero/s);
  await page.evaluate(() => globalThis.jupyterapp.commands.execute('docmanager:save'));
  await page.screenshot({ path: join(pictures, 'done.png') });
  await page.evaluate(() => globalThis.jupyterapp.commands.execute('launcher:create'));
  await page.waitForSelector('.jp-LauncherCard[title*="Java (Tailrace)"]', { timeout: 20_000 });
  await page.screenshot({ path: join(pictures, 'launcher.png') });
  console.log(`JupyterLab: all as it should be; pictures in ${pictures}`);
} catch (error) {
  console.error(`JupyterLab: ${error.message}`);
  console.error(log.split('\n').slice(-40).join('\n'));
  await page?.screenshot({ path: join(pictures, 'failed.png') });
  process.exitCode = 1;
} finally {
  const ended = new Promise((resolve) => { lab.once('exit', resolve); });
  lab.kill('SIGTERM');
  const late = setTimeout(() => lab.kill('SIGKILL'), 15_000);
  await Promise.race([browser?.close(), new Promise((resolve) => { setTimeout(resolve, 10_000).unref(); })]);
  await ended;
  clearTimeout(late);
  rmSync(root, { recursive: true, force: true });
}
process.exit();

function check(holds, what) {
  if (!holds) throw new Error(`not so: ${what}`);
}

/** Asks again until it holds. */
async function until(what, milliseconds, question) {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      if (await question()) return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    if (Date.now() > end) throw new Error(`waited ${milliseconds / 1000} s in vain until ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

function cell(page, number) {
  return page.locator('.jp-NotebookPanel .jp-CodeCell').nth(number);
}

async function run(page, number) {
  await cell(page, number).locator('.jp-InputArea-prompt').click();
  await page.keyboard.press('Control+Enter');
}

async function prompt(page, number) {
  return cell(page, number).locator('.jp-InputArea-prompt').innerText();
}

async function text(page, number) {
  return (await cell(page, number).locator('.jp-OutputArea-output').allInnerTexts()).join('\n');
}

async function output(page, number, pattern) {
  await until(`cell ${number + 1} shows ${pattern}`, 60_000, async () => pattern.test(await text(page, number)));
}

async function tick(page) {
  return Number(/tick (\d+)/.exec(await text(page, 1))?.[1] ?? -1);
}
