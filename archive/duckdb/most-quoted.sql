-- Who is quoted most: quotations, drafts, and the first and the last day.
SELECT speaker, count(*) AS quotations, count(DISTINCT path) AS drafts, min(day) AS first, max(day) AS last
FROM quotations
WHERE speaker IS NOT NULL
GROUP BY speaker
ORDER BY quotations DESC, speaker
LIMIT 50;
