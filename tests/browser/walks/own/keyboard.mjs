// Someone without a mouse signs in, with a slip on the way.

import { mustShowFocus } from '../keyboard.mjs';
import { mustBeAt, mustGetFocus, register, signOut } from '../../people.mjs';
import { must, walk } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

export async function keyboard(world) {
  const { postBox } = world;
  await inEveryWay(world, 'signing in by keyboard', async (page) => {
    const person = await register(page, postBox);
    await signOut(page);
    await page.goto('/services/YZ02022');
    await tabTo(page, 'header a[href^="/sign-in"]');
    await follow(page);
    mustBeAt(page, '/sign-in', 'Enter on the link');
    await tabTo(page, 'input[name="login"]');
    await page.keyboard.type(person.login);
    await page.keyboard.press('Tab');
    await page.keyboard.type('not the password');
    await follow(page);

    // The list of mistakes has the focus; its link leads into the field.
    await mustGetFocus(page, page.locator('.errors'), 'the list of mistakes has not the focus');
    await tabTo(page, '.errors a', 1);
    await page.keyboard.press('Enter');
    await mustGetFocus(page, page.locator('input[name="login"]'), 'the link does not lead into the field');
    await page.keyboard.press('Tab');
    must(await at(page, 'input[name="password"]'), 'the password does not come next');
    await page.keyboard.type(person.password);
    await follow(page);
    mustBeAt(page, '/services/YZ02022', 'signing in on the way');
    await tabTo(page, 'header a[href="/sign-out"]');
    await follow(page);
    await tabTo(page, 'main button[type="submit"]');
    await follow(page);
    mustBeAt(page, '/sign-in', 'signing out');
  });

  for (const path of ['/sign-in', '/register', '/staff/sign-in']) {
    await walk(world, `visible focus on ${path}`, {}, (page) => mustShowFocus(page, path));
  }
  await walk(world, 'visible focus on /me/security', {}, async (page) => {
    await register(page, postBox);
    await mustShowFocus(page, '/me/security');
    await mustShowFocus(page, '/me/security/totp');
  });
}

async function tabTo(page, selector, most = 60) {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab');
    if (await at(page, selector)) return;
  }
  must(false, `Tab does not reach ${selector}`);
}

function at(page, selector) {
  return page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
}

async function follow(page) {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}
