-- Tables over `sayso facts --format records`: quotations, mentions of people, titles, keys of quotations.
-- Run it first. The variable `records` names the file, or a pattern of files: SET VARIABLE records = 'records/*.jsonl';

CREATE OR REPLACE TABLE drafts AS
SELECT facts.path AS path, TRY_CAST(facts.published.day AS DATE) AS day, facts, keys
FROM read_ndjson(
  getvariable('records'),
  maximum_object_size = 268435456,
  columns = {
    facts: 'STRUCT(path VARCHAR, published STRUCT("day" VARCHAR), quotations STRUCT(words VARCHAR, "level" INTEGER, kind VARCHAR,
      attribution STRUCT(speaker STRUCT("name" VARCHAR)))[], mentions STRUCT("name" VARCHAR, person VARCHAR, quoted BOOLEAN,
      titles STRUCT("text" VARCHAR)[])[])',
    keys: 'STRUCT(version INTEGER, quotations STRUCT(parts INTEGER[], words INTEGER, "all" VARCHAR, runs VARCHAR[],
      short VARCHAR)[])'
  }
);

CREATE OR REPLACE VIEW quotations AS
SELECT path, day, number, it.words AS words, it.kind AS kind, it.attribution.speaker.name AS speaker
FROM (
  SELECT path, day, unnest(facts.quotations) AS it, generate_subscripts(facts.quotations, 1) - 1 AS number FROM drafts
)
WHERE it.level = 0;

CREATE OR REPLACE VIEW mentions AS
SELECT path, day, it.name AS name, it.person AS person, it.quoted AS quoted, it.titles AS titles
FROM (SELECT path, day, unnest(facts.mentions) AS it FROM drafts);

CREATE OR REPLACE VIEW titles AS
SELECT path, day, coalesce(person, name) AS person, it.text AS title
FROM (SELECT path, day, name, person, unnest(titles) AS it FROM mentions);

-- A row for each quotation and each of its keys.
CREATE OR REPLACE VIEW quotation_keys AS
SELECT path, day, it.parts[1] AS number, it.words AS length, it."all" AS wording, unnest(it.runs) AS run
FROM (SELECT path, day, unnest(keys.quotations) AS it FROM drafts);
