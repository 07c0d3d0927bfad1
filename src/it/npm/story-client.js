/*
 * The client signalr-client, at the address of the hubs and with the name it goes by, both on the command line. Takes orders from
 * standard input, one JSON object a line, and answers on standard output likewise.
 */
"use strict";

// What the client itself has to say must not stand among the answers.
console.log = console.error;

const readline = require("node:readline");
const signalR = require("signalr-client");

const RECONNECT_SECONDS = 1;
const [address, teller] = process.argv.slice(2);
const received = [];
const DO_NOT_START = true;
const client = new signalR.client(address, ["story"], RECONNECT_SECONDS, DO_NOT_START);
let cameBack = 0;

client.queryString = { teller };
client.on("story", "message", (to, text) => {
  if (to === teller) {
    received.push(text);
  }
});

const orders = {
  start: () => new Promise((resolve, reject) => {
    client.serviceHandlers = {
      connected: () => resolve(),
      connectFailed: error => reject(error),
      onerror: (message, error) => reject(error || new Error(message)),
      reconnected: () => { cameBack += 1; }
    };
    client.start();
  }),
  invoke: (method, ...parameters) => new Promise((resolve, reject) => {
    client.call("story", method, ...parameters).done((error, result) => (error ? reject(new Error(error)) : resolve(result)));
  }),
  look: async () => ({ received, cameBack }),
  stop: async () => client.end()
};

readline.createInterface({ input: process.stdin }).on("line", async line => {
  const { id, name, parameters } = JSON.parse(line);
  let answer;
  try {
    answer = { id, value: await orders[name](...parameters) };
  } catch (error) {
    answer = { id, failure: error.message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}).on("close", () => process.exit(0));
