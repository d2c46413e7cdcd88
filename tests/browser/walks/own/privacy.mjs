// What the city knows about one: a copy of it, a correction, and the way out.

import { readFile } from 'node:fs/promises';

import { fill, mustBeAt, mustTellMistakes, press, register, send } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

export async function privacy(world) {
  const { postBox } = world;
  await inEveryWay(world, 'privacy centre', async (page, { mustBeSound }) => {
    const person = await register(page, postBox);
    await press(page.locator('main a[href="/me/privacy"]'));
    must(!(await page.locator('main').innerText()).includes(person.login), 'the whole telephone number is shown');
    const copy = async (kind) => {
      const [file] = await Promise.all([page.waitForEvent('download'), page.locator(`main a[href$="export.${kind}"]`).click()]);
      must(file.suggestedFilename().endsWith(`.${kind}`), `the copy is called ${file.suggestedFilename()}`);
      return readFile(await file.path(), 'utf8');
    };
    const { data } = JSON.parse(await copy('json'));
    must(JSON.stringify(data.account).includes(person.login), 'the copy for machines lacks the telephone number');
    must((await copy('html')).includes(person.login), 'the copy for people lacks the telephone number');

    // Within a minute, says the page; a copy is recorded with being made.
    await page.goto('/me/looks');
    must((await page.locator('main li.line').count()) >= 2, 'the copies are not on record');
    await mustBeSound();

    await page.goto('/me/privacy');
    await press(page.locator('main a[href="/me/privacy/correct"]'));
    await send(page);
    const wrong = await page.locator('.errors a').evaluateAll((links) => links.map((link) => link.hash.slice(1)));
    must(wrong.length > 0, 'an empty correction is taken');
    await mustTellMistakes(page, wrong);
    await mustBeSound();

    await page.goto('/me/privacy');
    await press(page.locator('main a[href="/me/privacy/erase"]'));
    await send(page);
    must((await page.locator('.errors a').count()) === 1, 'an account is closed without being sure');
    await mustBeSound();
    await page.locator('main input[type="checkbox"]').check();
    await send(page);
    mustBeAt(page, '/me/privacy', 'after asking for erasure');
    await mustBeSound();
    await press(page.locator('form[action="/me/privacy/erase/stop"] button'));
    must((await page.locator('form[action="/me/privacy/erase/stop"]').count()) === 0, 'the erasure was not stopped');
  });
}
