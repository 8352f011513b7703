// Calls a mock by npm's @microsoft/microsoft-graph-client. Prints a line for each call; status 1
// when one fails. The client sends tokens over TLS only, and only to hosts that it is told of.

import assert from "node:assert/strict";

import { Client, GraphError, PageIterator } from "@microsoft/microsoft-graph-client";

const base = new URL(process.argv[2]);
const graph = Client.initWithMiddleware({
  authProvider: { getAccessToken: async () => "secret" },
  baseUrl: base.origin,
  customHosts: new Set([base.hostname]),
});

let failures = 0;

async function attempt(name, call) {
  try {
    await call();
    console.log(`pass microsoft-graph-client ${name}`);
  } catch (error) {
    failures += 1;
    console.log(`FAIL microsoft-graph-client ${name}: ${error?.stack ?? error}`);
  }
}

const users = () => graph.api("/users").select("id,displayName,mail,businessPhones").top(2);

await attempt("list", async () => {
  const page = await users().get();
  assert.equal(page.value.length, 2);
  assert.ok(page.value[0].displayName);
});

await attempt("page on", async () => {
  const ids = [];
  const iterator = new PageIterator(graph, await users().get(), (user) => {
    ids.push(user.id);
    return true;
  });
  await iterator.iterate();
  assert.ok(ids.length > 2, ids.join());
  assert.equal(new Set(ids).size, ids.length);
});

await attempt("get", async () => {
  const me = await graph.api("/me").get();
  assert.equal(me.displayName, "Nadia Okafor");
});

await attempt("create", async () => {
  const event = { subject: "Tide", body: { contentType: "html", content: "Low" } };
  const created = await graph.api("/me/events").post(event);
  assert.ok(created.id);
});

await attempt("update with null", async () => {
  const updated = await graph.api("/me/messages/AAMk").patch({ subject: "Moved", flag: null });
  assert.ok(updated.id);
});

await attempt("action", async () => {
  const message = {
    subject: "Varnish",
    body: { contentType: "text", content: "Two tins." },
    toRecipients: [{ emailAddress: { address: "tomas@contoso.com" } }],
  };
  await graph.api("/me/sendMail").post({ message, saveToSentItems: false });
});

await attempt("error", async () => {
  const call = graph.api("/me/messages").query({ $selct: "subject" }).get();
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof GraphError);
    assert.equal(error.statusCode, 400);
    assert.equal(error.code, "BadRequest");
    assert.match(error.message, /is it `select`/);
    assert.ok(error.requestId);
    return true;
  });
});

process.exitCode = failures ? 1 : 0;
