// Notices in a browser that is closed: somebody turns them on, what is said reaches whoever carries it, only the browser can read it,
// and the page's own worker shows it. The carrier is played; the browser asks it in place of the one it was built with.

import { mustBeAt, press, register } from '../../people.mjs';
import { PushCarrier } from '../../push-carrier.mjs';
import { must } from '../walk.mjs';
import { inEveryWay } from './ways.mjs';

const PAGE = '/me/notices/outlets';

// The browser subscribes at our carrier. Everything else about it is its own.
function subscribeAt(subscription) {
  PushManager.prototype.subscribe = async function subscribe({ applicationServerKey }) {
    if (new Uint8Array(applicationServerKey).length !== 65) throw new Error('that is no key');
    return { toJSON: () => subscription };
  };
}

// Has the browser's own worker hear a message, as if it had come from outside.
async function deliver(context, page, said) {
  const talk = await context.newCDPSession(page);
  const found = new Promise((resolve) => {
    talk.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const one = registrations.find(({ isDeleted }) => !isDeleted);
      if (one) resolve(one.registrationId);
    });
  });
  await talk.send('ServiceWorker.enable');
  const origin = new URL(page.url()).origin;
  await talk.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await found, data: JSON.stringify(said) });
}

const shown = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration('/notices/worker.js');
    const all = (await registration?.getNotifications()) ?? [];
    return all.map(({ title, lang, data }) => ({ title, lang, data }));
  });

export async function pushing(world) {
  const carrier = await PushCarrier.open();
  try {
    await inEveryWay(
      world,
      'notices in the browser',
      async (page, { context, tag, mustBeSound }) => {
        await context.grantPermissions(['notifications'], { origin: new URL(world.base).origin });
        await context.addInitScript(subscribeAt, carrier.subscription());
        await register(page, world.postBox);
        await page.goto(PAGE);
        const button = page.locator('button[data-push]');
        const key = await button.getAttribute('data-key');
        await mustBeSound();
        await button.click();
        await page.waitForURL(`**${PAGE}?said=*`);
        mustBeAt(page, PAGE, 'with notices turned on');
        must((await page.locator('main .lines .tag').count()) === 1, 'the browser is not listed');
        await mustBeSound();

        // That it was added is the first thing it hears.
        const { headers, claims, said } = await carrier.next(key);
        must(claims.aud === carrier.origin && /^mailto:/.test(claims.sub), `the proof says ${JSON.stringify(claims)}`);
        must(headers['content-encoding'] === 'aes128gcm' && headers.ttl > 0, `it came with ${JSON.stringify(headers)}`);
        must(said.lang === tag && said.title.length > 0 && said.path.startsWith('/me/'), `it says ${JSON.stringify(said)}`);

        await deliver(context, page, said);
        await page.waitForFunction(async () => {
          const registration = await navigator.serviceWorker.getRegistration('/notices/worker.js');
          return (await registration.getNotifications()).length === 1;
        });
        const [notice] = await shown(page);
        must(notice.title === said.title && notice.data === said.path && notice.lang === tag, `the worker shows ${JSON.stringify(notice)}`);
        await page.goto(said.path);
        must((await page.locator('h1').count()) === 1, `${said.path} leads nowhere`);

        // Who gives it up hears nothing any more.
        await page.goto(PAGE);
        await press(page.locator('main .lines button').last());
        must((await page.locator('main .lines .tag').count()) === 0, 'the browser is still listed');
      },
      [true],
    );
  } finally {
    await carrier.close();
  }
}
