// Writes the countries of the npm package world-countries (ODbL 1.0) as lines
// a C program can read without a JSON parser: a word, then values, separated
// by tabs. A line "country CODE" starts a country.
import { createRequire } from "node:module";

const countries = createRequire(import.meta.url)("world-countries/countries.json");

const line = (...cells) => {
  for (const cell of cells) {
    if (/[\t\n]/.test(String(cell))) throw new Error(`cannot hold ${cell}`);
  }
  process.stdout.write(cells.join("\t") + "\n");
};

for (const c of countries) {
  line("country", c.cca3);
  line("name", c.name.common, c.name.official);
  for (const [lang, n] of Object.entries(c.name.native ?? {})) {
    line("native", lang, n.common, n.official);
  }
  line("cca2", c.cca2);
  if (c.ccn3) line("ccn3", c.ccn3);
  if (c.independent !== null) line("independent", c.independent);
  line("status", c.status);
  line("un_member", c.unMember);
  for (const [code, m] of Object.entries(c.currencies ?? {})) {
    line("currency", code, m.name, m.symbol ?? "");
  }
  for (const capital of c.capital ?? []) line("capital", capital);
  line("region", c.region);
  if (c.subregion) line("subregion", c.subregion);
  for (const [code, name] of Object.entries(c.languages ?? {})) {
    line("language", code, name);
  }
  for (const [lang, n] of Object.entries(c.translations ?? {})) {
    line("translation", lang, n.common, n.official);
  }
  line("latlng", ...c.latlng);
  line("landlocked", c.landlocked);
  line("area", c.area);
  line("flag", c.flag);
  for (const other of c.borders ?? []) line("border", other);
}
