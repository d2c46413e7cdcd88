// People of the tests: new ones with telephone numbers of their own, and how anybody signs in.

import { readFile } from 'node:fs/promises';

import { code } from './totp.mjs';
import { must } from './walks/walk.mjs';

const PASSWORD = 'crooked lantern by the river';
let newcomers = 0;

// Somebody nobody knows yet.
export function newcomer() {
  newcomers += 1;
  return { login: `1380013${String(newcomers).padStart(4, '0')}`, password: PASSWORD };
}

// Presses what leads to another page. The click waits for the answer to begin, not for all of the page.
export async function press(locator) {
  await locator.click();
  await locator.page().waitForLoadState();
}

// Presses the button that sends the page's form.
export async function send(page) {
  await press(page.locator('main form[method="post"] button[type="submit"]:not([name])').first());
}

export async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) await page.locator(`main [name="${name}"]`).fill(value);
}

// Registers somebody new, who is signed in afterwards.
export async function register(page, postBox, next = '') {
  const person = newcomer();
  await page.goto(`/register${next && `?next=${encodeURIComponent(next)}`}`);
  await fill(page, { reach: person.login, password: person.password, again: person.password });
  await page.locator('input[name="agree"]').check();
  await send(page);
  mustBeAt(page, '/register/code', 'after the form');
  await fill(page, { code: await postBox.code(person.login) });
  await send(page);
  return person;
}

export async function signIn(page, { login, password }, next = '') {
  await page.goto(`/sign-in${next && `?next=${encodeURIComponent(next)}`}`);
  await fill(page, { login, password });
  await send(page);
}

// Staff show a password and the code of their app at once.
export async function enterStaff(page, postBox, { login, password }) {
  await page.goto('/staff/sign-in');
  await fill(page, { login, password, code: await postBox.app(login) });
  await send(page);
  mustBeAt(page, '/staff', `signing in as ${login}`);
}

// What those who signed in can show at the door, by whose they are.
const badges = new Map();

// The same, or with the badge that an earlier errand got: a code counts once, and the next is half a minute away.
export function atWork(page, postBox, person) {
  const whose = `${postBox.url} ${person.login}`;
  const before = badges.get(whose) ?? Promise.resolve([]);
  const now = before.catch(() => []).then(async (cookies) => {
    await page.context().addCookies(cookies);
    await page.goto('/staff');
    if (new URL(page.url()).pathname !== '/staff') await enterStaff(page, postBox, person);
    return badge(page);
  });
  badges.set(whose, now);
  return now;
}

// Another administrator, whom one invites and who sets up an app and comes to work.
export async function colleague(page, chief, { name, login }) {
  await chief.goto('/admin/people/invite');
  await fill(chief, { name, login });
  await chief.locator('#role-administrator').check();
  await send(chief);
  const invitation = new URL(await chief.locator('main code').innerText());
  await page.goto(invitation.pathname + invitation.search);
  const secret = /(?:[A-Z2-7]{4} ?){8}/.exec(await page.locator('main').innerText())[0];
  await fill(page, { password: PASSWORD, code: code(secret) });
  await send(page);
  await page.goto('/staff/sign-in');
  await fill(page, { login, password: PASSWORD, code: code(secret, 1) });
  await send(page);
  mustBeAt(page, '/staff', `signing in as ${login}`);
}

// The cookies of somebody at work, for a browser that has another language.
export async function badge(page) {
  return (await page.context().cookies()).filter(({ name }) => name === 'staff');
}

// A table that a button or link hands over.
export async function taken(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator(button).click()]);
  must(file.suggestedFilename().endsWith('.csv'), `the list is called ${file.suggestedFilename()}`);
  return readFile(await file.path(), 'utf8');
}

export async function signOut(page) {
  await press(page.locator('header a[href="/sign-out"]'));
  await send(page);
  mustBeAt(page, '/sign-in', 'after signing out');
  must((await page.locator('header a[href="/sign-out"]').count()) === 0, 'the header still offers to sign out');
}

export function mustBeAt(page, path, when) {
  const { pathname } = new URL(page.url());
  must(pathname === path, `${when}: at ${page.url()}, not ${path}`);
}

// A browser hands the focus over when it next draws the page, which may be after the page has loaded.
export async function mustGetFocus(page, element, problem) {
  const focused = element.and(page.locator(':focus'));
  await focused.waitFor({ state: 'attached', timeout: 10_000 }).catch(() => must(false, problem));
}

// The page says what is wrong: in its title, in a list that has the focus, and at each field the list leads to.
export async function mustTellMistakes(page, fields, kept = {}) {
  const summary = page.locator('.errors');
  must((await summary.count()) === 1, `there is no list of mistakes at ${page.url()}`);
  await mustGetFocus(page, summary, 'the list of mistakes has not the focus');
  const title = await page.title();
  must(/^(错误|Error)/.test(title), `the title of the page with mistakes is “${title}”`);
  const targets = await summary.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const wanted = fields.map((field) => `#${field}`);
  must(targets.join(' ') === wanted.join(' '), `the mistakes are ${targets.join(' ')}, not ${wanted.join(' ')}`);
  for (const target of targets) must((await page.locator(target).count()) === 1, `${target} leads nowhere`);
  for (const [name, value] of Object.entries(kept)) {
    const now = await page.locator(`main [name="${name}"]`).inputValue();
    must(now === value, `${name} was ${value} and is now ${now}`);
  }
  for (const secret of await page.locator('input[type="password"]').all()) {
    must((await secret.inputValue()) === '', 'a password was sent back');
  }
}
