// The tables that the site is built with, as the Go test beside this file writes them.

import { readFileSync } from "node:fs";

export const tables = JSON.parse(readFileSync(process.env.GANVAS_TABLES, "utf8"));
