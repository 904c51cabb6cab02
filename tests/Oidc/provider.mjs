// A certified OpenID provider on a free port of the loopback: oidc-provider, with one person, the console as a client, and an agent.
// usage: node provider.mjs <console>   Prints its issuer. Its pages are its own forms for development: whoever types a name is that person.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const home = process.argv[2];
const server = createServer();
await new Promise(done => server.listen(0, '127.0.0.1', done));
const issuer = `http://127.0.0.1:${server.address().port}`;
const key = { ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' };

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'console', client_secret: 'secret-of-the-console', redirect_uris: [`${home}/sign-in/oidc/return`],
      response_types: ['code'], grant_types: ['authorization_code'],
      post_logout_redirect_uris: [`${home}/sign-in`],
    },
    { client_id: 'bot', client_secret: 'secret-of-the-bot', redirect_uris: [], response_types: [], grant_types: ['client_credentials'] },
  ],
  jwks: { keys: [key] },
  scopes: ['openid', 'profile'],
  cookies: { keys: ['of-the-tests'] },
  pkce: { required: () => true },
  findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  features: {
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (context, resource) => ({
        scope: 'call', audience: resource, accessTokenFormat: 'jwt', accessTokenTTL: 300, jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
});
server.on('request', provider.callback());
console.log(issuer);
