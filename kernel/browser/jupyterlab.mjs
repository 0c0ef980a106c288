// A JupyterLab of its own in a folder that is thrown away, and a notebook in headless Chromium as a person handles it.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const token = 'only-on-this-machine';
const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export function check(holds, what) {
  if (!holds) throw new Error(`not so: ${what}`);
}

/** Asks again until it holds. */
export async function until(what, milliseconds, question) {
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

/** The server and the browser; `root` is the folder that Lab shows. */
export class JupyterLab {
  root = mkdtempSync(join(tmpdir(), 'tailrace-lab-'));
  log = '';

  async start() {
    const notices = join(this.root, '.settings', '@jupyterlab', 'apputils-extension');
    mkdirSync(notices, { recursive: true });
    writeFileSync(
      join(notices, 'notification.jupyterlab-settings'), '{"fetchNews": "false", "checkForUpdates": false}');
    const port = await new Promise((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address();
        server.close(() => resolve(port));
      });
    });
    this.url = `http://127.0.0.1:${port}`;
    this.server = spawn(
      'jupyter-lab',
      ['--no-browser', '--allow-root', '--ip=127.0.0.1', `--port=${port}`, '--ServerApp.port_retries=0',
        `--IdentityProvider.token=${token}`, `--ServerApp.root_dir=${this.root}`, '--expose-app-in-browser'],
      { stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, JUPYTERLAB_SETTINGS_DIR: join(this.root, '.settings') } },
    );
    this.server.on('error', (error) => { this.log += `${error.message}\n`; });
    this.ended = new Promise((resolve) => { this.server.once('close', resolve); });
    this.server.stdout.on('data', (text) => { this.log += text; });
    this.server.stderr.on('data', (text) => { this.log += text; });
    await until('the server answers', 90_000, async () => (await this.get('/api/status')).ok);
    this.browser = await chromium.launch({
      executablePath: browserPath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    });
    this.page = await this.browser.newPage({ viewport: { width: 1100, height: 1300 } });
    this.page.on('dialog', (dialog) => dialog.accept());
  }

  get(path) {
    return fetch(`${this.url}${path}?token=${token}`);
  }

  async open(name) {
    await this.page.goto(`${this.url}/lab/tree/${name}?reset&token=${token}`);
    const notebook = new Notebook(this.page);
    await notebook.ready();
    return notebook;
  }

  async stop() {
    this.server?.kill('SIGTERM');
    const late = setTimeout(() => this.server?.kill('SIGKILL'), 15_000);
    await Promise.race([this.browser?.close(), new Promise((resolve) => { setTimeout(resolve, 10_000).unref(); })]);
    await this.ended;
    clearTimeout(late);
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** The notebook that the page shows. Code cells count from 0. */
class Notebook {
  constructor(page) {
    this.page = page;
  }

  async ready() {
    await this.page.waitForSelector('.jp-NotebookPanel .jp-CodeCell', { timeout: 60_000 });
    await this.idle();
  }

  async idle() {
    await until('the notebook has its kernel', 90_000, () => this.page.evaluate(() => {
      const kernel = globalThis.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel;
      return kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
    }));
  }

  command(name) {
    return this.page.evaluate((command) => globalThis.jupyterapp.commands.execute(command), name);
  }

  cell(number) {
    return this.page.locator('.jp-NotebookPanel .jp-CodeCell').nth(number);
  }

  async run(number) {
    await this.cell(number).locator('.jp-InputArea-prompt').click();
    await this.page.keyboard.press('Control+Enter');
  }

  prompt(number) {
    return this.cell(number).locator('.jp-InputArea-prompt').innerText();
  }

  async text(number) {
    return (await this.cell(number).locator('.jp-OutputArea-output').allInnerTexts()).join('\n');
  }

  async shows(number, pattern) {
    await until(`code cell ${number} shows ${pattern}`, 60_000, async () => pattern.test(await this.text(number)));
  }

  /** The batch that the view in a cell stands at; -1 if there is none yet. */
  async batch(number) {
    return Number(/batch #(\d+)/.exec(await this.text(number))?.[1] ?? -1);
  }

  /** Waits until the view in a cell has gone on by some batches. */
  async goesOn(number, when) {
    await until(`the view has a batch ${when}`, 30_000, async () => (await this.batch(number)) >= 0);
    const before = await this.batch(number);
    await until(`the view goes on ${when}`, 30_000, async () => (await this.batch(number)) >= before + 5);
  }

  /** Execution counts and plain texts of all code cells, by the notebook's model: Lab draws only the cells in sight. */
  code() {
    return this.page.evaluate(() => {
      const found = [];
      for (const cell of globalThis.jupyterapp.shell.currentWidget.content.model.cells) {
        if (cell.type !== 'code') continue;
        const { execution_count: count, outputs } = cell.toJSON();
        const plain = outputs.map((output) => [output.data?.['text/plain'] ?? ''].flat().join(''));
        found.push({ count, plain, errors: outputs.filter((o) => o.output_type === 'error').map((o) => o.evalue) });
      }
      return found;
    });
  }
}
