-- Titles over time: what each person was called, from when to when, and how often.
SELECT person, title, min(day) AS first, max(day) AS last, count(*) AS times
FROM titles
WHERE person IN (SELECT person FROM titles GROUP BY person HAVING count(DISTINCT title) > 1)
GROUP BY person, title
ORDER BY person, first, title;
