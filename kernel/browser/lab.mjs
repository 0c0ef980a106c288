// The kernel in JupyterLab, as a person uses it: the whole quickstart; a live view that goes on while a later cell runs, over
// the stop button and, with %live, over a reload of the page; an error; a restart of the kernel; the launcher. Needs jupyter-lab
// and Chromium, and the kernel installed where Jupyter looks.
// usage: node lab.mjs FOLDER_FOR_PICTURES_AND_THE_EXECUTED_QUICKSTART
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, JupyterLab, until } from './jupyterlab.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const top = join(here, '..', '..');
const out = process.argv[2] ?? join(top, 'target', 'ci', 'lab');
mkdirSync(out, { recursive: true });

const lab = new JupyterLab();
const picture = (name) => lab.page?.screenshot({ path: join(out, `${name}.png`) });
try {
  cpSync(join(top, 'notebooks'), lab.root, { recursive: true });
  copyFileSync(join(here, 'lab.ipynb'), join(lab.root, 'lab.ipynb'));
  await lab.start();
  await namesAndLogos();
  await quickstart();
  await liveQuery();
  console.log(`JupyterLab: all as it should be; pictures in ${out}`);
} catch (error) {
  console.error(`JupyterLab: ${error.message}`);
  console.error(lab.log.split('\n').slice(-40).join('\n'));
  await picture('failed');
  process.exitCode = 1;
} finally {
  await lab.stop();
}
process.exit();

async function namesAndLogos() {
  const specs = await (await lab.get('/api/kernelspecs')).json();
  const spec = specs.kernelspecs.tailrace;
  check(spec?.spec.display_name === 'Java (Tailrace)', 'Lab knows the kernel by its name');
  for (const logo of ['logo-32x32', 'logo-64x64', 'logo-svg']) {
    check((await lab.get(spec.resources[logo])).ok, `Lab serves ${logo}`);
  }
  const listed = execFileSync('jupyter', ['kernelspec', 'list', '--json'], { encoding: 'utf8' });
  const known = JSON.parse(listed).kernelspecs.tailrace;
  check(known?.spec.display_name === 'Java (Tailrace)', `jupyter kernelspec list has the name: ${listed}`);
}

async function quickstart() {
  const notebook = await lab.open('quickstart.ipynb');
  await notebook.command('notebook:run-all-cells');
  await until('each cell of the quickstart has run', 300_000, async () => {
    const cells = await notebook.code();
    return cells.some((cell) => cell.errors.length > 0)
      || cells.every((cell, i) => cell.count === i + 1 && cell.plain.length > 0);
  });
  const errors = (await notebook.code()).flatMap((cell) => cell.errors);
  check(errors.length === 0, `no cell of the quickstart ends in an error: ${errors.join('; ')}`);
  await until('each view of the quickstart is at its end', 60_000, async () => {
    const heads = (await notebook.code()).flatMap((cell) => cell.plain).map((text) => text.split('\n')[0]);
    const cards = heads.filter((head) => head.includes(' · from replay('));
    return cards.length === 5 && cards.every((card) => /^\S+ finished at batch #\d+/.test(card));
  });
  await notebook.command('docmanager:save');
  copyFileSync(join(lab.root, 'quickstart.ipynb'), join(out, 'quickstart.ipynb'));
  await picture('quickstart');
}

async function liveQuery() {
  const notebook = await lab.open('lab.ipynb');
  await notebook.run(0);
  await notebook.shows(0, /2 rows.*\b3\s+4\.00/s);
  await notebook.run(1);
  await notebook.shows(1, /q1\s+running/);

  await notebook.run(2);
  await until('the endless cell runs', 20_000, async () => (await notebook.prompt(2)).includes('*'));
  await notebook.goesOn(1, 'while a later cell runs');
  check((await notebook.prompt(2)).includes('*'), 'the endless cell still runs');
  await picture('running');
  await lab.page.locator('.jp-NotebookPanel-toolbar [data-jp-item-name="interrupt"] jp-button').click();
  await notebook.shows(2, /interrupted/i);
  await notebook.goesOn(1, 'after the stop button');
  check(/q1\s+running/.test(await notebook.text(1)), 'the stop button leaves the query alone');

  await notebook.command('docmanager:save');
  await lab.page.reload();
  await notebook.ready();
  await notebook.run(3);
  await notebook.shows(3, /q1\s+running/);
  await notebook.goesOn(3, 'after a reload of the page');
  await picture('reloaded');

  await notebook.run(4);
  await notebook.shows(4, /ArithmeticException.*by zero/s);
  await notebook.goesOn(3, 'after an error');
  await notebook.run(5);
  await notebook.shows(3, /q1\s+stopped at batch #\d+/);
  await notebook.command('docmanager:save');
  await picture('done');
  await restart(notebook);
  await launcher(notebook);
}

/** Lab forgets its displays before it restarts a kernel: no last frame can come, so those there must say how old they are. */
async function restart(notebook) {
  await notebook.run(1);
  await notebook.goesOn(1, 'before a restart');
  notebook.command('notebook:restart-kernel');
  await lab.page.locator('.jp-Dialog .jp-mod-accept').click();
  await notebook.idle();
  await notebook.run(5);
  await until('the new kernel runs a cell', 60_000, async () => (await notebook.prompt(5)).includes('[1]'));
  const running = await notebook.text(1);
  check(/as of batch #\d+, \d\d:\d\d:\d\d/.test(running), `a view that ran says as of when it is: ${running}`);
  const stopped = await notebook.text(3);
  check(/stopped at batch #\d+, \d\d:\d\d:\d\d/.test(stopped), `a view that had stopped says when: ${stopped}`);
  check(!/\blive\b/i.test(running + stopped), 'no view claims to be live');
  check(running === await notebook.text(1), 'no view goes on without its kernel');
  await notebook.cell(1).locator('.jp-OutputArea-output').first().scrollIntoViewIfNeeded();
  await picture('restarted');
}

async function launcher(notebook) {
  await notebook.command('launcher:create');
  const card = lab.page.locator('.jp-LauncherCard[title*="Java (Tailrace)"]').first();
  await card.waitFor({ timeout: 20_000 });
  check((await card.innerText()).includes('Java (Tailrace)'), 'the launcher shows the name');
  await until('the launcher shows the logo', 20_000, () => card.locator('img').evaluate(
    (logo) => logo.complete && logo.naturalWidth > 0 && logo.src.includes('/kernelspecs/tailrace/')));
  await picture('launcher');
}
