-- Quotations in several versions: pairs of different wordings that share most of their keys, with the speakers.
-- A key that more than 400 quotations have is a turn of phrase, and brings no two together.
WITH rare AS (
  SELECT run FROM quotation_keys GROUP BY run HAVING count(DISTINCT wording) BETWEEN 2 AND 400
),
firsts AS (
  SELECT wording, arg_min({path: path, number: number}, path) AS place, any_value(length) AS length
  FROM quotation_keys
  GROUP BY wording
),
own AS (SELECT DISTINCT wording, run FROM quotation_keys SEMI JOIN rare USING (run)),
pairs AS (
  SELECT one.wording AS one, other.wording AS other, count(*) AS shared
  FROM own AS one
  JOIN own AS other ON one.run = other.run AND one.wording < other.wording
  GROUP BY ALL
  HAVING count(*) >= 2
)
SELECT a.speaker AS speaker, b.speaker AS other_speaker, a.words AS words, b.words AS other_words, a.path AS path,
  b.path AS other_path, shared
FROM pairs
JOIN firsts AS f ON f.wording = pairs.one
JOIN firsts AS g ON g.wording = pairs.other
JOIN quotations AS a ON a.path = f.place.path AND a.number = f.place.number
JOIN quotations AS b ON b.path = g.place.path AND b.number = g.place.number
WHERE shared * 2 >= least(f.length, g.length)
ORDER BY shared DESC, path, other_path;
