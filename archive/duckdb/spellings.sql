-- Spellings over time: full names of one given and one family name that differ in one or two letters, by year.
-- `sayso check --archive` judges whether they are one person's; this lists what to look at.
WITH names AS (
  SELECT coalesce(person, name) AS name, year(day) AS year, count(*) AS times
  FROM mentions
  WHERE NOT quoted AND position(' ' IN coalesce(person, name)) > 0
  GROUP BY ALL
)
SELECT one.name AS name, other.name AS spelling, one.year AS year, any_value(one.times) AS times, sum(other.times) AS other_times
FROM names AS one
JOIN names AS other
  ON split_part(one.name, ' ', 1) = split_part(other.name, ' ', 1)
 AND one.name <> other.name
 AND levenshtein(one.name, other.name) <= 2
GROUP BY one.name, other.name, one.year
ORDER BY name, spelling, year;
