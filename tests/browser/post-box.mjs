// The demo city's post box, where codes arrive that people get on their telephones.

import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE = 20_000;
// Each code counts for half a minute, and several errands may wait for one person's at the same time.
const QUEUE = 5 * 60_000;

export class PostBox {
  #read = new Set();

  constructor(url) {
    this.url = url;
  }

  // Text messages to a number, newest first.
  async messages(to) {
    const answer = await fetch(`${this.url}/messages.json?to=${encodeURIComponent(to)}`);
    return answer.json();
  }

  // The next code sent to a number that nobody has asked for yet.
  async code(to) {
    const deadline = Date.now() + PATIENCE;
    while (Date.now() < deadline) {
      const fresh = (await this.messages(to)).filter(({ id }) => !this.#read.has(id));
      for (const { id } of fresh) this.#read.add(id);
      const code = fresh.map(({ text }) => /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0]).find(Boolean);
      if (code) return code;
      await sleep(100);
    }
    throw new Error(`no code came for ${to} within ${PATIENCE} ms`);
  }

  // The code that the app of a member of staff shows. Each counts once, so the next one is waited for.
  async app(login) {
    const deadline = Date.now() + QUEUE;
    while (Date.now() < deadline) {
      const page = await (await fetch(`${this.url}/`)).text();
      const shown = [...page.matchAll(/<strong>(\d{6})<\/strong> [^(]*\(([^)]+)\)/g)];
      const code = shown.find((line) => line[2] === login)?.[1];
      if (!code) throw new Error(`the post box shows no app of ${login}`);
      if (!this.#read.has(`${login} ${code}`)) {
        this.#read.add(`${login} ${code}`);
        return code;
      }
      await sleep(500);
    }
    throw new Error(`the app of ${login} shows no new code`);
  }
}
