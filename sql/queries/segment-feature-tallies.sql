-- Counts of every feature of one model per declared segment value over one window.
-- Parameters: table (from our catalogue), model, reference, version, half-open window.
-- Columns: segment, n, counts.
SELECT segment, sum(n) AS n, sumForEachMerge(counts) AS counts
FROM {table:Identifier}
WHERE model_id = {model:String} AND reference_id = {reference:String} AND segment != ''
  AND ({version:String} = '' OR model_version = {version:String})
  AND minute >= {from:DateTime('UTC')} AND minute < {to:DateTime('UTC')}
GROUP BY segment
ORDER BY n DESC
LIMIT 200
