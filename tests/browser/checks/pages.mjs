// Looks at every kind of page in every mode.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { DESKTOP, NARROW, PHONE, visitor, watched } from '../browser.mjs';
import { MODES, choose } from '../modes.mjs';
import { violations } from './axe.mjs';
import { facts, misdated, unmarked, wide } from './inside.mjs';

const STRONG_CONTRAST = { type: 'rule', values: ['color-contrast-enhanced'] };
const SCREENSHOTS = process.env.YIMEN_SCREENSHOTS;

// Visits all addresses in all modes, some modes side by side. Returns the links it met.
export async function checkPages({ browser, base, report, addresses, options, leaks }) {
  const links = new Set();
  const waiting = [...MODES];
  const worker = async () => {
    for (let mode = waiting.shift(); mode; mode = waiting.shift()) {
      await checkMode({ browser, base, report, addresses, options, leaks, mode, links });
    }
  };
  await Promise.all([worker(), worker()]);
  return links;
}

async function checkMode({ browser, base, report, addresses, options, leaks, mode, links }) {
  const context = await visitor(browser, base, { ...options, viewport: PHONE });
  try {
    const { page, troubles } = await watched(context);
    await choose(page, mode);
    const titles = new Map();
    const signedIn = options.storageState.cookies.some(({ name }) => ['session', 'staff'].includes(name));
    for (const address of addresses) {
      const place = `${address.path} [${mode.name}]`;
      troubles();
      try {
        const title = await checkPage({ page, troubles, report, address, place, leaks, mode, links, signedIn });
        const other = titles.get(title);
        report.check(place, 'title', other === undefined ? [] : [`“${title}” is also the title of ${other}`]);
        titles.set(title, address.path);
      } catch (error) {
        report.check(place, 'visit', [error.message]);
      }
    }
  } finally {
    await context.close();
  }
}

async function checkPage({ page, troubles, report, address, place, leaks, mode, links, signedIn }) {
  const check = (what, problems) => report.check(place, what, problems);
  const expect = (what, right, problem) => check(what, right ? [] : [problem]);

  await page.setViewportSize(PHONE);
  const answer = await page.goto(address.path);
  expect('status', answer.status() === address.status, `answered ${answer.status()}`);
  const fact = await page.evaluate(facts);
  expect('language', fact.lang === mode.lang, `html lang is “${fact.lang}”`);
  expect('text size', fact.large === mode.large, `large is ${fact.large}`);
  expect('title', fact.title !== '', 'the title is empty');
  expect('heading', fact.headings === 1, `${fact.headings} visible h1`);
  check('leaks', leaks(`${fact.text}\n${fact.attributes}`).map((text) => `shows ${text}`));
  // Whoever is signed in can sign out from everywhere.
  const out = await page.locator('header a[href$="/sign-out"]').count();
  expect('signing out', out === (signedIn ? 1 : 0), `${out} ways to sign out`);
  check('ids', fact.twice.map((id) => `#${id} is there twice`));
  check('jumps', fact.lost.map((target) => `${target} leads nowhere`));
  if (mode.lang !== 'zh-CN') check('language of parts', await page.evaluate(unmarked));
  check('dates', await page.evaluate(misdated));
  check('phone', await page.evaluate(wide));
  check('clean', troubles());
  if (mode.deep === 'phone') check('axe on a phone', await violations(page));
  await photograph(page, address, mode, 'phone');
  await page.setViewportSize(NARROW);
  check('narrow', await page.evaluate(wide));
  await page.setViewportSize(DESKTOP);
  check('desktop', await page.evaluate(wide));
  await photograph(page, address, mode, 'desktop');
  if (mode.deep === 'desktop') check('axe on a desktop', await violations(page));
  // Large text promises more contrast than the guidelines ask for.
  if (mode.large) check('strong contrast', await violations(page, STRONG_CONTRAST));

  // The links of a page that is not there lead back to it.
  if (mode === MODES[0] && address.status === 200) for (const link of fact.inside) links.add(link);
  return fact.title;
}

async function photograph(page, address, mode, device) {
  if (!SCREENSHOTS) return;
  await mkdir(SCREENSHOTS, { recursive: true });
  const name = `${address.kind}-${mode.name.replace(' ', '-')}-${device}.png`;
  await page.screenshot({ path: join(SCREENSHOTS, name), fullPage: true });
}
