// An agency's package, from the description of its interface to a reviewer and back, on the pages of the console.

import { visitor } from '../../browser.mjs';
import { atWork, fill, mustBeAt, mustTellMistakes, press, send } from '../../people.mjs';
import { must } from '../walk.mjs';
import { inBothLanguages } from './ways.mjs';

const PATIENCE = 60_000;

export async function packages(world) {
  const agency = await entered(world, 'manages an agency');
  const city = await entered(world, 'runs the city');
  let turn = 0;
  await inBothLanguages(world, 'a package in the console', async (page, { context, mustBeSound }) => {
    turn += 1;
    await context.addCookies(agency);
    await page.goto('/agency');
    await mustBeSound();
    await press(page.locator('section[aria-labelledby="agencies"] .acting-name a').first());
    const there = new URL(page.url()).pathname;
    await mustBeSound();

    // What is no package is said to be none, at the top and beside the field.
    await page.locator('#package').setInputFiles(file('nonsense.yimen', 'no package'));
    await press(page.locator(`form[action="${there}/upload"] button`));
    must((await page.locator('.errors a[href="#package"]').count()) === 1, 'the mistake is not told');
    must((await page.locator('#package-error').count()) === 1, 'the mistake is not told beside the field');
    await mustBeSound();

    // A description becomes a draft, on a page that comes again by itself.
    await page.locator('#description').setInputFiles(file(`loans-${turn}.json`, description(turn)));
    await fill(page, { code: `YZ98${turn}01` });
    await press(page.locator(`form[action="${there}/imports"] button`));
    const draft = page.locator('main a[href$="/draft"]');
    await draft.waitFor({ timeout: PATIENCE });
    await mustBeSound();
    const download = await context.request.get(await draft.getAttribute('href'));
    must(download.ok(), `the draft answers ${download.status()}`);

    // Handed in as it is, it is checked.
    await page.goto(there);
    await page.locator('#package').setInputFiles(file('draft.yimen', await download.body()));
    await press(page.locator(`form[action="${there}/upload"] button`));
    const version = new URL(page.url()).pathname;
    must(version.startsWith(`${there}/versions/`), `the draft was not taken: ${page.url()}`);
    await page.locator('section[aria-labelledby="report"]').waitFor({ timeout: PATIENCE });
    await mustBeSound();
    if ((await page.locator('button[value="submit"]').count()) === 1) {
      await press(page.locator('button[value="submit"]'));
      must((await page.locator('.notice.ok').count()) === 1, 'sending to review is not confirmed');
      await reviewed(page, { context, city, agency, mustBeSound }, version);
    }
    await page.goto(version);
    await page.locator('#why').fill('It was a trial');
    await press(page.locator('button[value="withdraw"]'));
    must((await page.locator('.notice.ok').count()) === 1, 'withdrawing is not confirmed');
    await page.goto(`${there}/history`);
    must((await page.locator('main ul.bullets li').count()) >= 3, 'what was done is not on record');
    await mustBeSound();

    await page.goto('/agency/apply');
    await fill(page, { slug: 'x', credit_code: '1' });
    await send(page);
    await mustTellMistakes(page, ['slug', 'name_zh', 'name_en', 'kind-dept', 'credit_code', 'contact', 'document', 'reference'], {
      credit_code: '1',
    });
    await mustBeSound();
  });

  await inBothLanguages(world, 'admission and review', async (page, { context, mustBeSound }) => {
    await context.addCookies(city);
    for (const path of ['/agency', '/admin/packages', '/admin/funnel']) {
      await page.goto(path);
      mustBeAt(page, path, 'an administrator');
      await mustBeSound();
    }
  });
}

// The reviewer sees what is different and gives the version back with words, which are needed.
async function reviewed(page, { context, city, agency, mustBeSound }, version) {
  const [, slug, number] = version.match(/packages\/([^/]+)\/versions\/(\d+)/);
  const review = `/admin/packages/${slug}/${number}`;
  await context.clearCookies({ name: 'staff' });
  await context.addCookies(city);
  await page.goto('/admin/packages');
  must((await page.locator(`main a[href="${review}"]`).count()) === 1, 'what waits for review is not listed');
  await page.goto(review);
  await mustBeSound();
  await press(page.locator('button[value="return"]'));
  await mustTellMistakes(page, ['words']);
  await page.locator('#words').fill('Please write three questions and answers');
  await press(page.locator('button[value="return"]'));
  must((await page.locator('.notice.ok').count()) === 1, 'giving back is not confirmed');
  await context.clearCookies({ name: 'staff' });
  await context.addCookies(agency);
}

// The session of a member of staff: the code of their app counts once, so they sign in once.
async function entered({ browser, base, portal, postBox }, purpose) {
  const context = await visitor(browser, base, {});
  try {
    const page = await context.newPage();
    await atWork(page, postBox, portal.staff(purpose));
    return (await context.cookies()).filter((cookie) => cookie.name === 'staff');
  } finally {
    await context.close();
  }
}

function file(name, content) {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) };
}

function description(turn) {
  return JSON.stringify({
    openapi: '3.0.0',
    info: { title: `Loans ${turn}`, version: '1' },
    paths: {
      [`/loans-${turn}`]: {
        get: {
          summary: 'Loans of a reader',
          parameters: [{ name: 'card', in: 'query', schema: { type: 'string' } }],
          responses: {
            200: {
              description: 'ok',
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    properties: {
                      items: { type: 'array', items: { type: 'object', properties: { title: { type: 'string' } } } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  });
}
