// From the portal to the agencies' own sites without a second password, and out of all of them at once.

import { press, register, send } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

export async function sites(world) {
  const { portal, postBox } = world;
  const places = [portal.neighbour("Library's own site"), portal.neighbour("Museum's own site")];
  await inEveryWay(world, 'agencies’ own sites', async (page, { context, tag, mustBeSound }) => {
    await register(page, postBox);
    const names = [];
    for (const place of places) {
      await page.goto(`${place}/?lang=${tag}`);
      await press(page.locator('a.act'));
      must(new URL(page.url()).pathname !== '/sign-in', 'a password is asked for again');
      await mustBeSound();
      await press(page.locator('main button[name="answer"][value="yes"]'));
      await page.waitForURL((url) => url.href.startsWith(place));
      await page.locator('#subject').waitFor();
      names.push(await page.locator('#subject').innerText());
    }
    must(names[0] !== names[1], 'two agencies know the person by the same number');

    // Agreed once: where the site has forgotten the person, nothing is asked a second time.
    await context.clearCookies({ domain: '127.0.0.1' });
    for (const [at, place] of places.entries()) {
      await page.goto(`${place}/?lang=${tag}`);
      await press(page.locator('a.act'));
      await page.locator('#subject').waitFor();
      must((await page.locator('#subject').innerText()) === names[at], 'the site knows the person by another number');
    }
    await page.goto('/me/privacy');
    must((await page.locator('section[aria-labelledby="agreed"] form').count()) === 2, 'the consents are not listed');
    await mustBeSound();
    await page.goto('/me/looks');
    for (const agency of ['library', 'museum']) {
      must((await page.locator(`main li.line a[href="/agencies/${agency}"]`).count()) > 0, `what the ${agency} saw is not on record`);
    }

    // One sign-out at the portal; the sites hear of it.
    await press(page.locator('header a[href="/sign-out"]'));
    await send(page);
    for (const place of places) await mustSoonBeOut(page, place);
    await page.goto('/me');
    must(new URL(page.url()).pathname === '/sign-in', 'the portal has not signed out');
  });

  await inEveryWay(world, 'signing out at an agency', async (page, { tag, mustBeSound }) => {
    await register(page, postBox);
    for (const place of places) {
      await page.goto(`${place}/?lang=${tag}`);
      await press(page.locator('a.act'));
      await press(page.locator('main button[name="answer"][value="yes"]'));
      await page.locator('#subject').waitFor();
    }
    await press(page.locator('form[action="/sign-out"] button'));
    if (new URL(page.url()).pathname === '/oidc/logout') {
      await mustBeSound();
      await send(page);
    }
    await page.waitForURL(`${places[1]}/signed-out*`);
    await mustSoonBeOut(page, places[0]);
    await page.goto('/me');
    must(new URL(page.url()).pathname === '/sign-in', 'the portal has not signed out');
  });

  await inEveryWay(world, 'saying no to an agency', async (page, { tag }) => {
    await register(page, postBox);
    await page.goto(`${places[0]}/?lang=${tag}`);
    await press(page.locator('a.act'));
    await press(page.locator('main button[name="answer"][value="no"]'));
    await page.waitForURL((url) => url.href.startsWith(places[0]));
    must((await page.locator('#subject').count()) === 0, 'the site knows the person all the same');
    must((await page.locator('.notice').count()) === 1, 'the site does not say what happened');
  });
}

async function mustSoonBeOut(page, place) {
  const deadline = Date.now() + 60_000;
  do {
    await page.goto(`${place}/`);
    if ((await page.locator('#subject').count()) === 0) return;
    await page.waitForTimeout(250);
  } while (Date.now() < deadline);
  must(false, `still signed in at ${place} after a minute`);
}
