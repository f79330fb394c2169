// The tables that the site is built with, as the Go test beside this file writes them.

import { readFileSync } from "node:fs";

if (!process.env.GANVAS_TABLES) throw new Error("run these by go test ./www/jstest, which writes the tables that they read");

export const tables = JSON.parse(readFileSync(process.env.GANVAS_TABLES, "utf8"));
