#!/usr/bin/env node
// Reads {name: html} from standard input, and prints {name: [what a mail program does not show]} for the programs named.
import { readFileSync } from "node:fs";
import { doIUseEmail } from "doiuse-email";

const mails = JSON.parse(readFileSync(0, "utf8"));
const errors = (html) => doIUseEmail(html, { emailClients: process.argv.slice(2) }).errors ?? [];
const found = Object.entries(mails).map(([name, html]) => [name, errors(html)]);
console.log(JSON.stringify(Object.fromEntries(found)));
