// Whoever carries messages to browsers, played for the tests: it takes what the portal sends, knows who sent it (VAPID, RFC 8292), and
// opens it as the browser would (RFC 8291).

import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE = 20_000;

const bytes = (text) => Buffer.from(text, 'base64url');
const derived = (secret, salt, info, length) => Buffer.from(hkdfSync('sha256', secret, salt, info, length));

export class PushCarrier {
  #heard = [];
  #keys = createECDH('prime256v1');
  #secret = randomBytes(16);

  static async open() {
    const carrier = new PushCarrier();
    carrier.#keys.generateKeys();
    carrier.server = createServer((request, response) => {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        carrier.#heard.push({ headers: request.headers, body: Buffer.concat(parts) });
        response.writeHead(201).end();
      });
    });
    await new Promise((resolve) => carrier.server.listen(0, '127.0.0.1', resolve));
    carrier.origin = `http://127.0.0.1:${carrier.server.address().port}`;
    return carrier;
  }

  // What a browser gets that subscribes.
  subscription() {
    const keys = { p256dh: this.#keys.getPublicKey('base64url'), auth: this.#secret.toString('base64url') };
    return { endpoint: `${this.origin}/push/${randomBytes(12).toString('base64url')}`, keys };
  }

  // The next message, with what its proof says, if it is by whoever has this key.
  async next(key) {
    const deadline = Date.now() + PATIENCE;
    while (this.#heard.length === 0) {
      if (Date.now() > deadline) throw new Error(`nothing came for the browser within ${PATIENCE} ms`);
      await sleep(100);
    }
    const { headers, body } = this.#heard.shift();
    return { headers, claims: proved(headers.authorization, key), said: JSON.parse(this.#open(body)) };
  }

  #open(body) {
    const [salt, length] = [body.subarray(0, 16), body[20]];
    const [theirs, sealed] = [body.subarray(21, 21 + length), body.subarray(21 + length)];
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.#keys.getPublicKey(), theirs]);
    const both = derived(this.#keys.computeSecret(theirs), this.#secret, info, 32);
    const key = derived(both, salt, 'Content-Encoding: aes128gcm\0', 16);
    const opening = createDecipheriv('aes-128-gcm', key, derived(both, salt, 'Content-Encoding: nonce\0', 12));
    opening.setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([opening.update(sealed.subarray(0, -16)), opening.final()]);
    // The last byte says that this was the last record.
    return plain.subarray(0, plain.lastIndexOf(2)).toString();
  }

  close() {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

function proved(authorization, key) {
  const [, token, shown] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  if (shown !== key) throw new Error(`the proof is by ${shown}, not ${key}`);
  const [header, claims, signature] = token.split('.');
  const point = bytes(key);
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const by = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const right = verify('sha256', Buffer.from(`${header}.${claims}`), { key: by, dsaEncoding: 'ieee-p1363' }, bytes(signature));
  if (!right) throw new Error('the proof is not signed with its key');
  return JSON.parse(bytes(claims));
}
