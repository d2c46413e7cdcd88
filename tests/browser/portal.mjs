// Starts a demo city of its own for the tests, and stops it whatever happens.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_TO_START = 60_000;
const PATIENCE_TO_STOP = 25_000;
const ADDRESS = /^\s+(http:\/\/localhost:\d+\/)\s*$/m;
// Said last, when everything before it has been said.
const READY = /^\s+Ready after /m;

export class Portal {
  // Waits until the portal is ready and has said its address. It opens so many days earlier than the others, or goes on in
  // a city that was opened before.
  static async start(binary, { earlier = 0, data, env = {} } = {}) {
    const portal = new Portal();
    portal.data = data ?? (await mkdtemp(join(tmpdir(), 'yimen-browser-')));
    const [at, ahead] = workingHours(earlier);
    portal.ahead = ahead;
    portal.how = { binary, port: await freePort(), env };
    await portal.#open(at);
    return portal;
  }

  // Ends it in the middle of whatever it does, and starts it again at the same address, in a city whose clock went on.
  async strike() {
    this.process.kill('SIGKILL');
    await this.ended;
    const now = Math.ceil((Date.now() + 8 * 3_600_000 + this.ahead) / 60_000) * 60_000;
    await this.#open(new Date(now).toISOString().slice(0, 16));
  }

  async #open(at) {
    const { binary, port, env } = this.how;
    const options = ['demo', '--data', this.data, '--listen', `127.0.0.1:${port}`, '--at', at];
    this.process = spawn(binary, options, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        // One browser that looks at everything at once is not what limits are for.
        YIMEN_LIMITS_REQUESTS_PER_MINUTE: '1000000000',
        YIMEN_LIMITS_SEARCHES_PER_MINUTE: '1000000000',
        // Visitors say which house they live in, as a proxy would: how often one house may sign in is limited.
        YIMEN_SERVER_TRUSTED_PROXIES: '["127.0.0.1"]',
        // Whoever carries messages to browsers is played on this machine.
        YIMEN_OUTLETS_ALLOW: '["127.0.0.1"]',
        ...env,
      },
    });
    this.said = '';
    this.process.stdout.on('data', (text) => (this.said += text));
    this.process.stderr.on('data', (text) => (this.said += text));
    this.ended = new Promise((resolve) => {
      this.process.once('error', (error) => resolve(`could not be started: ${error.message}`));
      this.process.once('exit', (code, signal) => resolve(code === 0 ? '' : `ended with ${signal ?? code}`));
    });
    try {
      await this.#untilReady(`http://127.0.0.1:${port}/health/ready`);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async #untilReady(health) {
    let ended;
    this.ended.then((how) => (ended = how || 'ended at once'));
    const deadline = Date.now() + PATIENCE_TO_START;
    while (Date.now() < deadline) {
      if (ended !== undefined) throw new Error(`the portal ${ended}: ${this.said}`);
      const answer = await fetch(health, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
      const address = ADDRESS.exec(this.said);
      if (answer?.ok && address && READY.test(this.said)) {
        this.url = address[1];
        return;
      }
      await sleep(50);
    }
    throw new Error(`the portal was not ready after ${PATIENCE_TO_START} ms: ${this.said}`);
  }

  // Where something stands beside the portal, as the demo says at its start.
  neighbour(name) {
    const line = new RegExp(`^\\s+${name}[^\\n]*: (http://\\S+?)/?$`, 'm').exec(this.said);
    if (!line) throw new Error(`the demo names no address of the ${name}`);
    return line[1];
  }

  // Somebody the demo has an account for: telephone number or login name, and password.
  person(name) {
    const line = new RegExp(`^\\s+(\\S+)\\s+(\\S+)\\s+${name}: `, 'm').exec(this.said);
    if (!line) throw new Error(`the demo names nobody called ${name}`);
    return { name, login: line[1], password: line[2] };
  }

  // A member of staff by what they are there for.
  staff(purpose) {
    const line = new RegExp(`^\\s+(\\S+)\\s+(\\S+)\\s+(\\S+): ${purpose}`, 'm').exec(this.said);
    if (!line) throw new Error(`the demo names nobody who ${purpose}`);
    return { name: line[3], login: line[1], password: line[2] };
  }

  // Asks the portal to stop. The answer is empty if it went cleanly.
  async stop() {
    const how = await this.close();
    await rm(this.data, { recursive: true, force: true });
    return how;
  }

  // The same, and the city can be opened again.
  async close() {
    this.process.kill('SIGTERM');
    const late = sleep(PATIENCE_TO_STOP, 'did not stop in time', { ref: false });
    const how = await Promise.race([this.ended, late]);
    this.kill();
    return how;
  }

  // The last resort, also when the tests themselves are stopped.
  kill() {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill('SIGKILL');
  }
}

// The last Wednesday at ten in the morning, in the city, or so many days before: agencies are open whenever the tests run.
function workingHours(earlier) {
  const zone = 8 * 3_600_000;
  const now = new Date();
  const local = new Date(now.getTime() + zone);
  const back = (local.getUTCDay() + 4) % 7 || 7;
  const at = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() - back - earlier, 10);
  return [new Date(at).toISOString().slice(0, 16), at - local.getTime()];
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
