// The same errand in both languages, with script and without.

import { violations } from '../../checks/axe.mjs';
import { unmarked, wide } from '../../checks/inside.mjs';
import { NARROW, DESKTOP } from '../../browser.mjs';
import { must, walk } from '../walk.mjs';

const LANGUAGES = [
  { tag: 'zh-CN', locale: 'zh-CN' },
  { tag: 'en', locale: 'en-GB' },
];

// Runs an errand in every way. Some need script: a passkey is one. The steps are told the number of the way, the same
// when it is walked again, and whether it is: what the first try did is done.
export async function inEveryWay(world, name, steps, scripts = [true, false]) {
  if (world.hurried) return inBothLanguages(world, name, steps);
  await inWays(world, name, steps, scripts.flatMap((script) => LANGUAGES.map((language) => ({ script, ...language }))));
}

// Runs a long errand of several people once in each language, once of them without script. Which language goes without
// differs from errand to errand: what script does for a page does not depend on its language. In a world that is hurried
// each errand is run in one of these ways, and its pages are not looked at closely.
export async function inBothLanguages(world, name, steps) {
  const without = name.length % LANGUAGES.length;
  const ways = LANGUAGES.map((language, at) => ({ script: at !== without, ...language }));
  await inWays(world, name, steps, world.hurried ? [nextWay(world.hurried)] : ways);
}

// One language after the other, with script and without.
function nextWay(hurried) {
  const turn = hurried.turn++;
  return { script: turn % 4 === 0 || turn % 4 === 3, ...LANGUAGES[turn % 2] };
}

async function inWays(world, name, steps, ways) {
  for (const [turn, { script, tag, locale }] of ways.entries()) {
    let tries = 0;
    await walk(world, `${world.prefix ?? ''}${name} [${tag}${script ? '' : ', no script'}]`, { javaScriptEnabled: script, locale }, async (page, context) => {
      tries += 1;
      await steps(page, {
        context,
        tag,
        script,
        turn,
        again: tries > 1,
        mustBeSound: async (seen = page) => world.hurried || mustBeSound(seen, world.leaks, script),
      });
      must((await page.locator('html').getAttribute('lang')) === tag, `the page is no longer in ${tag}`);
    });
  }
}

// What every page must be, for pages that only an errand leads to.
async function mustBeSound(page, leaks, script) {
  // The rules of axe wait for timers, which a page without script does not have.
  const problems = script ? await violations(page) : [];
  problems.push(...leaks(await page.locator('body').innerText()).map((text) => `shows ${text}`));
  if ((await page.locator('html').getAttribute('lang')) !== 'zh-CN') problems.push(...(await page.evaluate(unmarked)));
  await page.setViewportSize(NARROW);
  problems.push(...(await page.evaluate(wide)));
  await page.setViewportSize(DESKTOP);
  must(problems.length === 0, `${new URL(page.url()).pathname}: ${problems.join('; ')}`);
}
